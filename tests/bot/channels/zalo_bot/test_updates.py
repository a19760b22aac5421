"""The Zalo Bot's updates in the contract's terms."""

from __future__ import annotations

import json
import random
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


SCRAPS: list[Any] = [None, True, 0, -1, 10**40, 1.5, "", "x", "\u0000", "ế" * 200, [], [[]], {}, {"id": []}]


def test_ten_thousand_hostile_updates_are_read_without_harm() -> None:
    chance = random.Random(3)
    names = ["text", "image", "voice", "sticker", "link", "unsupported", "", "x"]
    fields = ["date", "chat", "message_id", "from", "text", "photo_url", "voice_url"]
    taken = 0
    for _ in range(10_000):
        body: Any = update(f"message.{chance.choice(names)}.received", photo_url="https://a.vn/i")
        for _ in range(chance.randrange(3)):
            body["message"][chance.choice(fields)] = chance.choice(SCRAPS)
        body = chance.choice([body, {"ok": True, "result": body}, {"ok": True, "result": chance.choice(SCRAPS)}])
        raw = json.dumps(body).encode()
        if chance.random() < 0.2:
            place = chance.randrange(len(raw))
            raw = raw[:place] + bytes([chance.randrange(256)]) + raw[place + chance.randrange(3) :]
        inbound = read_update(raw, "12345", NOW).inbound
        if inbound is not None:
            taken += 1
            assert inbound.id
            assert inbound.ref.conversation
    assert taken > 1000
