"""The words of an address: cut, folded, kinds told ("TP.", "P5", "t.x"), each name brought to one key. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from nlu.text import fold, normalise

MAX_WORDS = 60
"""Words of a text that are read; an address is shorter."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_BREAK = re.compile(r"[,;:/()|\[\]\n]")
LOST = 0.4
"""How much an accent that was left out counts, where other words of the name have theirs."""
_DASH = re.compile(r"\s[-–—]\s")
_VOWELS = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_HARD = re.compile("k(?![^aeiouy])")


class Level(IntEnum):
    """How big a place is."""

    COMMUNE = 1
    DISTRICT = 2
    PROVINCE = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text."""

    key: str
    """Its letters as ``key_of`` writes them."""
    said: str
    """As written, in lower case."""
    start: int
    end: int
    breaks: bool = False
    """Whether a comma or the like stands before it."""
    apart: bool = False
    """Whether a comma or a dash does: a name may hold a dash, but no kind stands before one."""


_SPELT: tuple[tuple[str, tuple[Level, ...], str], ...] = (
    ("xa", (Level.COMMUNE,), "xa|x|commune"),
    ("phuong", (Level.COMMUNE,), "phuong|p|f|ph|ward|fuong|phg"),
    ("thitran", (Level.COMMUNE,), "thi tran|tt|ttr|t t|township"),
    ("dackhu", (Level.COMMUNE,), "dac khu|dk"),
    ("quan", (Level.DISTRICT,), "quan|q|qu"),
    ("huyen", (Level.DISTRICT,), "huien|h|huien dao"),
    ("thixa", (Level.DISTRICT,), "thi xa|tx|t x"),
    ("district", (Level.DISTRICT,), "district|dist"),
    ("thanhpho", (Level.DISTRICT, Level.PROVINCE), "thanh pho|tp|t p|tpho|citi"),
    ("tinh", (Level.PROVINCE,), "tinh|t|province"),
)
KINDS = {
    tuple(one.split()): (kind, frozenset(levels)) for kind, levels, spellings in _SPELT for one in spellings.split("|")
}
"""Written kinds, folded → the kind and the levels that bear it."""
_OFFICIAL = {
    "xã": "xa", "phường": "phuong", "thị trấn": "thitran", "đặc khu": "dackhu", "quận": "quan", "huyện": "huyen", "thị xã": "thixa",
    "thành phố": "thanhpho", "tỉnh": "tinh",
}  # fmt: skip
AFTER = frozenset(("ward", "commune", "district", "citi", "province", "township"))
"""English kinds that stand behind the name."""


def key_of(text: str) -> str:
    """Bring a name to the letters that are compared: "Đắk Lắk" → "daclac", "Phường 05" → "phuong5"."""
    return "".join(syllables(text))


@lru_cache(maxsize=8192)
def _letters(word: str) -> str:
    return word.lstrip("0") or "0" if word.isdigit() else _sound(fold(word))


def _sound(word: str) -> str:
    """Write what has two spellings in one way: "Qui Nhơn", "Đắc Lắc", "Mĩ Tho"."""
    return _HARD.sub("c", word).translate(_VOWELS)


def syllables(name: str) -> list[str]:
    """Return the keys of a name's words."""
    return [_letters(word) for word in _TOKEN.findall(name.lower())]


@lru_cache(maxsize=4096)
def said_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, with accents."""
    return tuple(_TOKEN.findall(normalise(name).lower()))


def bare(name: str) -> tuple[str, str]:
    """Part an official name from its kind: "Thị trấn Ba Tơ" → ("thitran", "Ba Tơ")."""
    first, _, rest = name.partition(" ")
    if kind := _OFFICIAL.get(first.lower()):
        return kind, rest.strip()
    second, _, behind = rest.partition(" ")
    kind = _OFFICIAL.get(f"{first} {second}".lower())
    return (kind, behind.strip()) if kind else ("", name)


def cut(text: str) -> list[Token]:
    """Return the words of a normalised text."""
    tokens: list[Token] = []
    last = 0
    for found in _TOKEN.finditer(text):
        said = found.group().lower()
        breaks = bool(_BREAK.search(text, last, found.start()))
        apart = breaks or bool(_DASH.search(text, last, found.start()))
        tokens.append(Token(_letters(said), said, found.start(), found.end(), breaks, apart))
        last = found.end()
        if len(tokens) == MAX_WORDS:
            break
    return tokens


def differing(said: Sequence[str], name: Sequence[str], accented: bool = False) -> float:
    """Count the words that bear accents other than the name's; one that lacks some counts a little.

    Without any accent they agree with all names, unless the text around them is ``accented``. Where words were written
    together ("iachim") the whole is compared.
    """
    written, real = _sound("".join(said)), _sound("".join(name))
    if written == real or (written.isascii() and not accented):
        return 0
    if len(said) == len(name):
        pairs = [(_sound(one), _sound(other)) for one, other in zip(said, name, strict=True)]
        return sum(LOST if _marks(one) <= _marks(other) else 1 for one, other in pairs if one != other)
    return LOST if written.isascii() else float(len(written) == len(real))


def _marks(word: str) -> set[str]:
    return {letter for letter in unicodedata.normalize("NFD", word) if not letter.isascii()}
