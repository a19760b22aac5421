"""Mends words that a catalogue does not know: keys of the Telex method left in, words run together, slips of the finger. Pure.

Only a word that stands nowhere in the catalogue, its sayings or its questions is touched, and only when what comes of it
is known there: "ddawng kys khaisinh" becomes "dang ky khai sinh", a name or a number stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from nlu.text import fold

_DOUBLED = re.compile(r"dd|aa|ee|oo|[aou]w|w")
_KEYS = {"dd": "d", "aa": "a", "ee": "e", "oo": "o", "aw": "a", "ow": "o", "uw": "u", "w": "u"}
_TONE = re.compile(r"[sfrxj]")
SHORTEST = 4
"""Letters from which a slip of the finger is looked for; shorter words have too many neighbours."""
LETTERS = "abcdeghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Repair:
    """Knows what words and neighbours a catalogue has."""

    known: Container[str]
    """Folded words."""
    pairs: Sequence[Container[str]]
    """Folded neighbouring words, as ``first second``."""

    def mend(self, said: Sequence[str]) -> list[str]:
        """Return the words of a message, with what can be mended mended; other words are returned as they were."""
        mended: list[str] = []
        for place, word in enumerate(said):
            plain = fold(word)
            if plain in self.known or not plain.isalpha():
                mended.append(word)
                continue
            after = fold(said[place + 1]) if place + 1 < len(said) else ""
            mended.extend(self._mended(plain, fold(mended[-1]) if mended else "", after) or [word])
        return mended

    def _mended(self, word: str, before: str, after: str) -> list[str] | None:
        for plain in _without_telex(word):
            if plain in self.known:
                return [plain]
        for at in range(2, len(word) - 1):
            if self._neighbours(word[:at], word[at:]):
                return [word[:at], word[at:]]
        if len(word) < SHORTEST:
            return None
        near = (one for one in dict.fromkeys(_slips(word)) if one in self.known)
        return next(([one] for one in near if self._neighbours(before, one) or self._neighbours(one, after)), None)

    def _neighbours(self, first: str, second: str) -> bool:
        pair = f"{first} {second}"
        return any(pair in pairs for pairs in self.pairs)


def _without_telex(word: str) -> Iterator[str]:
    """Yield what a word may be without the keys of the Telex method, the tone's key last."""
    plain = _DOUBLED.sub(lambda found: _KEYS[found.group()], word)
    if plain != word:
        yield plain
    for found in _TONE.finditer(plain, 1):
        yield plain[: found.start()] + plain[found.end() :]


def _slips(word: str) -> Iterator[str]:
    """Yield the words that one slip of the finger may have made this one of."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    for at in range(len(word)):
        for letter in LETTERS:
            yield word[:at] + letter + word[at + 1 :]
    for at in range(len(word) + 1):
        for letter in LETTERS:
            yield word[:at] + letter + word[at:]
