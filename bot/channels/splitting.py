"""How a long text is cut for a channel: between paragraphs, else lines, sentences or words, never inside a letter."""

from __future__ import annotations

import unicodedata

BORDERS = ("\n\n", "\n", ". ", " ")
"""Where a text may be cut, the best first."""


def split_text(text: str, limit: int) -> list[str]:
    """Cut a text into parts of at most ``limit`` characters.

    Args:
        text: Any text; it is put into composed form (NFC) first, so that a letter and its tone count as one.
        limit: The channel's limit in characters, at least 1.

    Returns:
        The parts in order, without blank ones; a single empty part for an empty text.
    """
    rest = unicodedata.normalize("NFC", text).strip()
    parts: list[str] = []
    while len(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*(part for part in parts if part), rest] if rest or not parts else parts


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
