"""The page of what reached nobody, on a real database: never its words, sent again or given up, each noted."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient
from sqlalchemy import insert, select

from bot.console.audit.store import Audit
from bot.console.audit.tables import console_event
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.console.undelivered.pages import AREA, PATH, SHOWN, TEMPLATES, UndeliveredPages
from bot.console.undelivered.tiles import UndeliveredTiles
from bot.console.undelivered.words import aside_kind, aside_reason, reason_of
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.outgoing import OutboxLine
from bot.delivery.retention_store import TOO_OLD
from bot.delivery.tables import OutboxState, outbox
from bot.unit_of_work import UnitOfWork
from feedback.outgoing_store import OutgoingStore
from feedback.tables import outgoing
from tests.fakes.console import NOW, FakeConsole, official

LAN = official(ConsoleRole.ADMINISTRATOR)
HOA = official(ConsoleRole.RECEIVER, account="hoa")
CIPHER = AesGcmCipher("e" * 40)
REGISTER = OutgoingStore(CIPHER, lambda: NOW)


def row(id: int, key: str, state: OutboxState = OutboxState.DEAD, **other: object) -> dict[str, object]:
    usual = {"channel": "telegram", "account": "main", "conversation": "chat-of-a-citizen", "body": b"sealed words"}
    kept = {"created_at": NOW, "finished_at": NOW, "state": state, "attempts": 20, "detail": "TimedOut"}
    return {"id": id, "key": key, **usual, **kept, **other}


@dataclass
class Place:
    """The pages before a browser."""

    console: FakeConsole
    client: TestClient
    database: UnitOfWork

    async def fill(self, *rows: dict[str, object]) -> None:
        async with self.database.write() as session:
            await session.execute(insert(outbox), list(rows))

    async def get(self, path: str = PATH, who: Official = LAN) -> str:
        response = await self.client.get(path, headers=self.console.sign_in(who))
        assert response.status == 200
        return html.unescape(await response.text())

    async def post(self, ids: list[int], who: Official = LAN, path: str = PATH, **typed: str) -> tuple[int, str]:
        data = [("csrf", self.console.csrf(who)), *typed.items(), *(("chon", str(id)) for id in ids)]
        response = await self.client.post(path, data=data, headers=self.console.sign_in(who))
        return response.status, html.unescape(await response.text())

    async def rows(self) -> dict[int, tuple[str, bool, bool]]:
        """State, whether words are there, and whether it was given up, by id."""
        async with self.database.read() as session:
            chosen = select(outbox.c.id, outbox.c.state, outbox.c.body, outbox.c.given_up_at)
            return {r[0]: (r[1], r[2] is not None, r[3] is not None) for r in await session.execute(chosen)}

    async def noted(self) -> list[tuple[str, str, str]]:
        async with self.database.read() as session:
            chosen = select(console_event.c.actor, console_event.c.what, console_event.c.about)
            return [(r[0], r[1], r[2]) for r in await session.execute(chosen.order_by(console_event.c.seq))]


@pytest.fixture
async def place(database: UnitOfWork, aiohttp_client: AiohttpClient) -> Place:
    console = FakeConsole((), areas=[AREA], folders=[TEMPLATES])
    console.pages = UndeliveredPages(database, REGISTER, Audit(CIPHER), console.frame).routes()
    return Place(console, await aiohttp_client(console.app()), database)


async def test_what_reached_nobody_is_listed_without_its_words_or_its_person(place: Place) -> None:
    await place.fill(row(1, "5.0"), row(2, "n:w:3:late.0", OutboxState.UNREACHABLE), row(3, "6.0", OutboxState.WAITING))
    await place.fill(row(4, "n:post:BG-2222:1.0"))
    text = await place.get()
    assert "Trả lời câu hỏi" in text
    assert "Không nối được với nền tảng" in text
    assert "Cần xem (2)" in text
    assert "chat-of-a-citizen" not in text
    assert "sealed words" not in text
    assert "Phiếu gửi hồ sơ qua bưu chính" in text
    assert 'value="3"' not in text
    other = await place.get(PATH + "?muc=khong-toi")
    assert "Báo hồ sơ đang theo dõi" in other
    assert 'value="1"' not in other


async def test_a_selection_is_sent_again_and_each_is_noted(place: Place) -> None:
    await place.fill(row(1, "5.0"), row(2, "6.0"), row(3, "7.0", body=None))
    status, text = await place.post([1, 3], do="gui")
    assert status == 200
    assert "1 tin sẽ được gửi lại trong vài giây. 1 tin được để nguyên" in text
    assert {id: state for id, (state, _, _) in (await place.rows()).items()} == {1: "waiting", 2: "dead", 3: "dead"}
    assert await place.noted() == [("lan", "letters_sent_again", "outbox:1")]


async def test_what_is_given_up_loses_its_words_and_leaves_the_list_for_a_reason(place: Place) -> None:
    await place.fill(row(1, "5.0"), row(2, "6.0", OutboxState.UNREACHABLE))
    status, text = await place.post([1], do="thoi")
    assert status == 422
    assert "Hãy ghi lý do" in text
    assert 'value="1" id="tin-1" aria-label="Chọn tin số 1: Trả lời câu hỏi" checked' in text
    await place.post([1, 2], do="thoi", why="đã gọi điện")
    assert await place.rows() == {1: ("dead", False, True), 2: ("unreachable", False, True)}
    assert [what for _, what, _ in await place.noted()] == ["letters_given_up"] * 2
    assert "Không có tin nào cần xem" in await place.get()
    status, text = await place.post([1], do="thoi", why="lần nữa")
    assert "Đã thôi gửi 0 tin. 1 tin được để nguyên" in text


async def test_nothing_picked_changes_nothing(place: Place) -> None:
    await place.fill(row(1, "5.0"))
    status, text = await place.post([], do="gui", why="giữ lại lời này")
    assert (status, "giữ lại lời này" in text) == (422, True)
    assert (await place.rows())[1][0] == "dead"


async def test_who_receives_decides_about_the_register_s_notices_alone(place: Place) -> None:
    await place.fill(row(1, "5.0"), row(2, "n:feedback.1.answered.0"), row(3, "n:data:DL-1:answered.0"))
    text = await place.get(who=HOA)
    assert 'value="1"' not in text
    assert "Cần xem (2)" in text
    await place.post([1, 2], HOA, do="thoi", why="đã gặp")
    assert {id: given_up for id, (_, _, given_up) in (await place.rows()).items()} == {1: False, 2: True, 3: False}
    await place.post([1, 3], HOA, do="gui")
    assert {id: state for id, (state, _, _) in (await place.rows()).items()} == {1: "dead", 2: "dead", 3: "waiting"}
    refused = await place.client.get(PATH, headers=place.console.sign_in(official(ConsoleRole.AUDITOR)))
    assert refused.status == 403


async def test_long_lists_come_in_pages(place: Place) -> None:
    await place.fill(*(row(id, f"{id}.0") for id in range(1, SHOWN + 3)))
    text = await place.get()
    assert f'value="{SHOWN + 1}"' not in text
    assert f"?sau={SHOWN}" in text
    assert f'value="{SHOWN + 1}"' in await place.get(f"{PATH}?sau={SHOWN}")
    assert 'value="1"' in await place.get(f"{PATH}?sau=hỏng")


async def test_what_the_register_could_not_hand_on_is_told_and_tried_again(place: Place) -> None:
    stuck = {
        "key": "feedback.1.form",
        "what": "mail",
        "body": b"x",
        "at": NOW,
        "failed": "The channel mail is switched off.",
    }
    async with place.database.write() as session:
        await session.execute(insert(outgoing).values(stuck))
    assert "Báo tin phản ánh, kiến nghị: Kênh Thư điện tử đang tắt." in await place.get()
    _, text = await place.post([], path=PATH + "/phan-anh")
    assert "1 tin của sổ phản ánh sẽ được gửi lại" in text
    assert "Kênh Thư điện tử" not in text
    assert await place.noted() == [("lan", "letters_sent_again", "feedback_outgoing")]


async def test_the_first_page_counts_what_waits_for_a_decision(place: Place) -> None:
    tiles = UndeliveredTiles(place.database, REGISTER)
    seen: list[list[tuple[str, int | None]]] = []

    class Asked:
        official = LAN

    async def told() -> None:
        seen.append([(one.title, one.number) for one in await tiles.tiles(Asked())])  # type: ignore[arg-type]

    await told()
    await place.fill(row(1, "5.0"), row(2, "6.0", OutboxState.UNREACHABLE))
    await told()
    Asked.official = official(ConsoleRole.HANDLER)
    await told()
    assert seen == [[], [("Tin không gửi được", 1)], []]


def test_reasons_are_told_in_vietnamese_whatever_the_platform_says() -> None:
    def line(detail: str, state: OutboxState = OutboxState.DEAD) -> OutboxLine:
        return OutboxLine(1, "telegram", "main", state, NOW, 1, None, NOW, detail, True)

    assert reason_of(line(TOO_OLD)) == ("Chờ quá lâu nên nội dung đã được xóa", "")
    assert reason_of(line("Forbidden", OutboxState.UNREACHABLE))[0].startswith("Người nhận đã chặn")
    assert reason_of(line("", OutboxState.UNREACHABLE))[0].startswith("Người nhận đã chặn")
    assert reason_of(line("HTTP 503")) == ("Nền tảng gặp lỗi", "HTTP 503")
    assert reason_of(line("-201 invalid parameter"))[0] == "Nền tảng từ chối và báo một mã lỗi"
    assert reason_of(line("something new"))[0] == "Không gửi được sau nhiều lần thử"
    assert aside_kind("remind.1.x") == "Nhắc đơn vị về hạn xử lý"
    assert "KeyError" in aside_reason("KeyError")
