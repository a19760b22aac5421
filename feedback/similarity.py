"""How alike two texts are, by their folded words and pairs of words; groups of texts about the same thing. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST_WORD = 32
MOST_WORDS = 60
"""Different words of one text that are looked at; what is said later says little new."""
WHOLE = 20_000
"""Characters of one text that are looked at."""
COMMON = 2000
"""A word in so many texts or more is as good as in all of them."""
ALIKE = 0.3
"""From here on two texts are shown as alike."""
SAME = 0.42
"""From here on two open records are put into one group."""
_MIDDLING = 2.0
_FEW = 100
"""With fewer texts than this nobody can tell a common word from a rare one by counting."""
_PAIR = 3.0
"""What a pair weighs: in Vietnamese one syllable says little, two next to each other are mostly a word."""
_SPLIT = re.compile(r"[^a-z0-9]+")
_EMPTY_WORDS = (
    "a ai anh ay ba ban bi biet bo boi cac cach cai can cang chi cho chu chua chung co con cua cung cu da dang dau day de den "
    "di do duoc em gi giup gio ha hay he hoi het ho ke khi khong kia la lai lam len luc lun ma me minh moi mot muon nay nen neu "
    "nen ngay nguoi nha nhe nhieu nhu nhung no noi o oi phai qua ra rat roi sao sau se sang tai tao tat the thi thoi toi trong "
    "tren tu tung tuy ung va van vao ve vi viec voi vua xin xong y the and of to is a in for i my it was"
)
"""Folded, standing in any text."""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def words_of(folded: str) -> tuple[str, ...]:
    """Return the different words of a folded text that tell what it is about, in order."""
    return tuple(dict.fromkeys(word for word in _told(folded) if word not in _EMPTY))[:MOST_WORDS]


def pairs_of(folded: str) -> frozenset[str]:
    """Return the pairs of neighbours of which at least one tells something."""
    told = _told(folded)
    return frozenset(f"{one} {other}" for one, other in pairwise(told) if one not in _EMPTY or other not in _EMPTY)


def _told(folded: str) -> list[str]:
    return [word for word in _SPLIT.split(folded[:WHOLE]) if 0 < len(word) <= LONGEST_WORD]


def weights(counts: Mapping[str, int]) -> Mapping[str, float]:
    """Return what each word tells, by the number of texts that it stands in (counted up to ``COMMON``)."""
    return {word: max(0.1, math.log((COMMON + 1) / (min(count, COMMON) + 0.5))) for word, count in counts.items()}


@dataclass(frozen=True)
class Text:
    """A text in the form in which it is compared."""

    words: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def of(cls, folded: str) -> Text:
        """Return it of a folded text."""
        return cls(frozenset(words_of(folded)), pairs_of(folded))


def likeness(one: Text, other: Text, weight: Mapping[str, float]) -> float:
    """Return how alike two texts are, 0 to 1: what they share against what both say.

    Args:
        one: the text.
        other: the other one.
        weight: of words; those that are not named weigh as much as a middling one.
    """
    shared = _said(one.words & other.words, one.pairs & other.pairs, weight)
    whole = [_said(text.words, text.pairs, weight) for text in (one, other)]
    # A short question and a long text about the same thing are alike, too: the longer one counts for less than half.
    said = 0.7 * min(whole) + 0.3 * max(whole)
    return min(1.0, shared / said) if said else 0.0


def _said(words: frozenset[str], pairs: frozenset[str], weight: Mapping[str, float]) -> float:
    of = weight.get
    return sum([of(word, _MIDDLING) for word in words]) + _PAIR * len(pairs)


def groups(texts: Mapping[int, Text], most: int = 400, same: float = SAME) -> Sequence[tuple[int, ...]]:
    """Group texts about the same thing, the largest group first; what is alone is left out.

    Two texts are compared when they share a pair of words that is not in more than ``most`` of them.
    """
    having: dict[str, list[int]] = {}
    for number, text in texts.items():
        for pair in text.pairs:
            having.setdefault(pair, []).append(number)
    counts = Counter(word for text in texts.values() for word in text.words)
    # Relative to these texts: what stands in all of them tells nothing.
    weight = {word: max(0.1, math.log((max(len(texts), _FEW) + 1) / (count + 0.5))) for word, count in counts.items()}
    root = {number: number for number in texts}
    compared: set[tuple[int, int]] = set()
    for numbers in sorted(having.values(), key=len):
        if len(numbers) > most:
            break
        for other in numbers[1:]:
            one, two = _root(root, numbers[0]), _root(root, other)
            both = numbers[0], other
            if one == two or both in compared:
                continue
            compared.add(both)
            if likeness(texts[numbers[0]], texts[other], weight) >= same:
                root[max(one, two)] = min(one, two)
    found: dict[int, list[int]] = {}
    for number in texts:
        found.setdefault(_root(root, number), []).append(number)
    together = [tuple(sorted(group)) for group in found.values() if len(group) > 1]
    return sorted(together, key=lambda group: (-len(group), group))


def _root(root: dict[int, int], number: int) -> int:
    while root[number] != number:
        root[number] = root[root[number]]
        number = root[number]
    return number
