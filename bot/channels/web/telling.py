"""How a conversation is told in JSON, and how a client says where it stands in it."""

from __future__ import annotations

import re
from typing import Any

from bot.channels.contract import InboundKind
from bot.channels.web.errors import RefusedError
from bot.delivery.records import Cursor, History, Said, StoredCall

CURSOR = re.compile(r"(\d{1,18})\.(\d{1,18})")


def read_cursor(raw: str) -> Cursor:
    """Read a client's place in a conversation; an empty one is the beginning.

    Raises:
        RefusedError: It is none of ours.
    """
    if not raw:
        return Cursor()
    found = CURSOR.fullmatch(raw)
    if found is None or not raw.isascii():
        raise RefusedError(400, "invalid", field="after")
    return Cursor(int(found.group(1)), int(found.group(2)))


def tell(history: History) -> dict[str, Any]:
    """Return a part of a conversation as JSON."""
    return {
        "messages": [_line(said) for said in history.said if not _of_staff(said)],
        "cursor": str(history.cursor),
        "pending": history.pending,
    }


def tell_reply(stored: StoredCall) -> dict[str, Any]:
    """Return one reply as JSON."""
    return {"id": stored.key, **stored.call.body}


def _of_staff(said: Said) -> bool:
    """Tell whether a line only notes that an official speaks: their words are a line of their own."""
    return said.inbound is not None and said.inbound.kind is InboundKind.STAFF


def _line(said: Said) -> dict[str, Any]:
    at = said.at.isoformat()
    if said.stored is not None:
        return {"from": "assistant", "at": at, **tell_reply(said.stored)}
    inbound = said.inbound
    if inbound is None:
        raise ValueError("A line was said by nobody.")
    content = {"choice": inbound.payload} if inbound.payload else {"text": inbound.text or inbound.data.get("name", "")}
    return {"from": "citizen", "at": at, "id": inbound.id, "answered": said.finished, **content}
