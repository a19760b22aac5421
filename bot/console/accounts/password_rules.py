"""Which passwords an account may have: long ones that are not made of what everybody tries first. Pure but for its list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from pathlib import Path

LEAST = 12
MOST = 128
LEFT_OVER = 5
"""Different signs that must be left once common words are taken out."""
LIST = Path(__file__).parent / "data" / "common_passwords.txt"

_LOOKS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_YEARS = re.compile(r"(?:19|20)\d\d")
_SAME = re.compile(r"(.)\1{2,}")
_NUMBERS = re.compile(
    r"(?<!\d)(?:"
    r"(?:0?[1-9]|[12]\d|3[01])[ ./-]?(?:0?[1-9]|1[0-2])[ ./-]?(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d[ ./-]?(?:0[1-9]|1[0-2])[ ./-]?(?:0[1-9]|[12]\d|3[01])"
    r"|(?:\+?84|0)[ .-]?[35789](?:[ .-]?\d){8}"
    r"|0\d{11}"
    r")(?!\d)"
)
"""Dates, telephone and identity numbers: they stand on papers that others see."""
_LINES = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm"),
)
"""Rows and columns of keys, and the alphabet: four letters in a row of one are a run, either way."""
_DIGITS = "01234567890"
"""Three of these."""


class Weak(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    """Made of common words, runs of keys, dates and numbers of telephones."""
    OWN = "own"
    """Made of the names of the account, the person or the agency, or of the old password."""


class PasswordRules:
    """Judges passwords."""

    def __init__(self, path: Path = LIST) -> None:
        """Take the list of common words; it is read when first needed."""
        self._path = path

    def weakness(self, password: str, own: Iterable[str] = ()) -> Weak | None:
        """Return why a password is refused; ``None`` for a good one.

        Args:
            password: as it was typed.
            own: names of the account and the person, of the agency and their unit.
        """
        if len(password) < LEAST:
            return Weak.SHORT
        if len(password) > MOST:
            return Weak.LONG
        if _too_little(password, self._common):
            return Weak.COMMON
        names = {word for one in own for word in _words(one)}
        return Weak.OWN if _too_little(password, self._common | names) else None

    @cached_property
    def _common(self) -> frozenset[str]:
        lines = (line for line in self._path.read_text("utf-8").splitlines() if not line.startswith("#"))
        listed = frozenset(word for line in lines for word in line.split())
        return listed.union(*(_runs(line, 4) for line in _LINES), _runs(_DIGITS, 3))


def _too_little(password: str, words: frozenset[str]) -> bool:
    """Tell whether hardly anything is left once the words are taken out."""
    return len(set(_without(_NUMBERS.sub(" ", _folded(password)), words))) < LEFT_OVER


def _runs(line: str, least: int) -> Iterable[str]:
    """Return every stretch of a line, and of the line backwards, from so many signs on."""
    for way in (line, line[::-1]):
        for start in range(len(way)):
            yield from (way[start:end] for end in range(start + least, len(way) + 1))


def _without(plain: str, words: frozenset[str]) -> str:
    """Return what is left without the words, wherever they are found as they are or with digits read as letters."""
    both = [(sign, sign.translate(_LOOKS)) for sign in plain]
    both = [(sign, looks) for sign, looks in both if looks.isalnum()]
    plain, looks = "".join(sign for sign, _ in both), "".join(looks for _, looks in both)
    longest = max(map(len, words), default=0)
    left, at = "", 0
    while at < len(plain):
        sizes = (size for size in range(min(longest, len(plain) - at), 2, -1))
        size = next((one for one in sizes if plain[at : at + one] in words or looks[at : at + one] in words), 0)
        left += "" if size or not plain[at].isalnum() else plain[at]
        at += size or 1
    return _SAME.sub(r"\1", _YEARS.sub("", left))


def _words(name: str) -> Iterable[str]:
    """Return a name whole, without spaces, and its words of three letters and more."""
    parts = re.split(r"[^0-9a-z]+", _folded(name))
    return [one for one in ("".join(parts), *parts) if len(one) >= 3]


def _folded(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
