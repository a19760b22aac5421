"""The pages about dossiers, on a real database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient
from sqlalchemy import insert

from bot.console.dossiers import organisation_pages
from bot.console.dossiers.due_pages import AREA, TEMPLATES, DuePages
from bot.console.dossiers.grade_pages import PAGE, GradePages
from bot.console.dossiers.organisation_pages import OrganisationPages
from bot.console.dossiers.watch_pages import WatchPages
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.access.access_store import LookupStore
from bot.dossiers.access.alert_store import Alert, AlertKind, AlertStore, Whose
from bot.dossiers.access.marks import Marks
from bot.dossiers.facts import FactKeys
from bot.dossiers.officials import OfficialDossiers
from bot.dossiers.organisations.store import OrganisationStore
from bot.dossiers.organisations.tokens import TokenKeys
from bot.dossiers.rating.rules import load_rule
from bot.dossiers.record import Status
from bot.dossiers.sources.health import Health
from bot.figures.tables import grade_day
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from nlu.codes import DossierCode
from tests.bot.dossiers.records import CODE, dossier_store, record
from tests.fakes.console import NOW, FakeConsole, official

KEY = "s" * 40
LAN = official(ConsoleRole.DOSSIERS)
BINH = official(ConsoleRole.AUDITOR, account="binh")


@dataclass
class Down:
    """A one-stop system that does not answer."""

    health: Health = field(default_factory=lambda: Health("Một cửa <tỉnh>", ("H48",), up=False, since=NOW))
    asked: list[str] = field(default_factory=list)

    async def probe(self, code: DossierCode) -> bool:
        self.asked.append(code.text)
        return False


@dataclass
class Place:
    """The pages before a browser, signed in as Lan unless said otherwise."""

    console: FakeConsole
    client: TestClient
    system: Down
    database: UnitOfWork
    notes: list[tuple[str, str, str]]

    async def get(self, path: str, who: Official = LAN) -> tuple[int, str]:
        response = await self.client.get(path, headers=self.console.sign_in(who))
        return response.status, await response.text()

    async def post(self, path: str, who: Official = LAN, **typed: str) -> tuple[int, str]:
        data = {"csrf": self.console.csrf(who), **typed}
        response = await self.client.post(path, data=data, headers=self.console.sign_in(who))
        return response.status, await response.text()

    async def grade(self, *units: str) -> None:
        """Let a dossier of each unit have been counted, which ended in this month."""
        numbers = {column.name: 1 for column in grade_day.c if not column.primary_key}
        month = {"grain": "m", "day": NOW.date().replace(day=1)}
        async with self.database.write() as session:
            await session.execute(insert(grade_day), [month | {"unit": unit} | numbers for unit in units])


@pytest.fixture
async def place(database: UnitOfWork, aiohttp_client: AiohttpClient) -> Place:
    notes: list[tuple[str, str, str]] = []

    async def note(who: Official, what: str, about: str, why: str, at: datetime) -> None:
        notes.append((what, about, why))

    store, cipher, system = dossier_store(), AesGcmCipher("e" * 40), Down()
    dossiers = OfficialDossiers(database, store, load_working_time(), Marks(KEY), LookupStore())
    ended = record(
        "H48.30.02-261101-0001", Status.DONE, due_at=NOW - timedelta(days=3), ended_at=NOW - timedelta(days=4)
    )
    async with database.write() as session:
        many = [record(due_at=NOW - timedelta(days=2), procedure_name="<b>Khai sinh</b>"), ended]
        await store.put(session, "file", [(one, NOW) for one in many])
        alarm = Alert(AlertKind.FACTS, Whose.PERSON, b"\x01" * 32, "H48.30", "web", 44, NOW, NOW)
        await AlertStore().raise_(session, alarm, NOW)
    console = FakeConsole((), areas=[AREA], folders=[TEMPLATES])

    console.pages = [
        *DuePages(dossiers, console.frame, note).routes(),
        *WatchPages(database, AlertStore(), lambda: [system], console.frame).routes(),
        *OrganisationPages(
            database, OrganisationStore(cipher, TokenKeys(KEY)), FactKeys(KEY), console.frame, note
        ).routes(),
        *GradePages(database, load_rule, console.frame).routes(),
    ]
    return Place(console, await aiohttp_client(console.app()), system, database, notes)


async def test_what_is_late_is_listed_escaped_and_filtered(place: Place) -> None:
    status, text = await place.get("/canbo/ho-so?muc=tre")
    assert status == 200
    assert CODE in text
    assert "&lt;b&gt;Khai sinh" in text
    assert "Nguyễn Văn Mẫu" not in text
    assert CODE not in (await place.get("/canbo/ho-so"))[1]
    assert CODE not in (await place.get("/canbo/ho-so?muc=tre&don-vi=Sở+Khác"))[1]
    assert (await place.get("/canbo/ho-so?muc=tre&sau=hỏng&ma=x"))[0] == 200


async def test_a_typed_code_in_any_writing_opens_its_dossier(place: Place) -> None:
    assert CODE in (await place.get("/canbo/ho-so/tim?ma=000.00.16.h48-261116-0012"))[1]
    status, text = await place.get("/canbo/ho-so/tim?ma=khong")
    assert status == 404
    assert "chưa đúng dạng" in text
    assert (await place.get("/canbo/ho-so/ma/H48.30.02-261117-9999"))[0] == 404


async def test_who_filed_is_shown_only_for_a_reason_which_is_noted(place: Place) -> None:
    _, text = await place.get(f"/canbo/ho-so/ma/{CODE}")
    assert "Nguyễn Văn Mẫu" not in text
    status, text = await place.post(f"/canbo/ho-so/ma/{CODE}/nguoi-nop", why="gọi")
    assert status == 422
    assert "Nguyễn Văn Mẫu" not in text
    assert 'value="gọi"' in text
    assert place.notes == []
    status, text = await place.post(f"/canbo/ho-so/ma/{CODE}/nguoi-nop", why="gọi xin lỗi vì trễ hẹn")
    assert status == 200
    assert "Nguyễn Văn Mẫu" in text
    assert place.notes == [("dossier_owner_seen", CODE, "gọi xin lỗi vì trễ hẹn")]


async def test_an_auditor_reads_the_lists_and_never_who_filed(place: Place) -> None:
    assert (await place.get(f"/canbo/ho-so/ma/{CODE}", BINH))[0] == 200
    _, text = await place.get("/canbo/ho-so", BINH)
    assert "/canbo/ho-so/canh-bao" in text
    assert "/canbo/ho-so/to-chuc" not in text, "no way is shown that does not open"
    assert (await place.post(f"/canbo/ho-so/ma/{CODE}/nguoi-nop", BINH, why="kiểm tra hồ sơ"))[0] == 403
    assert (await place.get("/canbo/ho-so/to-chuc", BINH))[0] == 403
    assert place.notes == []


async def test_alerts_and_sources_show_nothing_of_anybody(place: Place) -> None:
    _, text = await place.get("/canbo/ho-so/canh-bao")
    assert "Thử nhiều thông tin xác nhận" in text
    assert "01010101" in text
    _, text = await place.get("/canbo/ho-so/nguon")
    assert "Một cửa &lt;tỉnh&gt;" in text
    assert "không trả lời" in text


async def test_a_system_is_asked_on_demand(place: Place) -> None:
    _, text = await place.post("/canbo/ho-so/nguon/0")
    assert "không trả lời" in text
    assert place.system.asked == ["H48-261126-0000"]
    assert (await place.post("/canbo/ho-so/nguon/7"))[0] == 404
    assert (await place.post("/canbo/ho-so/nguon/0", BINH))[0] == 403


async def test_an_organisation_gets_its_token_once_and_loses_it(place: Place) -> None:
    typed = {"name": "Công ty Mẫu", "identity": "0100000123", "units": "h48.30"}
    status, text = await place.post("/canbo/ho-so/to-chuc", **typed)
    assert status == 200
    token = text.split('<code class="big">')[1].split("<")[0]
    _, listed = await place.get("/canbo/ho-so/to-chuc")
    assert "Công ty Mẫu" in listed
    assert "H48.30" in listed
    assert token not in listed
    assert "đã được nhập" in (await place.post("/canbo/ho-so/to-chuc", **typed))[1]
    assert token not in (await place.post("/canbo/ho-so/to-chuc/1/doi-ma"))[1]
    assert "Đã thu hồi" in (await place.post("/canbo/ho-so/to-chuc/1/thu-hoi"))[1]
    assert (await place.post("/canbo/ho-so/to-chuc/1/thu-hoi"))[0] == 404
    assert [what for what, *_ in place.notes] == [
        "organisation_entered",
        "organisation_renewed",
        "organisation_revoked",
    ]


async def test_many_organisations_are_listed_on_several_pages(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organisation_pages, "PAGE", 2)
    for number in range(3):
        await place.post("/canbo/ho-so/to-chuc", name=f"Công ty số {number}", identity=f"010000012{number}")
    _, first = await place.get("/canbo/ho-so/to-chuc")
    assert "Công ty số 1" in first
    assert "Công ty số 2" not in first
    assert 'href="/canbo/ho-so/to-chuc?sau=2"' in first
    _, last = await place.get("/canbo/ho-so/to-chuc?sau=2")
    assert "Công ty số 1" not in last
    assert "Công ty số 2" in last
    assert "Trang sau" not in last
    _, text = await place.post("/canbo/ho-so/to-chuc/2/doi-ma")
    assert "Công ty số 1" in text


async def test_what_is_wrong_about_an_organisation_is_said_and_stays_typed(place: Place) -> None:
    status, text = await place.post("/canbo/ho-so/to-chuc", name="Công ty Mẫu", identity="12", units="xã-x")
    assert status == 422
    assert "Số định danh chưa đúng" in text
    assert "mã đơn vị chưa đúng" in text
    assert 'value="Công ty Mẫu"' in text
    assert place.notes == []


async def test_grades_are_a_draft_and_come_as_a_table_too(place: Place) -> None:
    await place.grade("Phường A")
    _, text = await place.get("/canbo/ho-so/cham-diem?tu=2026-10-01&den=2026-12-31", BINH)
    assert "không phải điểm chính thức" in text
    assert "Phường A" in text
    assert "số liệu dưới đây chưa đủ" in text, "nothing was counted as a whole yet"
    _, table = await place.get("/canbo/ho-so/cham-diem.csv?tu=2026-10-01&den=2026-12-31", BINH)
    assert "BẢN NHÁP" in table
    assert "Phường A" in table
    answer = await place.client.get("/canbo/ho-so/cham-diem.csv", headers=place.console.sign_in(BINH))
    assert answer.headers["Cache-Control"] == "no-store"


async def test_many_units_are_graded_on_several_pages_and_in_one_table(place: Place) -> None:
    await place.grade(*(f"Xã {number:03}" for number in range(PAGE + 1)))
    asked = "tu=2026-11-01&den=2026-11-30&don-vi=xã"
    _, first = await place.get(f"/canbo/ho-so/cham-diem?{asked}")
    assert "Xã 099" in first
    assert "Xã 100" not in first
    following = unescape(first.split('button second" href="/canbo/ho-so/cham-diem?')[1].split('"')[0])
    _, second = await place.get(f"/canbo/ho-so/cham-diem?{following}")
    assert "Xã 100" in second
    assert "Xã 099" not in second
    assert "Trang sau" not in second
    _, table = await place.get(f"/canbo/ho-so/cham-diem.csv?{asked}")
    assert "Xã 000" in table
    assert "Xã 100" in table


@pytest.mark.parametrize("asked", ["tu=hôm-nay", "tu=2026-12-01&den=2026-11-01", "tu=2020-01-01&den=2026-11-01"])
async def test_an_impossible_period_is_refused_with_what_to_do(place: Place, asked: str) -> None:
    status, text = await place.get(f"/canbo/ho-so/cham-diem?{asked}")
    assert status == 422
    assert "chưa đúng" in text
