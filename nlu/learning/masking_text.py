"""A message with its folded twin of the same length, and the spans of it that are to be masked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from nlu.text import fold


class Mask(StrEnum):
    """What was masked; the values stand in the masked text between ``OPEN`` and ``CLOSE``."""

    LINK = "liên kết"
    EMAIL = "email"
    PHONE = "điện thoại"
    IDENTITY = "số giấy tờ"
    NUMBER = "số"
    PLATE = "biển số"
    DATE = "ngày"
    NAME = "tên"
    PLACE = "địa chỉ"


OPEN, CLOSE = "⟨", "⟩"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Span:
    """A part of the text that shows who somebody is."""

    start: int
    end: int
    mask: Mask


@dataclass(frozen=True)
class Word:
    """One word with its place."""

    text: str
    plain: str
    """In small letters without accents."""
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Sentence:
    """A message as masking looks at it."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The text in small letters without accents; every offset is that of the text."""
        return "".join((fold(letter) or " ")[:1] for letter in self.text)

    @cached_property
    def accented(self) -> bool:
        """Whether the writer uses accents, so that words can be compared with them."""
        return self.plain != self.text.lower()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words in order."""
        found = _WORD.finditer(self.text)
        return tuple(Word(m.group(), self.plain[m.start() : m.end()], m.start(), m.end()) for m in found)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def titled(self) -> bool:
        """Whether nearly every word has a capital, so that capitals tell nothing."""
        letters = [word for word in self.words if word.text.isalpha()]
        return sum(word.capital for word in letters) > 0.85 * len(letters)

    def capital(self, word: Word) -> bool:
        """Tell whether a word has a capital that means something."""
        return word.capital and not self.titled

    def after(self, place: int) -> Iterator[Word]:
        """Give the words from a place on, up to the end of the clause."""
        last = place
        for word in self.words[bisect_left(self._starts, place) :]:
            if re.search(r"[^\s\-'\"“”:]", self.text[last : word.start]):
                return
            yield word
            last = word.end


def masked(text: str, spans: list[Span]) -> str:
    """Return the text with the spans replaced; where spans meet, the one that begins first names them."""
    parts: list[str] = []
    place = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start >= place:
            parts += [text[place : span.start], f"{OPEN}{span.mask.value}{CLOSE}"]
        place = max(place, span.end)
    return "".join((*parts, text[place:]))
