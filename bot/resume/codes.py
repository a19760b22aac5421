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

_ATTEMPT = re.compile(rf"{PREFIX}(?:-[0-9A-Z -]{{0,16}}|(?=[A-Z ]*\d)[ ]?[0-9A-Z -]{{1,16}})")
"""A whole message that is meant for a code, right or not: "MC-12", "mc 7kqm 2xw"."""
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
    for found in _CODE.finditer(_typed(text[:500])):
        if any(letter.isdecimal() for letter in found[1] + found[2]):
            return f"{PREFIX}-{found[1]}-{found[2]}"
    return None


def is_attempt(text: str) -> bool:
    """Tell whether a message is nothing but a code, be it cut short or mistyped."""
    return len(text) < 40 and _ATTEMPT.fullmatch(_typed(text).strip(" .,!?")) is not None


def _typed(text: str) -> str:
    return re.sub(r"[‐-―−_]", "-", fold(normalise(text))).upper()
