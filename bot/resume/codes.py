"""Short codes that carry a conversation from one channel to another: made, and found in what a person types. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from nlu.text import fold, normalise

PREFIX = "MC"
"""Tells the code from a procedure's or a dossier's."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without letters and digits that look alike on paper (0 O, 1 I L)."""
LETTERS = 8
"""31 letters to the 8th: with ten thousand live codes one guess in eighty million hits."""

_ATTEMPT = re.compile(rf"{PREFIX}(?:-[0-9A-Z -]{{0,16}}|(?=[A-Z ]*\d)[ ]?[0-9A-Z -]{{1,16}})")
"""A whole message that is meant for a code, right or not: "MC-12", "mc 7kqm 2xw"."""
_CODE = re.compile(rf"\b{PREFIX}[ -]?([{ALPHABET}]{{4}})[ -]?([{ALPHABET}]{{4}})\b")


def new_code(pick: Callable[[str], str] = secrets.choice) -> str:
    """Return a new code such as ``MC-7KQM-2XWP``.

    Args:
        pick: gives one letter of an alphabet; must not be guessable.
    """
    letters = "".join(pick(ALPHABET) for _ in range(LETTERS))
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"


def read_code(text: str) -> str | None:
    """Return the code in a message in its normal form, however it is typed; ``None`` when there is none."""
    found = _CODE.search(_typed(text[:500]))
    return f"{PREFIX}-{found[1]}-{found[2]}" if found else None


def is_attempt(text: str) -> bool:
    """Tell whether a message is nothing but a code, be it cut short or mistyped."""
    return len(text) < 40 and _ATTEMPT.fullmatch(_typed(text).strip(" .,!?")) is not None


def _typed(text: str) -> str:
    return re.sub(r"[‐-―−_]", "-", fold(normalise(text))).upper()
