"""How often the names and sayings of a catalogue use each word, and after which: what a reader expects next. Pure."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nlu.text import fold

ANYWHERE = 0.3
"""Share of the words that come for no reason of the word before."""
LONGEST = 7
"""Letters of the longest Vietnamese syllable, "nghiêng": words run together are cut into pieces no longer than that."""


@dataclass(frozen=True)
class Usage:
    """Counts of words and of neighbouring words, in one spelling."""

    counts: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, lines: Iterable[Sequence[str]]) -> Usage:
        """Count the words of lines."""
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for line in lines:
            counts.update(line)
            pairs.update(itertools.pairwise(line))
        return cls(counts, pairs)

    def folded(self) -> Usage:
        """Return the same usage without accents."""
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for word, times in self.counts.items():
            counts[fold(word)] += times
        for (first, second), times in self.pairs.items():
            pairs[fold(first), fold(second)] += times
        return Usage(counts, pairs)

    def surprise(self, before: str, word: str) -> float:
        """Return how unexpected a word is after another, in nats."""
        alone = (self.counts.get(word, 0) + 0.1) / self._total
        together = self.pairs.get((before, word), 0) / self.counts[before] if before in self.counts else alone
        return -math.log(ANYWHERE * alone + (1 - ANYWHERE) * together)

    @cached_property
    def _total(self) -> int:
        return sum(self.counts.values()) + 1

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Folded word → the words that it may be with accents, those used most first."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.counts, key=lambda one: -self.counts[one]):
            found.setdefault(fold(word), []).append(word)
        return {plain: tuple(words) for plain, words in found.items()}

    @cached_property
    def near(self) -> Mapping[str, tuple[str, ...]]:
        """Folded word with a letter left out → the folded words that it may come from; themselves included."""
        found: dict[str, list[str]] = {}
        for plain in self.spellings:
            if plain.isalpha():
                for short in {plain, *shortened(plain)}:
                    found.setdefault(short, []).append(plain)
        return {short: tuple(words) for short, words in found.items()}


def shortened(word: str) -> list[str]:
    """Return a word with each of its letters left out in turn."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def spoken(word: str) -> bool:
    """Whether a word has a vowel, and so may be a syllable."""
    return any(letter in "aeiouy" for letter in fold(word))
