"""What a word that nobody writes may have been meant to be, and how likely each way of writing it so is. Pure.

Costs are in nats: what a reader would pay to believe that this happened.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from nlu.text import fold

TELEX, TEENCODE, BY_EAR, DOUBLED, SWAPPED, LEFT_OUT, BESIDE, PUT_IN, OTHER = 1.5, 2.5, 3.5, 3.0, 4.0, 4.5, 4.5, 5.5, 7.5
LOST_MARK, OTHER_MARK, OTHER_TONE = 0.5, 2.5, 1.0
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_HATS = {"aa": "â", "aw": "ă", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư", "dd": "đ"}
_HAT = re.compile("|".join(_HATS))
_ASKING_AND_TUMBLING = frozenset("\u0309\u0303")
"""Hỏi and ngã: one tone to half of the country."""
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACE = {key: (row, at + row / 2) for row, keys in enumerate(_KEYBOARD) for at, key in enumerate(keys)}

_FIRST: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("f", ("ph",)), ("w", ("qu",)), ("j", ("gi", "d")), ("z", ("d", "gi", "v")), ("k", ("kh", "c")), ("q", ("qu",)),
    ("gh", ("g",)), ("ngh", ("ng",)), ("c", ("k",)), ("ng", ("ngh",)), ("g", ("gh",)),
)  # fmt: skip
_LAST: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("nk", ("nh",)), ("ck", ("ch",)), ("g", ("ng",)), ("k", ("ch", "c")), ("q", ("c",)),
)  # fmt: skip
_MIDDLE: tuple[tuple[str, str], ...] = (
    ("iu", "ieu"), ("un", "uon"), ("um", "uom"), ("it", "iet"), ("in", "ien"), ("oy", "oi"), ("uk", "uc"), ("ug", "uong"),
)  # fmt: skip
"""How teenagers spell: "fải", "khôg", "bịnk"; "bít", "mún", "nhìu"."""
_EAR_FIRST = (
    ("tr", "ch"), ("ch", "tr"), ("s", "x"), ("x", "s"), ("gi", "d"), ("gi", "r"), ("d", "gi"), ("d", "v"), ("v", "d"), ("r", "d"),
    ("r", "gi"), ("d", "r"), ("l", "n"), ("n", "l"), ("hu", "qu"), ("qu", "hu"), ("qu", "g"),
)  # fmt: skip
_EAR_LAST = (
    ("ng", "n"), ("n", "ng"), ("nh", "n"), ("n", "nh"), ("t", "c"), ("c", "t"), ("ch", "t"), ("t", "ch"), ("y", "i"), ("i", "y"),
    ("ao", "au"), ("au", "ao"), ("iu", "ieu"), ("im", "iem"), ("ip", "iep"), ("ui", "uoi"), ("oi", "uoi"), ("um", "uom"),
)  # fmt: skip
"""How a word is spelt by those who say it as their region does."""


def without_telex(word: str) -> Iterator[str]:
    """Yield what a word in lower case may be when the keys of the Telex method that it was typed with are read."""
    hatted = _HAT.sub(lambda found: _HATS[found.group()], word.replace("uow", "ươ").replace("uwow", "ươ"))
    if hatted != word:
        yield hatted
    for at in range(1, len(hatted)):
        if mark := _TONES.get(hatted[at]):
            bare = hatted[:at] + hatted[at + 1 :]
            yield from _toned(bare, mark)


def _toned(bare: str, mark: str) -> Iterator[str]:
    for at, letter in enumerate(bare):
        if fold(letter) in "aeiouy":
            yield unicodedata.normalize("NFC", bare[: at + 1] + mark + bare[at + 1 :])


def respelt(plain: str) -> Iterator[tuple[str, float]]:
    """Yield other spellings of a folded word with their costs: as teenagers write, and as people say it."""
    starts = [(plain, 0.0)]
    starts.extend((new + plain[len(old) :], TEENCODE) for old, news in _FIRST if plain.startswith(old) for new in news)
    for word, cost in starts:
        if cost:
            yield word, cost
        for old, news in _LAST:
            if word.endswith(old) and len(word) > len(old):
                yield from ((word[: -len(old)] + new, cost + TEENCODE - (1 if cost else 0)) for new in news)
        for old, new in _MIDDLE:
            if word.endswith(old) and len(word) > len(old):
                yield word[: -len(old)] + new, cost + TEENCODE
    yield from ((new + plain[len(old) :], BY_EAR) for old, new in _EAR_FIRST if plain.startswith(old))
    yield from (
        (plain[: -len(old)] + new, BY_EAR) for old, new in _EAR_LAST if plain.endswith(old) and len(plain) > len(old)
    )


def slip_cost(typed: str, meant: str) -> float | None:
    """Return the cost of one slip of the finger that made one folded word of another; ``None`` when one does not suffice."""
    if typed == meant:
        return None
    start = next(
        (at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other),
        min(len(typed), len(meant)),
    )
    longer = len(typed) - len(meant)
    rest, due = typed[start:], meant[start:]
    if longer == 1 and rest[1:] == due:
        beside = typed[max(0, start - 1) : start] + rest[1:2]
        return DOUBLED if rest[0] in beside else BESIDE if any(map(_beside, rest[0] * len(beside), beside)) else PUT_IN
    if longer == -1 and rest == due[1:]:
        return LEFT_OUT
    if longer == 0 and rest[1:] == due[1:]:
        return BESIDE if _beside(rest[0], due[0]) else OTHER
    if longer == 0 and rest[:2] == due[1::-1] and rest[2:] == due[2:]:
        return SWAPPED
    return None


def _beside(one: str, other: str) -> bool:
    if one not in _PLACE or other not in _PLACE:
        return False
    (row, at), (other_row, other_at) = _PLACE[one], _PLACE[other]
    return abs(row - other_row) <= 1 and abs(at - other_at) <= 1


def marks_cost(typed: str, meant: str) -> float:
    """Return the cost of the accents that were left out, and of those that were typed instead of others."""
    have, due = _marks(typed), _marks(meant)
    if have == due:
        return 0.0
    lost, extra = due - have, have - due
    if len(lost) == len(extra) == 1 and set(lost) | set(extra) == _ASKING_AND_TUMBLING:
        return OTHER_TONE
    return LOST_MARK * lost.total() + OTHER_MARK * extra.total()


@lru_cache(maxsize=16384)
def _marks(word: str) -> Counter[str]:
    return Counter(
        mark for mark in unicodedata.normalize("NFD", word.replace("đ", "d\u0335")) if "\u0300" <= mark <= "\u036f"
    )
