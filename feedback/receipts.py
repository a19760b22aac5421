"""The number on a sender's receipt (số biên nhận): short enough for the telephone, too many to guess. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

PREFIX = "PA"
"""Phản ánh."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without letters and digits that look alike on paper (0 O, 1 I L)."""
LETTERS = 8
"""31 to the 8th, most of them in use: with a hundred thousand records one guess in seven million hits, and then asks a second fact."""

_RECEIPT = re.compile(rf"(?<![0-9A-Z]){PREFIX}[ .-]?([{ALPHABET}]{{4}})[ .-]?([{ALPHABET}]{{4}})(?![0-9A-Z])")


def new_receipt(pick: Callable[[str], str] = secrets.choice) -> str:
    """Return a new number such as ``PA-7KQM-2XWP``, never without a digit: else Vietnamese words could look like one.

    Args:
        pick: gives one letter of an alphabet; must not be guessable.
    """
    while True:
        letters = "".join(pick(ALPHABET) for _ in range(LETTERS))
        if any(letter.isdecimal() for letter in letters):
            return f"{PREFIX}-{letters[:4]}-{letters[4:]}"


def read_receipt(text: str) -> str | None:
    """Return the first receipt number in a text in its normal form, however it is typed; ``None`` when there is none."""
    typed = re.sub(r"[\u2010-\u2015\u2212_]", "-", text[:2000]).upper()
    for found in _RECEIPT.finditer(typed):
        if any(letter.isdecimal() for letter in found[1] + found[2]):
            return f"{PREFIX}-{found[1]}-{found[2]}"
    return None
