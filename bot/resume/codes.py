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
"""31 letters to the 8th, nine tenths of them in use: with ten thousand live codes one guess in seventy million hits."""

_CODE = re.compile(rf"\b{PREFIX}[ -]?([{ALPHABET}]{{4}})[ -]?([{ALPHABET}]{{4}})\b")


def new_code(pick: Callable[[str], str] = secrets.choice) -> str:
    """Return a new code such as ``MC-7KQM-2XWP``.

    Args:
        pick: gives one letter of an alphabet; must not be guessable.
    """
    while True:
        letters = "".join(pick(ALPHABET) for _ in range(LETTERS))
        # With a digit in it no row of Vietnamese words looks like one ("mc dang quen").
        if any(letter.isdecimal() for letter in letters):
            break
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"


def read_code(text: str) -> str | None:
    """Return the code in a message in its normal form, however it is typed; ``None`` when there is none."""
    plain = normalise(text[:500])
    for found in _CODE.finditer(re.sub(r"[‐-―−_]", "-", fold(plain)).upper()):
        if any(letter.isdecimal() for letter in found[1] + found[2]):
            return f"{PREFIX}-{found[1]}-{found[2]}"
    return None
