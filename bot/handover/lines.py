"""A conversation as an official reads it: who said what, whatever the channel wraps it in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.channels.contract import Inbound, InboundKind, NativeCall
from bot.channels.markup import to_plain
from bot.delivery.records import History, Said

_TAGS = re.compile(r"</?[a-z][^>]*>")


class Who(StrEnum):
    """Who said a line."""

    CITIZEN = "citizen"
    HOUSE = "house"
    """The assistant, or an official through it."""


@dataclass(frozen=True)
class Line:
    """What was said at once."""

    who: Who
    at: datetime
    text: str = ""
    """As it was said; empty where something else came."""
    other: InboundKind | None = None
    """What came instead of words: a picture, a file, a place."""


def lines_of(history: History) -> tuple[Line, ...]:
    """Return what was said, the oldest first."""
    return tuple(line for said in history.said if (line := _line(said)) is not None)


def _line(said: Said) -> Line | None:
    if said.stored is not None:
        text = words_of(said.stored.call)
        return Line(Who.HOUSE, said.at, text) if text else None
    inbound = said.inbound
    if inbound is None or inbound.kind in (InboundKind.STAFF, InboundKind.STATUS, InboundKind.WITHDRAW):
        return None
    return _came(inbound, said.at)


def _came(inbound: Inbound, at: datetime) -> Line:
    if inbound.kind is InboundKind.TEXT:
        return Line(Who.CITIZEN, at, inbound.text)
    title = str(inbound.data.get("title") or "") if inbound.kind is InboundKind.CHOICE else ""
    return Line(Who.CITIZEN, at, title or inbound.text, inbound.kind)


def words_of(call: NativeCall) -> str:
    """Return the words of a native call without its markup; empty for one that says nothing."""
    return next((to_plain(html.unescape(_TAGS.sub("", text))).strip() for text in _texts(call.body)), "")


def _texts(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words where the channels put them: beside the address, within the message, or within the call to make."""
    for name in ("text", "caption"):
        if isinstance(body.get(name), str) and body[name]:
            yield body[name]
    for name in ("message", "call", "body"):
        if isinstance(body.get(name), Mapping):
            yield from _texts(body[name])
