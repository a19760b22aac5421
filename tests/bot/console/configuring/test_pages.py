"""The settings' pages on a real database: looked at before they hold, refused with what was typed, restored."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.configuration.kinds import Kind
from bot.configuration.store import ConfigurationStore
from bot.console.configuring.days import with_day_off
from bot.console.configuring.diff import Change, diff_of
from bot.console.configuring.pages import AREA, TEMPLATES, ConfiguringPages
from bot.console.configuring.standing import FormError
from bot.console.configuring.wording import previews
from bot.console.configuring.wording_pages import WordingPages
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.dialogue.texts import names_in
from bot.unit_of_work import UnitOfWork
from tests.bot.dialogue_house import TEXTS
from tests.fakes.console import FakeConsole, official

LAN = official(ConsoleRole.ADMINISTRATOR)
BINH = official(ConsoleRole.AUDITOR, account="binh")


@dataclass
class Place:
    """The pages before a browser, signed in as Lan unless said otherwise."""

    console: FakeConsole
    client: TestClient
    database: UnitOfWork
    notes: list[tuple[str, str]] = field(default_factory=list)

    async def get(self, path: str, who: Official = LAN) -> tuple[int, str]:
        response = await self.client.get(path, headers=self.console.sign_in(who))
        return response.status, html.unescape(await response.text())

    async def post(self, path: str, who: Official = LAN, **typed: str) -> tuple[int, str]:
        data = {"csrf": self.console.csrf(who), **typed}
        response = await self.client.post(path, data=data, headers=self.console.sign_in(who))
        return response.status, html.unescape(await response.text())

    async def holding(self, kind: Kind) -> str:
        async with self.database.read() as session:
            newest = await ConfigurationStore().newest(session)
        return newest[kind].body if kind in newest else ""


@pytest.fixture
async def place(database: UnitOfWork, aiohttp_client: AiohttpClient) -> Place:
    notes: list[tuple[str, str]] = []

    async def note(who: Official, what: str, about: str, why: str, at: datetime) -> None:
        notes.append((what, about))

    def own_file(kind: Kind) -> str:
        return "place: Tệp cũ\n" if kind is Kind.PERSON else ""

    store, console = ConfigurationStore(), FakeConsole((), areas=[AREA], folders=[TEMPLATES])
    console.pages = [
        *ConfiguringPages(database, store, TEXTS, own_file, console.frame, note).routes(),
        *WordingPages(database, store, TEXTS, console.frame, note).routes(),
    ]
    return Place(console, await aiohttp_client(console.app()), database, notes)


async def test_a_version_is_looked_at_before_it_holds(place: Place) -> None:
    status, text = await place.post("/canbo/thiet-lap/person", body="place: Nơi mới", why="QĐ 1")
    assert status == 200
    assert "bỏ: </span>place: Tệp cũ" in text
    assert "thêm: </span>place: Nơi mới" in text
    assert await place.holding(Kind.PERSON) == ""
    await place.post("/canbo/thiet-lap/person/luu", body="place: Nơi mới", why="QĐ 1", based_on="0")
    assert await place.holding(Kind.PERSON) == "place: Nơi mới"
    assert place.notes == [("configuration_set", "person:1")]
    assert "QĐ 1" in (await place.get("/canbo/thiet-lap"))[1]


async def test_what_cannot_hold_is_said_with_its_place_and_stays_typed(place: Place) -> None:
    for path in ("", "/luu"):
        status, text = await place.post(f"/canbo/thiet-lap/working_time{path}", body="province: H48\nlạ: 1", why="x")
        assert status == 422
        assert "lạ: 1</textarea>" in text
        assert "Dòng 2: không có trường nào tên “lạ”" in text
    status, text = await place.post("/canbo/thiet-lap/person", body="place: A", why="")
    assert status == 422
    assert "căn cứ" in text
    assert place.notes == []


async def test_two_administrators_at_once_do_not_overwrite_each_other(place: Place) -> None:
    await place.post("/canbo/thiet-lap/person/luu", body="place: Một", why="a", based_on="0")
    status, text = await place.post("/canbo/thiet-lap/person/luu", body="place: Hai", why="b", based_on="0")
    assert status == 422
    assert "Người khác vừa lưu" in text
    assert "place: Hai</textarea>" in text
    assert await place.holding(Kind.PERSON) == "place: Một"


async def test_who_saves_twice_by_a_double_click_is_not_told_of_somebody_else(place: Place) -> None:
    for _ in range(2):
        _, text = await place.post("/canbo/thiet-lap/person/luu", body="place: Một", why="a", based_on="0")
        assert "Người khác" not in text
    assert [what for what, _ in place.notes] == ["configuration_set"]


async def test_an_earlier_version_is_compared_and_restored(place: Place) -> None:
    await place.post("/canbo/thiet-lap/person/luu", body="place: Một", why="a", based_on="0")
    await place.post("/canbo/thiet-lap/person/luu", body="place: Hai", why="b", based_on="1")
    _, text = await place.get("/canbo/thiet-lap/person/ban/1")
    assert "Bản số 1 so với bản đang dùng" in text
    assert 'name="based_on" value="2"' in text
    assert (await place.get("/canbo/thiet-lap/texts/ban/1"))[0] == 404


async def test_days_off_are_added_without_writing_yaml(place: Place) -> None:
    typed = {"province": "H48", "from": "2026-12-01", "to": "2026-12-02", "source": "Công văn 9, bão"}
    status, text = await place.post("/canbo/thiet-lap/ngay-nghi", **typed)
    assert status == 200
    assert "2026-12-02" in text
    status, text = await place.post("/canbo/thiet-lap/ngay-nghi", **{**typed, "to": "2026-11-01"})
    assert status == 422
    assert "Ngày cuối" in text


async def test_fields_write_a_version_and_show_what_it_changes(place: Place) -> None:
    path = "/canbo/thiet-lap/person"
    status, text = await place.get(path)
    assert 'name="place" value="Tệp cũ"' in text
    typed = {"place": "Trung tâm", "phone": "02373852222", "why": "QĐ 2", "based_on": "0"}
    status, text = await place.post(path + "/bieu-mau", **typed)
    assert status == 422
    assert "phải có source" in text
    assert 'name="phone" value="02373852222"' in text
    status, text = await place.post(path + "/bieu-mau", **typed, source="Trang của tỉnh", checked="2026-11-26")
    assert status == 200
    assert "thêm: </span>phone: 02373852222" in text
    await place.post(path + "/luu", body="place: Khác", why="a", based_on="0")
    status, text = await place.post(path + "/bieu-mau", **typed, source="Trang của tỉnh", checked="2026-11-26")
    assert (status, "Người khác vừa lưu" in text) == (422, True)
    assert 'name="place" value="Trung tâm"' in text
    assert (await place.post("/canbo/thiet-lap/texts/bieu-mau", why="x"))[0] == 404
    assert (await place.post(path + "/bieu-mau", BINH, **typed))[0] == 403


async def test_an_auditor_reads_and_sets_nothing(place: Place) -> None:
    assert (await place.get("/canbo/thiet-lap/person", BINH))[0] == 200
    assert (await place.post("/canbo/thiet-lap/person/luu", BINH, body="place: A", why="x", based_on="0"))[0] == 403
    assert (await place.post("/canbo/thiet-lap/loi/utter_person_none", BINH, vi="Dạ", do="luu", why="x"))[0] == 403


async def test_a_wording_is_previewed_and_then_holds_beside_others(place: Place) -> None:
    path = "/canbo/thiet-lap/loi/utter_person_none"
    status, text = await place.post(path, vi="Dạ **chưa** có ai chờ", en="", do="xem", based_on="0")
    assert status == 200
    assert "Dạ chưa có ai chờ" in text
    assert await place.holding(Kind.TEXTS) == ""
    status, _ = await place.post(path, vi="Dạ chưa có ai chờ", en="", do="luu", why="", based_on="0")
    assert status == 422
    await place.post(path, vi="Dạ chưa có ai chờ", en="", do="luu", why="ngắn hơn", based_on="0")
    await place.post("/canbo/thiet-lap/loi/utter_desk_back", vi="Xong ạ", en="", do="luu", why="ngắn", based_on="1")
    assert await place.holding(Kind.TEXTS) == (
        "utter_desk_back:\n  vi: Xong ạ\nutter_person_none:\n  vi: Dạ chưa có ai chờ\n"
    )
    assert "Dạ chưa có ai chờ" in (await place.get("/canbo/thiet-lap/loi"))[1]
    await place.post(path, vi="", en="", do="luu", why="bỏ", based_on="2")
    assert "person_none" not in await place.holding(Kind.TEXTS)


async def test_a_wording_that_loses_a_value_is_refused(place: Place) -> None:
    status, text = await place.post(
        "/canbo/thiet-lap/loi/utter_person_hours", vi="Giờ: 8h", en="", do="luu", why="x", based_on="0"
    )
    assert status == 422
    assert "Thiếu chỗ điền {hours}." in text
    assert (await place.get("/canbo/thiet-lap/loi/utter_khong_co"))[0] == 404


async def test_sentences_are_found_without_accents(place: Place) -> None:
    _, text = await place.get("/canbo/thiet-lap/loi?tim=rut+yeu+cau+gap+can+bo")
    assert "utter_person_taken_back" in text


def test_each_channel_shows_a_sentence_in_its_own_messages() -> None:
    by_channel = {one.channel: one for one in previews("Dạ **được** ạ.\n\n" + "chữ " * 900)}
    assert len(by_channel["Web"].parts) == 1
    assert len(by_channel["Zalo Bot"].parts) > 1
    assert "**" not in "".join(by_channel["Zalo OA"].parts)


def test_what_differs_is_told_line_by_line() -> None:
    assert [(line.change, line.text) for line in diff_of("a\nb", "a\nc")][1:] == [
        (Change.SAME, "a"),
        (Change.GONE, "b"),
        (Change.NEW, "c"),
    ]
    assert diff_of("a", "a") == []


@pytest.mark.parametrize(
    ("body", "province", "source"), [("", "", "CV 1"), ("", "H48", " "), ("- a", "H48", "CV"), ("a: [", "H48", "CV")]
)
def test_a_day_off_that_cannot_be_added_is_refused(body: str, province: str, source: str) -> None:
    with pytest.raises(FormError):
        with_day_off(body, province, (date(2026, 12, 1), date(2026, 12, 1)), source)


async def test_a_wording_that_makes_the_whole_too_long_is_refused_before_all_are_left_out(place: Place) -> None:
    typed = {"vi": "a " * 101_000, "why": "vì thử", "based_on": "0", "do": "luu"}
    key = next(key for key, wording in sorted(TEXTS.sentences.items()) if not names_in(wording["vi"]))
    status, page = await place.post(f"/canbo/thiet-lap/loi/{key}", **typed)
    assert status == 422
    assert "Chưa lưu được" in page
    assert await place.holding(Kind.TEXTS) == ""


async def test_procedures_are_listed_for_the_post_by_a_form_and_looked_at_before_they_hold(place: Place) -> None:
    path = "/canbo/thiet-lap/buu-chinh"
    typed = {
        "codes": "1.001193",
        "into": "excluded",
        "direction": "both",
        "decision": "Quyết định 12",
        "day": "2026-05-04",
    }
    status, text = await place.post(path, **(typed | {"codes": "khai sinh"}))
    assert status == 422
    assert "“khai” không phải mã thủ tục" in text
    assert ">khai sinh</textarea>" in text
    assert 'value="Quyết định 12"' in text
    status, text = await place.post(path, **typed)
    assert status == 200
    assert "thêm: </span>  - code: 1.001193" in text
    assert await place.holding(Kind.POSTAL) == ""
    assert (await place.post(path, BINH, **typed))[0] == 403
