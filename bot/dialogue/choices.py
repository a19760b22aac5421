"""The ids behind buttons: short, readable, and understood here alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.state import Option
from nlu.text import fold, normalise
from nlu.understanding import Aspect

NONE_OF_THESE = "none"

_POLITE = re.compile(r"^(?:(?:em|toi|minh|chon|lay|muc|so|cai|viec|thu) )+| (?:a|nhe|nha|di)$")
"""What people put around a number: "em chọn số 2 nhé"."""
_NUMBERED = re.compile(r"(\d{1,2})[.)] *\D")
"""A choice copied as it was shown: "2. Cấp lại …"."""


@dataclass(frozen=True)
class Picked:
    """What a choice id stands for."""

    code: str = ""
    aspect: Aspect | None = None
    none_of_these: bool = False


def choose(code: str) -> str:
    """Return the id of "this procedure, and what I asked about it"."""
    return f"tt:{code}"


def ask_about(code: str, aspect: Aspect) -> str:
    """Return the id of "this aspect of this procedure"."""
    return f"tt:{code}:{aspect.value}"


def read_choice(payload: str) -> Picked | None:
    """Read a choice id; ``None`` for what was never one of ours."""
    if payload == NONE_OF_THESE:
        return Picked(none_of_these=True)
    kind, _, rest = payload.partition(":")
    code, _, aspect = rest.partition(":")
    if kind != "tt" or not code:
        return None
    try:
        return Picked(code, Aspect(aspect) if aspect else None)
    except ValueError:
        return None


def is_procedure(payload: str) -> bool:
    """Tell whether a choice stands for a procedure and for nothing that is asked of it."""
    picked = read_choice(payload)
    return picked is not None and bool(picked.code) and picked.aspect is None


def typed_number(text: str) -> int | None:
    """Return the number that a message is: "2", "chọn số 2 nhé", "2. Cấp lại …"; ``None`` for any other."""
    said = fold(normalise(text)).strip(" .,!)")
    number = _NUMBERED.match(said)
    plain = number[1] if number else _POLITE.sub("", said)
    return int(plain) if plain.isdecimal() and len(plain) <= 2 else None


def typed_option(text: str, options: Sequence[Option]) -> Option | None:
    """Return the option that a typed answer means: its number, its title, or its title without accents."""
    said = fold(normalise(text)).strip(" .,!)")
    counted = _POLITE.sub("", said)
    ordinals = {
        "dau tien": "1",
        "nhat": "1",
        "mot": "1",
        "hai": "2",
        "nhi": "2",
        "ba": "3",
        "bon": "4",
        "tu": "4",
        "nam": "5",
        "cuoi": str(len(options)),
    }
    number = _NUMBERED.match(said)
    counted = number[1] if number else ordinals.get(counted, counted)
    if counted.isdecimal() and 1 <= int(counted) <= len(options):
        return options[int(counted) - 1]
    same = [option for option in options if fold(normalise(option.title)).strip(" .") == said]
    if same:
        return same[0]
    starting = [option for option in options if len(said) >= 6 and fold(normalise(option.title)).startswith(said)]
    return starting[0] if len(starting) == 1 else None
