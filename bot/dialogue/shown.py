"""What the last turn showed to choose from: numbered through, remembered, and understood by number or title. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.channels.contract import Reply
from bot.channels.fitting import numbered
from bot.dialogue.choices import is_procedure, typed_number
from bot.dialogue.state import Option
from nlu.text import fold, normalise

LONGEST = 256
"""Characters beyond which no message is a title."""
_UNSAID = re.compile(
    r"^(?:(?:em|toi|minh|cho|xem|a|vay|the|thi|muon) )+|(?: (?:di|nhe|nha|a|em|toi|voi|giup|cho|vay))+$"
)
"""Politeness around a title: "cho em so sánh đi"."""
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


def nearly(text: str, shown: Sequence[Option]) -> Option | None:
    """Return the only choice whose title a message shortens: its beginning, or its words with some left out.

    A procedure's name is left to those who ask back which one is meant.
    """
    said = _UNSAID.sub("", _plain(text)).split()
    if len(said) < 2 or len(text) > LONGEST:
        return None
    titles = [(one, _plain(one.title).split()) for one in shown if one.id and not is_procedure(one.id)]
    found = [one for one, title in titles if title[0] == said[0] and _in_order(said, title)]
    begun = [one for one, title in titles if title[: len(said)] == said]
    chosen = begun or found
    return chosen[0] if len(chosen) == 1 else None


def _in_order(said: Sequence[str], title: Sequence[str]) -> bool:
    """Tell whether words stand in a title in the same order, and are at least half of it."""
    rest = iter(title)
    return 2 * len(said) >= len(title) and all(word in rest for word in said)


def taken_back(shown: Sequence[Option]) -> Option | None:
    """Return the only choice shown that takes back what was just done (``do:unperson``, ``do:unwatch:…``)."""
    found = [option for option in shown if option.id.startswith("do:un")]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(_PAUSES.sub(" ", fold(normalise(text))).split()).strip(" .!?…")
