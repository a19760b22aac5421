"""A conversation as an official reads it: who said what, whatever the channel wraps it in."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.channels.contract import Inbound, InboundKind, NativeCall
from bot.channels.markup import to_plain
from bot.delivery.records import History, Said
from feedback.requirements import phone_of

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
    """What came instead of words, or with them: a picture, a file, a place."""
    file: int = 0
    """Number of the message, where a picture or file of it can be asked for; see ``bot.handover.sent_files``."""
    name: str = ""
    """Of the file."""
    phone: str = ""
    """On a contact card."""
    own: bool = False
    """Whether the platform vouches that it is the sender's own number."""

    def masked(self, mask: Callable[[str], str]) -> Line:
        """Return what may be seen of it before the conversation is taken: nothing but its words without what tells of a person."""
        return Line(self.who, self.at, mask(self.text), self.other)


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
    return _came(inbound, said.at, said.number)


def _came(inbound: Inbound, at: datetime, number: int) -> Line:
    if inbound.kind is InboundKind.TEXT:
        return Line(Who.CITIZEN, at, inbound.text)
    title = str(inbound.data.get("title") or "") if inbound.kind is InboundKind.CHOICE else ""
    line = Line(Who.CITIZEN, at, title or inbound.text, inbound.kind)
    if place_of(inbound):
        return replace(line, file=number, name=str(inbound.data.get("name") or ""))
    if inbound.kind is InboundKind.CONTACT:
        given = str(inbound.data.get("phone") or "")
        return replace(line, phone=phone_of(given) or given, own=bool(inbound.data.get("own")))
    return line


def place_of(inbound: Inbound) -> str:
    """Return where the channel keeps the picture or file of a message; empty for one that brings none."""
    return inbound.file if inbound.kind in (InboundKind.IMAGE, InboundKind.FILE) else ""


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
