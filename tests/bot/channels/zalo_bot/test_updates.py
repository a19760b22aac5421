"""The Zalo Bot's updates in the contract's terms."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.channels.zalo_bot.updates import Noted, ReadUpdate, read_update
from tests.bot.channels.zalo_bot.test_channel import HERE, update
from tests.bot.messages import NOW


def read(body: Any) -> ReadUpdate:
    return read_update(json.dumps(body).encode(), "12345", NOW)


def only(name: str, **content: Any) -> Inbound:
    found = read(update(name, **content)).inbound
    assert found is not None
    return found


def test_bare_and_enveloped_updates_are_read_alike() -> None:
    expected = ReadUpdate(Noted.TAKEN, Inbound(HERE, "m1", InboundKind.TEXT, NOW, text="chào"))
    assert read(update()) == expected
    assert read({"ok": True, "result": update()}) == expected


@pytest.mark.parametrize(
    ("text", "kind", "payload"),
    [
        ("/start", InboundKind.START, ""),
        ("/start tt_1-001193", InboundKind.START, "tt_1-001193"),
        ("#TT1004", InboundKind.START, "tt_1004"),
        ("#TT1-001193", InboundKind.START, "tt_1-001193"),
        ("#TT1.001193", InboundKind.START, "tt_1.001193"),
        ("#MC-7KQM-2XWP", InboundKind.TEXT, ""),
        ("#khieunai", InboundKind.TEXT, ""),
        ("/start a b", InboundKind.TEXT, ""),
        ("2", InboundKind.TEXT, ""),
    ],
)
def test_codes_are_told_from_writing(text: str, kind: InboundKind, payload: str) -> None:
    inbound = only("message.text.received", text=text)
    assert (inbound.kind, inbound.payload) == (kind, payload)


def test_media_are_read_in_both_spellings() -> None:
    for name in ("photo_url", "photo"):
        image = only("message.image.received", **{name: "https://a.vn/i"}, caption="đây")
        assert (image.kind, image.data["url"], image.text) == (InboundKind.IMAGE, "https://a.vn/i", "đây")
    assert only("message.voice.received", voice_url="https://a.vn/v.aac").kind is InboundKind.VOICE
    for what in ("sticker", "unsupported", "image", "voice"):
        assert only(f"message.{what}.received").kind is InboundKind.UNSUPPORTED


def test_groups_bots_and_unknown_updates_give_nothing() -> None:
    assert read(update(chat={"id": "g", "chat_type": "GROUP"})) == ReadUpdate(Noted.GROUP)
    assert read(update(**{"from": {"id": "b", "is_bot": True}})) == ReadUpdate(Noted.BOT)
    assert read(update("message.reaction.received")) == ReadUpdate(Noted.UNKNOWN)
