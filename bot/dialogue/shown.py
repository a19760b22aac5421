"""What the last turn showed to choose from: numbered through, remembered, and understood by number or title. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.channels.contract import Reply
from bot.channels.fitting import numbered
from bot.dialogue.choices import typed_number
from bot.dialogue.state import Option
from nlu.text import fold, normalise

LONGEST = 256
"""Characters beyond which no message is a title."""
_OWN_NUMBER = re.compile(r"^\d{1,2}\. ")
"""The number that some titles bring along."""

_PAUSES = re.compile(r"[,;:!?…“”\"()]+")
"""What nobody types who answers with a title."""


def counted(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """Number the choices of a turn's replies one after the other, so that each number stands for one choice."""
    found: list[Reply] = []
    first = 1
    for reply in replies:
        found.append(replace(reply, first_number=first) if reply.choices else reply)
        first += len(numbered(reply.choices))
    return tuple(found)


def shown_by(replies: Sequence[Reply]) -> tuple[Option, ...]:
    """Return what a turn's replies gave to choose from, in the order of the numbers."""
    choices = [choice for reply in replies for choice in numbered(reply.choices)]
    return tuple(Option(choice.id, _OWN_NUMBER.sub("", choice.title)) for choice in choices)


def meant_by(text: str, shown: Sequence[Option]) -> Option | None:
    """Return the choice that a typed message means: its number or its whole title, accents or not.

    Words around a number are an answer of their own ("3 ngày"), not a choice.
    """
    if not shown:
        return None
    number = typed_number(text)
    if number is not None:
        return shown[number - 1] if 1 <= number <= len(shown) else None
    if len(text) > LONGEST:
        return None
    said = _plain(text)
    return next((option for option in shown if said and _plain(option.title) == said), None)


def taken_back(shown: Sequence[Option]) -> Option | None:
    """Return the only choice shown that takes back what was just done (``do:unperson``, ``do:unwatch:…``)."""
    found = [option for option in shown if option.id.startswith("do:un")]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(_PAUSES.sub(" ", fold(normalise(text))).split()).strip(" .!?…")
