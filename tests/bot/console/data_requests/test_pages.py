"""The pages about requests for personal data, on SQLite: clocks, steps, copies, and what cannot be opened."""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient
from sqlalchemy import update

from bot.console.audit.store import Audit, Wanted
from bot.console.data_requests.pages import AREA, PATH, TEMPLATES, DataRequestPages
from bot.console.data_requests.tiles import DataRequestTiles
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.delivery.cipher import AesGcmCipher
from bot.privacy.answering import DataDesk
from bot.privacy.request import NewRequest, RequestKind, RequestState
from bot.privacy.request_store import DataRequestStore
from bot.privacy.tables import data_request
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.messages import ref
from tests.bot.privacy.test_exporting import exporting
from tests.fakes.console import NOW, FakeConsole, official
from tests.feedback.desk import Desk

LAN = official(ConsoleRole.RECEIVER)
MAI = official(ConsoleRole.APPROVER, account="mai")
STORE = DataRequestStore(AesGcmCipher("e" * 40))
COPY = NewRequest("DL-7KQM-2XWP", RequestKind.COPY, "Xin bản sao.", NOW + timedelta(2), NOW + timedelta(10))
DELETE = replace(COPY, number="DL-2222-2222", kind=RequestKind.DELETE, words="Xóa tên tôi.")
LATE = replace(COPY, number="DL-3333-3333", kind=RequestKind.CORRECT, acknowledge_by=NOW - timedelta(1))
ONE = f"{PATH}/{COPY.number}"


@dataclass
class Place:
    """The pages before a browser, signed in as a receiver unless said otherwise."""

    console: FakeConsole
    client: TestClient
    database: UnitOfWork
    audit: Audit

    async def get(self, path: str = PATH, who: Official = LAN) -> tuple[int, str]:
        response = await self.client.get(path, headers=self.console.sign_in(who))
        return response.status, html.unescape(await response.text())

    async def post(self, path: str, who: Official = LAN, **typed: str) -> tuple[int, str]:
        data = {"csrf": self.console.csrf(who), **typed}
        response = await self.client.post(path, data=data, headers=self.console.sign_in(who))
        return response.status, html.unescape(await response.text())

    async def noted(self) -> list[tuple[str, str, str]]:
        async with self.database.read() as session:
            found = await self.audit.page(session, Wanted(), 50)
        return [(one.event.what, one.event.about, one.why) for one in found][::-1]

    async def state(self, number: str = COPY.number) -> RequestState:
        async with self.database.read() as session:
            found = await STORE.get(session, number)
        assert found is not None
        return found.state

    async def damage(self, column: str) -> None:
        async with self.database.write() as session:
            here = data_request.c.number == COPY.number
            await session.execute(update(data_request).where(here).values({column: b"sealed with a lost key"}))


@pytest.fixture
async def place(migrated_sqlite: Path, tmp_path: Path, aiohttp_client: AiohttpClient) -> AsyncIterator[Place]:
    database = UnitOfWork(open_engine(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'm.sqlite3')}"))
    async with database.write() as session:
        for one in (COPY, DELETE, LATE):
            await STORE.note(session, ref(), one, NOW - timedelta(days=3))
    console, audit = FakeConsole((), areas=[AREA], folders=[TEMPLATES]), Audit(AesGcmCipher("e" * 40))
    pages = DataRequestPages(database, DataDesk(STORE, ()), exporting(Desk()), audit, console.frame)
    console.pages = pages.routes()
    yield Place(console, await aiohttp_client(console.app()), database, audit)
    await database.close()


async def test_the_list_shows_clocks_and_no_words_the_overdue_first(place: Place) -> None:
    status, text = await place.get()
    assert status == 200
    assert text.index(LATE.number) < text.index(COPY.number)
    assert text.count("quá hạn</span>") == 1
    assert "Xin bản sao." not in text
    assert (await place.get(who=official(ConsoleRole.ADMINISTRATOR)))[0] == 403


async def test_who_reads_a_request_is_noted(place: Place) -> None:
    status, text = await place.get(ONE)
    assert status == 200
    assert "Xin bản sao." in text
    assert await place.noted() == [("data_request_read", COPY.number, "")]
    assert (await place.get(PATH + "/DL-9999-9999"))[0] == 404
    assert len(await place.noted()) == 1


