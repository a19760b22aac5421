"""How a long text is cut for a channel: between paragraphs, else lines, sentences or words, never inside a letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

BORDERS = ("\n\n", "\n", ". ", " ")
"""Where a text may be cut, the best first."""

Measure = Callable[[str], int]
"""Length of a text as a platform counts it; no letter may count for less than nothing."""


def utf16_length(text: str) -> int:
    """Count UTF-16 units, as Telegram and Zalo Bot do: a letter beyond the basic plane counts twice."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def split_text(text: str, limit: int, measure: Measure = len) -> list[str]:
    """Cut a text into parts of at most ``limit`` units.

    Args:
        text: Any text; it is put into composed form (NFC) first, so that a letter and its tone count as one.
        limit: The channel's limit, at least 2.
        measure: Counts the units of a text; characters unless said otherwise. It may count what the text becomes
            (escaped, marked up).

    Returns:
        The parts in order, without blank ones; a single empty part for an empty text.
    """
    rest = unicodedata.normalize("NFC", text).strip()
    parts: list[str] = []
    while measure(rest) > limit:
        cut = _cut(rest, _most(rest, limit, measure))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*(part for part in parts if part), rest] if rest or not parts else parts


def _most(text: str, limit: int, measure: Measure) -> int:
    """Return how many characters from the beginning keep within the limit; at least one."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, limit: int) -> int:
    window = text[: limit + 1]
    for border in BORDERS:
        # A part of less than a third of the limit is worse than the next kind of border.
        found = window.rfind(border, limit // 3)
        if found > 0:
            return min(found + len(border.rstrip()), limit)
    cut = limit
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return cut
