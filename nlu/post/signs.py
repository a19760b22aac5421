"""All that a message shows of what it asks about the post, each with how much it counts. Pure."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from pathlib import Path

from nlu.border.words import accented, pieces, plain, runs, said
from nlu.linear_signs import weighed
from nlu.post.patterns import names_post, topics_in
from nlu.word_lists import WordLists, pairs

LISTED = Path(__file__).parents[1] / "data" / "post_words.yml"
PATTERNS, LISTS, PAIRS, WORDS, ACCENTED, LETTERS, AFTER = 1.0, 1.4, 1.0, 1.0, 0.7, 0.7, 0.7
"""How much the kinds of signs count beside each other."""
PIECE = 5
"""Length of the signs that are runs of letters: four, and the mark before them."""
READ = 400
"""Characters that are read: who tells more tells a story."""


def kinds_of(text: str, *, after: bool) -> list[tuple[Set[str], float]]:
    """Return the signs by kind, each with what one sign of it weighs; an empty text has none.

    Args:
        text: as it was written.
        after: the post was spoken of just now, so that the message may leave it out.
    """
    clean = plain(text, READ)
    found = said(clean)
    if not found:
        return []
    folded = " ".join(found)
    words = runs(found)
    lists = list(_lists().listed(found, 1))
    by_hand = {f"+{topic}" for topic in topics_in(folded)} | {f"!{_named(folded)}{' after' if after else ''}"}
    kinds: tuple[tuple[Set[str], float], ...] = (
        (by_hand, PATTERNS),
        ({f"={name}" for name in lists}, LISTS),
        (pairs(lists), PAIRS),
        (words, WORDS),
        (accented(clean), ACCENTED),
        ({piece for piece in pieces(found) if len(piece) == PIECE}, LETTERS),
        ({f"@{word}" for word in words} if after else set(), AFTER),
    )
    return weighed(kinds)


@cache
def _lists() -> WordLists:
    return WordLists.read(LISTED)


def _named(folded: str) -> str:
    return "post" if names_post(folded) else "no post"
