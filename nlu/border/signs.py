"""All that a text shows of what it is, each with how much it counts: signs of the law, runs of words, runs of letters. Pure."""

from __future__ import annotations

from collections.abc import Set

from nlu.border.law_signs import listed, patterns
from nlu.border.words import accented, pieces, runs, said
from nlu.hotlines import emergency_of
from nlu.linear_signs import weighed
from nlu.word_lists import pairs

LENGTHS = (2, 4, 8, 16, 32, 64)
"""Words up to which a text counts as long as the next."""
LISTS, PATTERNS, PAIRS, WORDS, ACCENTED, LETTERS = 1.4, 1.2, 1.0, 1.0, 1.2, 0.7
"""How much the kinds of signs count beside each other."""


def signs_of(plain: str) -> dict[str, float]:
    """Return the signs of a text in normal form with their weights; an empty text has none.

    Args:
        plain: what ``nlu.border.words.plain`` returned.
    """
    return {sign: weight for kind, weight in kinds_of(plain) for sign in kind}


def kinds_of(plain: str) -> list[tuple[Set[str], float]]:
    """Return the signs by kind, each with what one sign of it weighs: as vectors all texts are as long."""
    found = said(plain)
    if not found:
        return []
    counts = listed(found)
    lists = [f"+{name}" if often == 1 else f"+{name}:{often}" for name, often in counts.items()]
    held = [f"+{name}" for name, often in counts.items() if often > 1]
    by_hand = patterns(" ".join(found)) | _shape(found) | _urgent(plain)
    kinds: tuple[tuple[Set[str], float], ...] = (
        (by_hand, PATTERNS),
        ({*lists, *held}, LISTS),
        (pairs(list(counts)), PAIRS),
        (runs(found), WORDS),
        (accented(plain), ACCENTED),
        (pieces(found), LETTERS),
    )
    return weighed(kinds)


def _urgent(plain: str) -> set[str]:
    kind = emergency_of(plain)
    return set() if kind is None else {"!emergency", f"!emergency:{kind.value}"}


def _shape(found: list[str]) -> set[str]:
    counted = sum(word.isalpha() for word in found)
    return {f"!length:{sum(counted > length for length in LENGTHS)}"}
