"""What each update is read as."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.telegram.channel import TelegramChannel
from tests.bot.channels.telegram.conftest import SECRET, title
from tests.bot.channels.telegram.test_channel import Takes
from tests.bot.messages import NOW
from tests.fakes.telegram.updates import DATE, PERSON, member, message, person, tap, text

CHANNEL = TelegramChannel(client=Takes(), account="123456789", secret=SECRET, title=title, clock=lambda: NOW)
PHOTO = [
    {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 900},
    {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 600, "file_size": 90_000},
]
FILE = {"file_id": "d", "file_unique_id": "d", "file_name": "Đơn.pdf", "mime_type": "application/pdf", "file_size": 7}


def read(update: dict[str, Any]) -> Inbound | None:
    """Read an update; ``None`` when it says nothing to us."""
    found = CHANNEL.parse(json.dumps(update).encode())
    assert len(found) <= 1
    return found[0] if found else None


def surely(update: dict[str, Any]) -> Inbound:
    """Read an update that says something."""
    found = read(update)
    assert found is not None
    return found


def test_a_text_is_read_with_its_address_date_and_language() -> None:
    update = text("đăng ký khai sinh")
    assert surely(update) == Inbound(
        ref=Ref("telegram", "123456789", str(PERSON)),
        id=str(update["update_id"]),
        kind=InboundKind.TEXT,
        at=datetime.fromtimestamp(DATE, UTC),
        text="đăng ký khai sinh",
        locale="vi",
    )


@pytest.mark.parametrize(
    ("said", "payload"),
    [
        ("/start", ""),
        ("/start tt_1-001193", "tt_1.001193"),
        ("/start@mot_cua_bot tt_1-001193", "tt_1.001193"),
        ("/START", ""),
        ("/start KX7-9QM", "KX7-9QM"),
        ("/start <b>x</b>", ""),
    ],
)
def test_start_opens_the_conversation_with_what_its_link_carried(said: str, payload: str) -> None:
    found = surely(text(said))
    assert (found.kind, found.payload, found.text) == (InboundKind.START, payload, "")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/huy", "/huy"),
        ("/huy@mot_cua_bot", "/huy"),
        ("/thutuc@mot_cua_bot khai sinh", "/thutuc khai sinh"),
        ("/hoso H15.50.05.13-261008-0975", "/hoso H15.50.05.13-261008-0975"),
        ("/startup", "/startup"),
        ("/ huy", "/ huy"),
        ("hỏi @mot_cua_bot /huy", "hỏi @mot_cua_bot /huy"),
        ("/huyế", "/huyế"),
    ],
)
def test_other_commands_stay_texts_without_the_bots_name(said: str, kept: str) -> None:
    found = surely(text(said))
    assert (found.kind, found.text) == (InboundKind.TEXT, kept)


def test_a_tap_names_the_choice_and_the_message_that_carries_it() -> None:
    found = surely(tap("tt:1.001193", 77))
    assert (found.kind, found.payload, found.shown, found.data) == (
        InboundKind.CHOICE,
        "tt:1.001193",
        "77",
        {"tap": "q1"},
    )
    assert surely(tap("tt:1.001193", 77, date=0)).shown == "", "a message that is too old cannot be edited"


def test_only_the_senders_own_number_counts_as_own() -> None:
    for owner, own in ((PERSON, True), (PERSON + 1, False), (None, False)):
        contact = {"phone_number": "+84912345678", "first_name": "Lan"} | ({"user_id": owner} if owner else {})
        found = surely(message(contact=contact))
        assert (found.kind, found.data) == (InboundKind.CONTACT, {"phone": "+84912345678", "own": own})


@pytest.mark.parametrize(
    ("content", "kind", "data"),
    [
        (
            {"location": {"latitude": 21.03, "longitude": 105}},
            InboundKind.LOCATION,
            {"latitude": 21.03, "longitude": 105},
        ),
        ({"photo": PHOTO}, InboundKind.IMAGE, {"file": "large", "name": "", "size": 90_000, "type": "image/jpeg"}),
        ({"document": FILE}, InboundKind.FILE, {"file": "d", "name": "Đơn.pdf", "size": 7, "type": "application/pdf"}),
        (
            {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
            InboundKind.VOICE,
            {"file": "v", "name": "", "size": 0, "type": "audio/ogg"},
        ),
        ({"sticker": {"file_id": "s"}}, InboundKind.UNSUPPORTED, {}),
        ({"video": {"file_id": "s"}}, InboundKind.UNSUPPORTED, {}),
        ({"animation": {"file_id": "s"}, "document": FILE}, InboundKind.UNSUPPORTED, {}),
    ],
)
def test_other_contents_are_told_apart(content: dict[str, Any], kind: InboundKind, data: dict[str, Any]) -> None:
    found = surely(message(**content))
    assert (found.kind, dict(found.data)) == (kind, data)


def test_the_words_under_a_photo_are_kept() -> None:
    assert surely(message(photo=PHOTO, caption="mẫu này đúng không")).text == "mẫu này đúng không"


def test_blocking_is_leaving_and_unblocking_is_coming_back() -> None:
    assert surely(member("kicked", "member")).kind is InboundKind.UNFOLLOW
    assert surely(member("member", "kicked")).kind is InboundKind.FOLLOW
    assert read(member("member", "member")) is None
    assert read(member("administrator", "member", type="group")) is None


def test_who_calls_the_bot_by_name_in_a_group_is_heard_without_their_words() -> None:
    heard = surely(message(-100, type="supergroup", text="/start@mot_cua_bot nhà tôi ở số 1"))
    assert (heard.kind, heard.text, heard.payload, heard.data) == (InboundKind.UNSUPPORTED, "", "", {"group": True})
    assert read(message(-100, type="channel", text="/start@mot_cua_bot")) is None


@pytest.mark.parametrize("type", ["group", "supergroup", "channel"])
def test_outside_private_chats_nothing_is_heard(type: str) -> None:
    assert read(message(-100, type=type, text="/start")) is None
    assert read(message(-100, type=type, text="khai sinh @mot_cua_bot")) is None
    update = tap("tt:1.001193", 77)
    update["callback_query"]["message"]["chat"]["type"] = type
    assert read(update) is None


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "edited_message": message(text="sửa lại")["message"]},
        {"update_id": 1, "inline_query": {"id": "1", "from": person(), "query": "x", "offset": ""}},
        message(pinned_message={"message_id": 1}),
        message(text=""),
        {"update_id": 1, "callback_query": {"id": "1", "from": person(), "chat_instance": "1", "data": "x"}},
        {"update_id": 1, "message": {**message(text="x")["message"], "from": {**person(), "is_bot": True}}},
    ],
)
def test_what_is_not_for_us_is_passed_over(update: dict[str, Any]) -> None:
    assert read(update) is None


@pytest.mark.parametrize(
    ("code", "language"), [("vi", "vi"), ("en-US", "en"), ("EN", "en"), ("zh-hans", "zh"), ("", ""), ("<b>", "")]
)
def test_the_clients_language_is_read_from_its_code(code: str, language: str) -> None:
    update = text("chào")
    update["message"]["from"]["language_code"] = code
    assert surely(update).locale == language


@pytest.mark.parametrize("date", [0, -1, 10**18])
def test_a_date_that_no_calendar_has_is_ours(date: int) -> None:
    update = text("chào")
    update["message"]["date"] = date
    assert surely(update).at == NOW


def test_a_date_of_another_kind_makes_it_no_update() -> None:
    update = text("chào")
    update["message"]["date"] = "hôm nay"
    assert read(update) is None


@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    assert len(CHANNEL.parse(raw)) <= 1
