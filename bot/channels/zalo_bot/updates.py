"""The Zalo Bot's updates in the contract's terms, bare or in their envelope. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.untyped import identifier, json_object, mapping, words

NAME = "zalo_bot"
_START = re.compile(r"/start(?:\s+([A-Za-z0-9_-]{1,64}))?\s*", re.IGNORECASE)
_TYPED_CODE = re.compile(r"\s*#tt[:_-]?(\d[A-Za-z0-9_.-]{2,60})\s*", re.IGNORECASE)
"""A procedure's code from a counter's QR page; other words behind a # are words."""
LONGEST_URL = 2000
LATEST = 10**13


class Noted(StrEnum):
    """What became of an update; counted."""

    TAKEN = "taken"
    GROUP = "group"
    """Written in a group: matters of one person are not answered before others."""
    BOT = "bot"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class ReadUpdate:
    """What one update brings."""

    noted: Noted
    inbound: Inbound | None = None


def read_update(raw: bytes, account: str, now: datetime) -> ReadUpdate:
    """Read a webhook request that was found genuine, or what was fetched."""
    return read_body(json_object(raw), account, now)


def read_body(body: Mapping[str, Any], account: str, now: datetime) -> ReadUpdate:
    """Read an update whose JSON is read already; ``now`` dates one that has no time of its own."""
    body = mapping(body.get("result")) if "event_name" not in body else body
    name, message = words(body.get("event_name"), 100), mapping(body.get("message"))
    chat, number = mapping(message.get("chat")), identifier(message.get("message_id"))
    place = identifier(chat.get("id"))
    if not name or not number or not place:
        return ReadUpdate(Noted.UNREADABLE)
    if words(chat.get("chat_type"), 20).upper() not in ("", "PRIVATE"):
        return ReadUpdate(Noted.GROUP)
    if mapping(message.get("from")).get("is_bot") is True:
        return ReadUpdate(Noted.BOT)
    content = _content(name, message)
    if content is None:
        return ReadUpdate(Noted.UNKNOWN)
    at = _moment(message.get("date"), now)
    return ReadUpdate(Noted.TAKEN, Inbound(Ref(NAME, account, place), number, at=at, **content))


def _content(name: str, message: Mapping[str, Any]) -> dict[str, Any] | None:
    text = words(message.get("text"))
    if name == "message.text.received":
        return _written(text) if text else {"kind": InboundKind.UNSUPPORTED}
    if name == "message.image.received":
        url = _address(message.get("photo_url")) or _address(message.get("photo"))
        data = {"url": url, "name": "", "size": 0, "type": "image"}
        return {"kind": InboundKind.IMAGE, "data": data, "text": words(message.get("caption"))} if url else _UNSUPPORTED
    if name == "message.voice.received":
        url = _address(message.get("voice_url"))
        data = {"url": url, "name": "", "size": 0, "type": "audio/aac"}
        return {"kind": InboundKind.VOICE, "data": data} if url else _UNSUPPORTED
    if name == "message.link.received" and text:
        return _written(text)
    return _UNSUPPORTED if name in _USELESS else None


_UNSUPPORTED: dict[str, Any] = {"kind": InboundKind.UNSUPPORTED}
_USELESS = {"message.sticker.received", "message.unsupported.received", "message.link.received"}


def _written(text: str) -> dict[str, Any]:
    start, code = _START.fullmatch(text), _TYPED_CODE.fullmatch(text)
    if start or code:
        return {"kind": InboundKind.START, "payload": f"tt_{code[1]}" if code else (start and start[1]) or ""}
    return {"kind": InboundKind.TEXT, "text": text}


def _moment(value: object, now: datetime) -> datetime:
    time = identifier(value)
    if not (time.isascii() and time.isdecimal()) or int(time) > LATEST:
        return now
    return datetime.fromtimestamp(int(time) / 1000, UTC)


def _address(value: object) -> str:
    url = words(value, LONGEST_URL + 1)
    return url if url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL else ""
