"""What goes into one SMS: 160 characters of the plain alphabet, 70 as soon as one letter has an accent. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

PLAIN, ACCENTED = 160, 70
_TWICE = frozenset("^{}\\[~]|")
"""Characters of the plain alphabet (GSM 03.38) that count as two."""
_LETTERS = str.maketrans("đĐ`–—“”‘’…", "dD'--\"\"''.")


def unaccented(text: str) -> str:
    """Write a text with the plain alphabet alone."""
    parts = unicodedata.normalize("NFD", text.translate(_LETTERS))
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    return kept.encode("ascii", "replace").decode()


def fits(text: str) -> bool:
    """Tell whether a text is one SMS."""
    if text.isascii():
        return sum(1 + (letter in _TWICE) for letter in text) <= PLAIN
    return len(text.encode("utf-16-le")) // 2 <= ACCENTED


def one_sms(wordings: Iterable[str], *, accents: bool) -> str:
    """Return the first of several wordings that is one SMS, written as the gateway's customer wishes; empty for none."""
    written = (text if accents else unaccented(text) for text in wordings)
    return next((text for text in written if fits(text)), "")
