from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.channels.contract import InboundKind, Ref
from bot.console.handover.news import seen_by
from bot.console.handover.pages import AREA, TEMPLATES, HandOverPages
from bot.console.handover.words import NOT_SHOWN
from bot.console.roles import ConsoleRole
from bot.delivery.notices import Told
from bot.delivery.records import Cursor
from bot.delivery.tables import OutboxState
from bot.dialogue.ports import Outlook
from bot.handover.desk import Done, Talk, Waiting
from bot.handover.lines import Line, Who
from bot.handover.owning import Owning
from bot.handover.sent_files import Missing, Opened
from bot.handover.store import OpenRequest
from feedback.actor import Actor
from feedback.attachments.kinds import MediaKind, Refusal
from feedback.office import Office, Unit
from feedback.working_time.loading import load_working_time
from tests.fakes.console import NOW, FakeConsole, official

LAN = official(ConsoleRole.HANDLER)
REQUEST = OpenRequest(7, Ref("zalo_oa", "1", "secret-id-of-person"), "<b>khai sinh</b>", NOW, "en", "lan")
WAITS = OpenRequest(8, REQUEST.ref, "<i>hỏi</i>", NOW - timedelta(hours=5), unit="TP", note="<u>nhờ</u> giúp")
ANY = Owning(
    Office(units=(Unit("MAU", "Văn phòng", receives=True), Unit("TP", "Sở Tư pháp"))),
    load_working_time().hours(),
    timedelta(minutes=30),
)
LINES = (Line(Who.CITIZEN, NOW, "<script>alert(1)</script>"), Line(Who.HOUSE, NOW, "Dạ"))
PICTURE = Line(Who.CITIZEN, NOW, "đây ạ", InboundKind.IMAGE, file=41)
SHEET = Line(Who.CITIZEN, NOW, "", InboundKind.FILE, file=42, name="<đơn>.pdf")
CARD = Line(Who.CITIZEN, NOW, "", InboundKind.CONTACT, phone="+84901234567", own=True)


@dataclass
class FakeDesk:
    """One request in Lan's hands, and one that waits."""

    done: Done = Done.YES
    did: list[tuple[str, ...]] = field(default_factory=list)
    """What was done, with the words that came along."""
    taken: bool = True
    told: Told | None = None
    cursor: Cursor = field(default_factory=lambda: Cursor(3, 4))
    owning: Owning = ANY
    lines: tuple[Line, ...] = LINES

    async def waiting(self, actor: Actor, at: datetime) -> Waiting:
        return Waiting([WAITS], [REQUEST] if self.taken else [], [])

    async def glance(self, number: int, actor: Actor, at: datetime) -> Talk | None:
        return Talk(WAITS, LINES, self.cursor) if number == WAITS.id else None

    async def talk(self, number: int, actor: Actor, at: datetime, last: str = "") -> Talk | None:
        return Talk(REQUEST, self.lines, self.cursor, self.told) if self.taken and number == REQUEST.id else None

    async def news(self, number: int, actor: Actor, at: datetime, seen: Cursor, last: str = "") -> Talk | None:
        self.did.append(("news", str(seen), last))
        lines = LINES if seen != self.cursor else ()
        return Talk(REQUEST, lines, self.cursor, self.told) if self.taken else None

    async def before(self, number: int, actor: Actor, why: str, at: datetime) -> Talk | None:
        self.did.append(("before", why))
        return await self.talk(number, actor, at)

    async def take(self, number: int, actor: Actor, why: str, at: datetime) -> Done:
        self.did.append(("take", why))
        return self.done

    async def reply(self, number: int, actor: Actor, words: str, once: str, at: datetime) -> Done:
        self.did.append(("reply", words, once))
        return self.done

    async def let_go(self, number: int, actor: Actor, at: datetime) -> Done:
        return self.done

    async def pass_on(self, number: int, actor: Actor, unit: str, note: str, at: datetime) -> Done:
        self.did.append(("pass_on", unit, note))
        return self.done

    async def give_back(self, number: int, actor: Actor, at: datetime) -> Done:
        return self.done


@dataclass
class FakeFiles:
    """Opens whatever a test says."""

    found: Opened | Refusal | Missing = Missing.NOT_YOURS
    asked: list[tuple[int, str, int]] = field(default_factory=list)

    async def open(self, number: int, actor: Actor, message: int, at: datetime) -> Opened | Refusal | Missing:
        self.asked.append((number, actor.id, message))
        return self.found


@dataclass
class Place:
    """The pages before a browser."""

    desk: FakeDesk
    files: FakeFiles
    client: TestClient
    headers: dict[str, str]
    csrf: str

    async def post(self, path: str, **typed: str) -> tuple[int, str]:
        data = {"csrf": self.csrf, **{name.replace("_", "-"): value for name, value in typed.items()}}
        response = await self.client.post(path, data=data, headers=self.headers)
        return response.status, await response.text()

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        response = await self.client.get(path, headers=self.headers | headers)
        return response.status, await response.text()


