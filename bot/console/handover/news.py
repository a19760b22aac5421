"""How far a page shows a conversation, as its tag: what is beyond it is new. Pure."""

from __future__ import annotations

import re

from bot.delivery.records import Cursor
from bot.handover.desk import Talk

_TAG = re.compile(r'"(\d{1,18})\.(\d{1,18})-[a-z]*"', re.ASCII)


def tag_of(talk: Talk) -> str:
    """Return the tag of a page that ends with these lines, and says so much of the last reply."""
    return f'"{talk.cursor}-{talk.told.state if talk.told else ""}"'


def seen_by(tag: str) -> Cursor | None:
    """Return how far a page with a tag goes; ``None`` for one that is none of ours."""
    found = _TAG.fullmatch(tag)
    return Cursor(int(found[1]), int(found[2])) if found else None
