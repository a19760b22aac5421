from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.channels.contract import Ref
from bot.console.handover.pages import AREA, TEMPLATES, HandOverPages
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.delivery.notices import Told
from bot.delivery.tables import OutboxState
from bot.dialogue.ports import Outlook
from bot.handover.desk import Done, Talk, Waiting
from bot.handover.lines import Line, Who
from bot.handover.store import OpenRequest
from tests.fakes.console import NOW, FakeConsole, official

LAN = official(ConsoleRole.HANDLER)
REQUEST = OpenRequest(7, Ref("zalo_oa", "1", "secret-id-of-person"), "<b>khai sinh</b>", NOW, "en", "lan")


@dataclass
class FakeDesk:
    """One request, in Lan's hands."""

    done: Done = Done.YES
    replies: list[tuple[str, str]] = field(default_factory=list)
    taken: bool = True
    told: Told | None = None

    async def waiting(self, account: str) -> Waiting:
        mine = [REQUEST] if account == "lan" else []
        return Waiting([OpenRequest(8, REQUEST.ref, "<i>hỏi</i>", NOW)], mine, [])

    async def take(self, number: int, account: str, at: datetime) -> Done:
        return self.done

    async def talk(self, number: int, account: str, last: str = "") -> Talk | None:
        lines = (Line(Who.CITIZEN, NOW, "<script>alert(1)</script>"), Line(Who.HOUSE, NOW, "Dạ"))
        return Talk(REQUEST, lines, self.told) if self.taken and account == "lan" else None

    async def reply(self, number: int, account: str, words: str, once: str, at: datetime) -> Done:
        self.replies.append((words, once))
        return self.done

    async def let_go(self, number: int, account: str) -> Done:
        return self.done

    async def give_back(self, number: int, account: str, at: datetime) -> Done:
        return self.done


@dataclass
class Place:
    """The pages before a browser."""

    desk: FakeDesk
    client: TestClient
    notes: list[tuple[str, str]]
    headers: dict[str, str]
    csrf: str

    async def post(self, path: str, **typed: str) -> tuple[int, str]:
        response = await self.client.post(path, data={"csrf": self.csrf, **typed}, headers=self.headers)
        return response.status, await response.text()

    async def get(self, path: str) -> tuple[int, str]:
        response = await self.client.get(path, headers=self.headers)
        return response.status, await response.text()


@pytest.fixture
async def place(aiohttp_client: AiohttpClient) -> Place:
    desk, notes = FakeDesk(), list[tuple[str, str]]()

    async def outlook(_: datetime) -> Outlook:
        return Outlook(NOW + timedelta(hours=9), 15)

    async def note(who: Official, what: str, about: str, at: datetime) -> None:
        notes.append((what, about))

    console = FakeConsole((), areas=[AREA], folders=[TEMPLATES])
    console.pages = HandOverPages(desk, console.frame, outlook, note).routes()  # type: ignore[arg-type]
    client = await aiohttp_client(console.app())
    return Place(desk, client, notes, console.sign_in(LAN), console.csrf(LAN))


async def test_the_list_shows_who_waits_with_masked_words_and_no_address(place: Place) -> None:
    status, text = await place.get("/canbo/nguoi-cho")
    assert status == 200
    assert "&lt;i&gt;hỏi&lt;/i&gt;" in text
    assert "secret-id-of-person" not in text
    assert "khoảng 15 phút" in text
    assert place.notes == []


async def test_reading_a_conversation_is_noted_and_its_words_are_escaped(place: Place) -> None:
    status, text = await place.get("/canbo/nguoi-cho/7")
    assert status == 200
    assert "&lt;script&gt;alert(1)" in text
    assert place.notes == [("conversation_read", "handover:7")]


async def test_a_conversation_in_other_hands_is_not_shown(place: Place) -> None:
    place.desk.taken = False
    status, text = await place.get("/canbo/nguoi-cho/7")
    assert status == 404
    assert "không còn trong tay bạn" in text
    assert place.notes == []


async def test_a_reply_is_sent_with_the_forms_own_key(place: Place) -> None:
    status, _ = await place.post("/canbo/nguoi-cho/7/tra-loi", words="Dạ bác", once="0123456789abcdef")
    assert status == 200
    assert place.desk.replies == [("Dạ bác", "0123456789abcdef")]
    assert ("conversation_reply", "handover:7") in place.notes


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": " ", "once": "0" * 16}, "Chưa có lời nào"),
        ({"words": "a" * 3001, "once": "0" * 16}, "dài quá 3000"),
        ({"words": "Dạ", "once": "x:y"}, "Biểu mẫu này hỏng"),
    ],
)
async def test_a_reply_that_cannot_be_sent_stays_in_the_form(
    place: Place, typed: dict[str, str], sentence: str
) -> None:
    status, text = await place.post("/canbo/nguoi-cho/7/tra-loi", **typed)
    assert status == 422
    assert sentence in text
    assert typed["words"].strip() in text
    assert place.desk.replies == []


async def test_what_was_typed_is_shown_when_the_conversation_is_lost_meanwhile(place: Place) -> None:
    place.desk.done, place.desk.taken = Done.NOT_YOURS, False
    status, text = await place.post("/canbo/nguoi-cho/7/tra-loi", words="Dạ bác mang giấy", once="0" * 16)
    assert status == 409
    assert "Dạ bác mang giấy" in text


async def test_a_reply_that_did_not_arrive_is_said(place: Place) -> None:
    place.desk.told = Told(OutboxState.UNREACHABLE, "blocked")
    _, text = await place.get(f"/canbo/nguoi-cho/7?da={'0' * 16}")
    assert "không tới được" in text
    assert "Hãy tìm cách khác" in text


@pytest.mark.parametrize(
    ("path", "said"), [("nhan", "vừa được nhận"), ("nha", "không phải làm gì thêm"), ("xong", "không phải làm gì thêm")]
)
async def test_who_comes_too_late_is_told(place: Place, path: str, said: str) -> None:
    place.desk.done, place.desk.taken = Done.NOT_YOURS, False
    _, text = await place.post(f"/canbo/nguoi-cho/7/{path}")
    assert said in text
    assert place.notes == []


async def test_no_reading_of_a_conversation_goes_unnoted_by_way_of_a_reply_that_says_nothing(place: Place) -> None:
    status, page = await place.post("/canbo/nguoi-cho/7/tra-loi", words="", once="0123456789abcdef")
    assert status == 422
    assert "alert(1)" in page
    assert place.notes == [("conversation_read", "handover:7")]


async def test_who_takes_a_person_twice_sees_the_conversation_they_have(place: Place) -> None:
    place.desk.done = Done.NOT_YOURS
    _, text = await place.post("/canbo/nguoi-cho/7/nhan")
    assert "vừa được nhận" not in text
    assert "Trả lời người dân" in text