@pytest.fixture
async def place(aiohttp_client: AiohttpClient) -> Place:
    desk, files = FakeDesk(), FakeFiles()

    async def outlook(_: datetime) -> Outlook:
        return Outlook(NOW + timedelta(hours=9), 15)

    console = FakeConsole((), areas=[AREA], folders=[TEMPLATES])
    console.pages = HandOverPages(desk, files, console.frame, outlook).routes()  # type: ignore[arg-type]
    client = await aiohttp_client(console.app())
    return Place(desk, files, client, console.sign_in(LAN), console.csrf(LAN))


async def test_the_list_shows_who_waits_for_whom_with_masked_words_and_no_address(place: Place) -> None:
    status, text = await place.get("/canbo/nguoi-cho")
    assert status == 200
    assert "&lt;i&gt;hỏi&lt;/i&gt;" in text
    assert "&lt;u&gt;nhờ&lt;/u&gt; giúp" in text
    assert "Sở Tư pháp" in text
    assert "chờ lâu" in text
    assert "secret-id-of-person" not in text
    assert "khoảng 15 phút" in text


async def test_the_words_of_a_conversation_are_escaped_and_a_stranger_to_it_is_refused(place: Place) -> None:
    status, text = await place.get("/canbo/nguoi-cho/7")
    assert status == 200
    assert "&lt;script&gt;alert(1)" in text
    status, text = await place.get("/canbo/nguoi-cho/9")
    assert status == 404
    assert "không còn trong tay bạn" in text


async def test_who_waits_is_taken_only_for_a_reason(place: Place) -> None:
    _, text = await place.get("/canbo/nguoi-cho/8")
    assert "đã che" in text
    assert "tra-loi" not in text
    status, text = await place.post("/canbo/nguoi-cho/8/nhan", ly_do=" ")
    assert status == 422
    assert "ghi lý do" in text
    await place.post("/canbo/nguoi-cho/8/nhan", ly_do="trực hôm nay")
    assert place.desk.did == [("take", "trực hôm nay")]


async def test_what_was_said_before_is_opened_only_for_a_reason_and_not_by_an_address(place: Place) -> None:
    status, _ = await place.post("/canbo/nguoi-cho/7/truoc", ly_do="")
    assert status == 422
    status, text = await place.post("/canbo/nguoi-cho/7/truoc", ly_do="chưa rõ hỏi gì")
    assert status == 200
    assert "&lt;script&gt;" in text
    assert place.desk.did == [("before", "chưa rõ hỏi gì")]
    assert (await place.get("/canbo/nguoi-cho/7/truoc"))[0] == 405


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"don_vi": "KHAC", "ghi_chu": "nhờ"}, "chọn đơn vị"),
        ({"don_vi": "TP", "ghi_chu": " "}, "ghi vì sao chuyển"),
    ],
)
async def test_a_conversation_is_passed_on_to_a_unit_of_the_house_with_a_note(
    place: Place, typed: dict[str, str], sentence: str
) -> None:
    status, text = await place.post("/canbo/nguoi-cho/7/chuyen", **typed)
    assert status == 422
    assert sentence in text
    assert place.desk.did == []
    _, text = await place.post("/canbo/nguoi-cho/7/chuyen", don_vi="TP", ghi_chu="hỏi về hộ tịch")
    assert "Đã chuyển cho Sở Tư pháp" in text
    assert place.desk.did == [("pass_on", "TP", "hỏi về hộ tịch")]


async def test_the_page_asks_for_what_is_beyond_it_and_is_told_when_there_is_nothing(place: Place) -> None:
    _, page = await place.get(f"/canbo/nguoi-cho/7?da={'0' * 16}")
    tag = html.unescape(re.findall(r'data-tag="([^ ]+)"', page)[0])
    for given in (tag, f"W/{tag}"):
        assert await place.get("/canbo/nguoi-cho/7/moi", **{"If-None-Match": given}) == (304, "")

    place.desk.told = Told(OutboxState.DELIVERED)
    status, text = await place.get(f"/canbo/nguoi-cho/7/moi?da={'0' * 16}", **{"If-None-Match": tag})
    assert status == 200
    assert "đã tới" in text
    assert "<li" not in text
    assert place.desk.did[-1] == ("news", "3.4", "0" * 16)

    place.desk.cursor = Cursor(5, 4)
    status, text = await place.get("/canbo/nguoi-cho/7/moi", **{"If-None-Match": tag})
    assert status == 200
    assert "&lt;script&gt;alert(1)" in text
    place.desk.taken = False
    assert (await place.get("/canbo/nguoi-cho/7/moi", **{"If-None-Match": tag}))[0] == 404


