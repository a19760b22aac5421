"""How what a sender adds stands behind the words that came first. Pure."""

from __future__ import annotations

import re
from datetime import date

_ADDED = re.compile(r"\n\n\+ \d\d/\d\d/\d{4}: ")
"""The day tells a supplement from a list that the sender wrote."""


def supplemented_text(words: str, added: str, day: date) -> str:
    """Return the words of a record with what was added on a day."""
    return f"{words}\n\n+ {day:%d/%m/%Y}: {added}"


def first_words(words: str) -> str:
    """Return what was written before anything was added."""
    return _ADDED.split(words, maxsplit=1)[0]
