"""Zalo's events in the contract's terms."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.zalo_oa.events import Account, Noted, ReadEvent, read_event
from tests.bot.channels.zalo_oa.test_channel import SETTINGS, event
from tests.bot.messages import NOW

ACCOUNT = Account(SETTINGS.app_id, SETTINGS.oa_id)
USER = "246845883529197922"


def read(raw: bytes) -> ReadEvent:
    return read_event(raw, ACCOUNT, NOW)


def only(raw: bytes) -> Inbound:
    (inbound,) = read(raw).inbounds
    return inbound


def media(what: str, payload: dict[str, Any] | None, **fields: Any) -> Inbound:
    attachments = [{"type": what, "payload": payload}] if payload is not None else None
    return only(event(f"user_send_{what}", message={"msg_id": "m1", "attachments": attachments}, **fields))


def test_a_text_is_read_with_its_id_address_and_time() -> None:
    inbound = only(event())
    assert inbound == Inbound(
        Ref("zalo_oa", SETTINGS.oa_id, USER), "96d3cdf3af150460909", InboundKind.TEXT, NOW, text="chào"
    )


@pytest.mark.parametrize(
    ("text", "kind", "payload"),
    [
        ("#:tt:1.001193:fee", InboundKind.CHOICE, "tt:1.001193:fee"),
        ("#:none", InboundKind.CHOICE, "none"),
        ("#TT1004", InboundKind.START, "tt_1004"),
        ("#TT1-001193", InboundKind.START, "tt_1-001193"),
        ("#TT1.001193", InboundKind.START, "tt_1.001193"),
        ("#MC-7KQM-2XWP", InboundKind.TEXT, ""),
        ("#khieunai", InboundKind.TEXT, ""),
        (" #tt_1-001193 ", InboundKind.START, "tt_1-001193"),
        ("#1.001193", InboundKind.TEXT, ""),
        ("#1", InboundKind.TEXT, ""),
        ("#:", InboundKind.TEXT, ""),
        ("#:" + "x" * 65, InboundKind.TEXT, ""),
        ("hồ sơ #TT1004", InboundKind.TEXT, ""),
    ],
)
def test_a_tapped_button_and_a_typed_code_are_told_from_writing(text: str, kind: InboundKind, payload: str) -> None:
    inbound = only(event(message={"text": text, "msg_id": "m1"}))
    assert (inbound.kind, inbound.payload) == (kind, payload)
    assert inbound.text == (text if kind is InboundKind.TEXT else "")


def test_media_are_read() -> None:
    image = media("image", {"thumbnail": "https://a.zdn.vn/t", "url": "https://a.zdn.vn/i.jpg"})
    assert (image.kind, image.data["url"]) == (InboundKind.IMAGE, "https://a.zdn.vn/i.jpg")
    voice = media("audio", {"url": "https://a.zdn.vn/v.amr"})
    assert (voice.kind, voice.data["type"]) == (InboundKind.VOICE, "audio/amr")
    file = media(
        "file", {"size": "1234", "name": "đơn.pdf", "checksum": "x", "type": "pdf", "url": "https://a.zdn.vn/f"}
    )
    assert (file.kind, dict(file.data)) == (
        InboundKind.FILE,
        {"url": "https://a.zdn.vn/f", "name": "đơn.pdf", "size": 1234, "type": "pdf"},
    )
    link = media("link", {"url": "https://example.vn", "description": "x"})
    assert (link.kind, link.text) == (InboundKind.TEXT, "https://example.vn")


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ('{"phone":"0912345678","caption":"A"}', InboundKind.CONTACT),
        ('{"phone":84912345678}', InboundKind.CONTACT),
        ('{"phone":"x"}', InboundKind.UNSUPPORTED),
        ("[]", InboundKind.UNSUPPORTED),
        (None, InboundKind.UNSUPPORTED),
    ],
)
def test_a_card_that_is_passed_on_is_somebodys_number_and_proves_nothing(description: Any, kind: InboundKind) -> None:
    attachments = [{"type": "business_card", "payload": {"thumbnail": "x", "description": description}}]
    found = only(event("user_send_business_card", message={"msg_id": "m", "attachments": attachments}))
    assert found.kind is kind
    if kind is InboundKind.CONTACT:
        assert found.data == {"phone": "+84912345678", "own": False}


@pytest.mark.parametrize("what", ["video", "sticker", "gif", "business_card", "hologram"])
def test_what_nobody_can_use_is_unsupported(what: str) -> None:
    assert media(what, {"url": "https://a.zdn.vn/x", "id": "1"}).kind is InboundKind.UNSUPPORTED


def test_a_location_is_read_from_texts_and_only_where_it_is_on_earth() -> None:
    place = media("location", {"coordinates": {"latitude": "10.7641", "longitude": "106.68"}})
    assert (place.kind, dict(place.data)) == (InboundKind.LOCATION, {"latitude": 10.7641, "longitude": 106.68})
    for wrong in (
        {"latitude": "nan", "longitude": "1"},
        {"latitude": "91", "longitude": "1"},
        {"latitude": True},
        None,
    ):
        assert media("location", {"coordinates": wrong}).kind is InboundKind.UNSUPPORTED


def test_attachments_at_the_top_and_several_at_once_are_read() -> None:
    payloads = [{"type": "image", "payload": {"url": f"https://a.zdn.vn/{n}"}} for n in range(3)]
    read_ones = read(event("user_send_image", message={"msg_id": "m1"}, attachments=payloads)).inbounds
    assert [one.id for one in read_ones] == ["m1", "m1.2", "m1.3"]
    assert {one.kind for one in read_ones} == {InboundKind.IMAGE}


@pytest.mark.parametrize(
    ("name", "fields", "kind"),
    [
        ("follow", {"follower": {"id": USER}, "oa_id": SETTINGS.oa_id}, InboundKind.FOLLOW),
        ("unfollow", {"follower": {"id": USER}, "oa_id": SETTINGS.oa_id}, InboundKind.UNFOLLOW),
        ("user_click_chatnow", {"user_id": USER, "oa_id": SETTINGS.oa_id}, InboundKind.FOLLOW),
        ("user_withdraw", {"user_id": USER, "user_id_by_app": "5"}, InboundKind.WITHDRAW),
    ],
)
def test_coming_and_going_is_read_and_has_an_id_of_its_own(name: str, fields: Any, kind: InboundKind) -> None:
    raw = event(name, sender=None, recipient=None, message=None, **fields)
    inbound = only(raw)
    assert (inbound.kind, inbound.ref.conversation) == (kind, USER)
    assert inbound.id == only(raw).id
    later = only(event(name, sender=None, recipient=None, message=None, **fields, timestamp="1700000000001"))
    assert later.id != inbound.id


def test_a_shared_telephone_number_is_read_and_nothing_else_of_the_form() -> None:
    info = {
        "name": "Nguyễn Văn A",
        "phone": "84912345678",
        "user_dob": "30/10/1999",
        "full_address": {"user_city": "x"},
    }
    inbound = only(event("user_submit_info", info=info))
    assert inbound.kind is InboundKind.CONTACT
    assert dict(inbound.data) == {"phone": "+84912345678", "own": True, "name": "Nguyễn Văn A"}
    assert only(event("user_submit_info", info={"phone": "abc"})).kind is InboundKind.UNSUPPORTED


def test_an_official_who_answers_is_told_from_our_own_echo() -> None:
    oa = {"id": SETTINGS.oa_id}
    staff = only(event("oa_send_text", sender={**oa, "admin_id": "777"}, recipient={"id": USER}))
    assert (staff.kind, staff.ref.conversation) == (InboundKind.STAFF, USER)
    assert staff.text == ""
    assert read(event("oa_send_text", sender=oa, recipient={"id": USER})) == ReadEvent(Noted.ECHO)


def test_a_visitor_who_is_not_signed_in_has_a_conversation_of_their_own() -> None:
    message = {"msg_id": "m1", "text": "chào", "conversation_id": "c9"}
    inbound = only(event("anonymous_send_text", message=message))
    assert inbound.ref.conversation == f"anonymous:{USER}:c9"
    assert read(event("anonymous_send_text")).noted is Noted.UNREADABLE


def test_numbers_in_place_of_text_ids_are_read() -> None:
    inbound = only(event(sender={"id": 246845883529197922}, message={"msg_id": 9007199254740993, "text": "x"}))
    assert (inbound.ref.conversation, inbound.id) == (USER, "9007199254740993")


@pytest.mark.parametrize(
    "fields",
    [{"app_id": "1"}, {"recipient": {"id": "1"}}],
)
def test_events_of_others_give_nothing(fields: Any) -> None:
    assert read(event(**fields)) == ReadEvent(Noted.FOREIGN)


def test_a_time_that_is_none_is_the_moment_of_arrival() -> None:
    for time in (None, "x", "9" * 40, -1, 1.5, True):
        assert only(event(timestamp=time)).at == NOW