async def test_the_list_is_told_that_it_changed(place: Place) -> None:
    _, page = await place.get("/canbo/nguoi-cho")
    tag = html.unescape(re.findall(r'data-tag="([^ ]+)"', page)[0])
    assert await place.get("/canbo/nguoi-cho/moi", **{"If-None-Match": tag}) == (304, "")
    place.desk.taken = False
    assert (await place.get("/canbo/nguoi-cho/moi", **{"If-None-Match": tag}))[0] == 200


@pytest.mark.parametrize("tag", ["", "*", '"a.b-"', '"3.4"'])
async def test_a_page_that_does_not_say_how_far_it_goes_is_told_nothing(place: Place, tag: str) -> None:
    assert seen_by(tag) is None
    status, _ = await place.get("/canbo/nguoi-cho/7/moi", **{"If-None-Match": tag})
    assert status == 400
    assert place.desk.did == []


async def test_a_reply_is_sent_with_the_forms_own_key(place: Place) -> None:
    status, _ = await place.post("/canbo/nguoi-cho/7/tra-loi", words="Dạ bác", once="0123456789abcdef")
    assert status == 200
    assert place.desk.did == [("reply", "Dạ bác", "0123456789abcdef")]


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
    assert place.desk.did == []


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
    ("path", "said"),
    [
        ("nhan", "vừa được nhận"),
        ("nha", "không phải làm gì thêm"),
        ("chuyen", "không phải làm gì thêm"),
        ("xong", "không phải làm gì thêm"),
    ],
)
async def test_who_comes_too_late_is_told(place: Place, path: str, said: str) -> None:
    place.desk.done, place.desk.taken = Done.NOT_YOURS, False
    _, text = await place.post(f"/canbo/nguoi-cho/7/{path}", ly_do="trực", don_vi="TP", ghi_chu="nhờ")
    assert said in text


async def test_who_takes_a_person_twice_sees_the_conversation_they_have(place: Place) -> None:
    place.desk.done = Done.NOT_YOURS
    _, text = await place.post("/canbo/nguoi-cho/7/nhan", ly_do="trực")
    assert "vừa được nhận" not in text
    assert "Trả lời người dân" in text


async def test_what_was_sent_without_words_can_be_opened_by_who_has_the_conversation(place: Place) -> None:
    place.desk.lines = (PICTURE, SHEET, CARD)
    _, text = await place.get("/canbo/nguoi-cho/7")
    assert "đây ạ" in text
    assert "gửi một ảnh" in text
    assert re.findall(r'<a href="(/canbo/nguoi-cho/7/tep/\d+)" target="_blank" rel="noopener">([^<]+)<', text) == [
        ("/canbo/nguoi-cho/7/tep/41", "Xem ảnh"),
        ("/canbo/nguoi-cho/7/tep/42", "Mở tệp &lt;đơn&gt;.pdf"),
    ]
    assert '<a href="tel:+84901234567">+84901234567</a>' in text
    assert "số của chính người này" in text
    _, text = await place.post("/canbo/nguoi-cho/7/truoc", ly_do="chưa rõ hỏi gì")
    assert "nguoi-cho/7/tep/" not in text


@pytest.mark.parametrize(
    ("kind", "scanned", "how", "name"),
    [
        (MediaKind.PNG, False, "inline", "a.png"),
        (MediaKind.PDF, True, "attachment", "a.pdf"),
        (MediaKind.PDF, False, "attachment", "ch%C6%B0a%20qu%C3%A9t%20m%C3%A3%20%C4%91%E1%BB%99c%20-%20a.pdf"),
    ],
)
async def test_a_file_leaves_without_any_right_and_what_no_scanner_saw_is_named_so(
    place: Place, kind: MediaKind, scanned: bool, how: str, name: str
) -> None:
    place.files.found = Opened(f"a.{kind.ending}", kind, b"content", scanned)
    response = await place.client.get("/canbo/nguoi-cho/7/tep/41", headers=place.headers)
    assert await response.read() == b"content"
    assert response.content_type == kind.value
    assert response.headers["Content-Disposition"].startswith(how)
    assert response.headers["Content-Disposition"].endswith(f"''{name}")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert place.files.asked == [(7, "lan", 41)]


@pytest.mark.parametrize("found", NOT_SHOWN)
async def test_why_a_file_is_not_shown_is_said(place: Place, found: Missing | Refusal) -> None:
    place.files.found = found
    status, text = await place.get("/canbo/nguoi-cho/7/tep/41")
    assert status == (404 if isinstance(found, Missing) else 422)
    assert html.escape(NOT_SHOWN[found], quote=False) in html.unescape(text)
    assert set(Refusal) - set(NOT_SHOWN) == {Refusal.TOO_MANY, Refusal.GONE}
