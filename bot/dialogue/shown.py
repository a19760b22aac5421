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
_QUESTION = "do:list:"
"""How the ids of the answers to a checklist's question begin."""
_SHORT_FOR = (
    (frozenset({"khong", "ko", "khong co", "khong thuoc", "no", "none"}), ("khong ", "none of ")),
    (frozenset({"khong biet", "khong ro", "chua biet", "not sure", "i don't know"}), ("chua ro", "not sure")),
)
"""What people type for the one choice that says no, or that leaves a question open, by how its title begins."""


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
    whole = next((option for option in shown if said and _plain(option.title) == said), None)
    return whole or _short_for(said, shown) or _part_of(said, shown)


def _short_for(said: str, shown: Sequence[Option]) -> Option | None:
    beginnings = next((titles for words, titles in _SHORT_FOR if said in words), ())
    found = [option for option in shown if beginnings and _plain(option.title).startswith(beginnings)]
    return found[0] if len(found) == 1 else None


def _part_of(said: str, shown: Sequence[Option]) -> Option | None:
    """Return the answer of which some words in a row were typed, where a checklist's question is all that is shown."""
    if " " not in said or not all(option.id.startswith(_QUESTION) for option in shown):
        return None
    found = [option for option in shown if f" {said} " in f" {_plain(option.title)} "]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return fold(normalise(text)).strip(" .,!?…")