async def test_a_request_is_taken_and_answered_with_a_reason_for_the_log(place: Place) -> None:
    status, text = await place.post(ONE + "/nhan")
    assert (status, "Đã ghi nhận" in text) == (200, True)
    assert await place.state() is RequestState.ACKNOWLEDGED
    status, text = await place.post(ONE + "/tra-loi", words="Đã gửi bản sao.")
    assert status == 422
    assert "Hãy ghi căn cứ hoặc lý do" in text
    assert "Đã gửi bản sao.</textarea>" in text
    status, text = await place.post(ONE + "/tra-loi", MAI, words="Đã gửi bản sao.", why="theo đơn 12")
    assert await place.state() is RequestState.ANSWERED
    assert "Đã gửi bản sao." in text
    steps = [one for one in await place.noted() if one[0] == "data_request_step"]
    assert steps == [
        ("data_request_step", f"{COPY.number}:acknowledged", ""),
        ("data_request_step", f"{COPY.number}:answered", "theo đơn 12"),
    ]
    assert COPY.number not in (await place.get())[1]
    assert COPY.number in (await place.get(PATH + "?muc=xong"))[1]


@pytest.mark.parametrize(
    ("step", "words", "state"),
    [("tu-choi", "Luật buộc giữ.", RequestState.REFUSED), ("rut", "", RequestState.WITHDRAWN)],
)
async def test_a_request_ends_in_other_ways_too(place: Place, step: str, words: str, state: RequestState) -> None:
    await place.post(f"{PATH}/{DELETE.number}/{step}", words=words, why="x")
    assert await place.state(DELETE.number) is state


async def test_an_answer_is_taken_back(place: Place) -> None:
    await place.post(ONE + "/tra-loi", words="Xong.", why="x")
    await place.post(ONE + "/xem-lai", words="Còn thiếu.", why="thiếu sổ")
    assert await place.state() is RequestState.REOPENED


async def test_who_comes_second_is_told_and_keeps_what_was_typed(place: Place) -> None:
    await place.post(ONE + "/tra-loi", words="Xong.", why="x")
    status, text = await place.post(ONE + "/tu-choi", MAI, words="Không được.", why="y")
    assert status == 422
    assert "vừa được người khác giải quyết" in text
    assert "Không được.</textarea>" in text
    assert await place.state() is RequestState.ANSWERED


async def test_a_copy_is_a_file_for_a_reason_and_for_receivers_alone(place: Place) -> None:
    status, text = await place.post(ONE + "/ban-sao")
    assert (status, "Hãy ghi căn cứ" in text) == (422, True)
    assert (await place.post(ONE + "/ban-sao", MAI, why="x"))[0] == 403
    assert (await place.post(f"{PATH}/{DELETE.number}/ban-sao", why="x"))[0] == 422
    data = {"csrf": place.console.csrf(LAN), "why": "đơn 12"}
    response = await place.client.post(ONE + "/ban-sao", data=data, headers=place.console.sign_in(LAN))
    assert response.headers["Content-Disposition"] == f'attachment; filename="{COPY.number}.json"'
    assert json.loads(await response.read())["yeu_cau"] == COPY.number
    assert ("data_request_copy", COPY.number, "đơn 12") in await place.noted()
    assert place.console.taken == [], "it is noted once, where it is read"


async def test_one_that_cannot_be_opened_keeps_no_other_back_and_can_still_be_answered(place: Place) -> None:
    await place.damage("words")
    status, text = await place.get()
    assert status == 200
    assert "không mở được nội dung" in text
    assert DELETE.number in text
    status, text = await place.get(ONE)
    assert "MOTCUA_ENCRYPTION_KEY_BEFORE" in text
    await place.post(ONE + "/tra-loi", words="Đã hỏi lại.", why="x")
    assert await place.state() is RequestState.ANSWERED


async def test_the_first_page_counts_what_waits_and_what_is_late(place: Place) -> None:
    tiles = DataRequestTiles(place.database, DataDesk(STORE, ()))

    class Asked:
        official, actor, at = LAN, LAN.actor, NOW

    (tile,) = await tiles.tiles(Asked())  # type: ignore[arg-type]
    assert (tile.number, tile.note) == (3, "1 yêu cầu quá hạn")
    async with place.database.write() as session:
        await session.execute(data_request.delete())
    assert await tiles.tiles(Asked()) == ()  # type: ignore[arg-type]
