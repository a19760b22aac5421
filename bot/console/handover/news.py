"""What a page shows, as its tag: how far a conversation goes, who waits; what is beyond it is new. Pure."""

from __future__ import annotations

import hashlib
import re

from bot.delivery.records import Cursor
from bot.handover.desk import Talk, Waiting

_TAG = re.compile(r'"(\d{1,18})\.(\d{1,18})-[a-z]*"', re.ASCII)


def list_tag(waiting: Waiting) -> str:
    """Return the tag of a list: another one as soon as somebody comes, is taken, passed on or goes."""
    shown = [(one.id, one.official, one.unit) for part in (waiting.open, waiting.mine, waiting.others) for one in part]
    return f'"{hashlib.sha256(repr(shown).encode()).hexdigest()[:16]}"'


def tag_of(talk: Talk) -> str:
    """Return the tag of a page that ends with these lines, and says so much of the last reply."""
    return f'"{talk.cursor}-{talk.told.state if talk.told else ""}"'


def seen_by(tag: str) -> Cursor | None:
    """Return how far a page with a tag goes; ``None`` for one that is none of ours."""
    found = _TAG.fullmatch(tag)
    return Cursor(int(found[1]), int(found[2])) if found else None
