"""The ids behind buttons: short, readable, and understood here alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.state import Option
from nlu.text import fold, normalise
from nlu.understanding import Aspect

NONE_OF_THESE = "none"
TITLE_LENGTH = 96
"""Characters of a button; longer names are shortened where they still differ."""


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


def short_titles(names: Sequence[str]) -> list[str]:
    """Shorten names to button length so that they still tell each other apart."""
    cut = [_shorten(name) for name in names]
    ends = [_ends(name) if cut.count(title) > 1 else title for name, title in zip(names, cut, strict=True)]
    alike = [name for name, title in zip(names, ends, strict=True) if ends.count(title) > 1]
    at = _differ_at(alike)
    return [
        _shorten("… " + name[at:].strip()) if at and name in alike else title
        for name, title in zip(names, ends, strict=True)
    ]


def _differ_at(names: Sequence[str]) -> int:
    """Return where the word begins in which names first differ; 0 for no names."""
    low, high = min(names, default=""), max(names, default="")
    same = next((at for at, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), len(low))
    return low.rfind(" ", 0, same) + 1


def _shorten(name: str) -> str:
    if len(name) <= TITLE_LENGTH:
        return name
    return name[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;(") + " …"


def _ends(name: str) -> str:
    if len(name) <= TITLE_LENGTH:
        return name
    half = TITLE_LENGTH // 2
    return name[:half].rsplit(" ", 1)[0] + " … " + name[-half:].split(" ", 1)[-1]
