"""What a message without words comes to: nothing at all, a number that chooses nothing, or a code without its dot. Pure."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d{1,6}")
_UNDOTTED = re.compile(r"(\d)(\d{6})")
"""A procedure's code as people copy it: "1001193"."""


def lacking(plain: str) -> str:
    """Return the response to a message that says nothing, be it for want of letters or of words; else ""."""
    if not any(letter.isalnum() for letter in plain):
        return "utter_empty"
    return "utter_only_number" if _NUMBER.fullmatch(plain) else ""


def dotted(plain: str) -> str:
    """Return a message with the dot that a lone procedure code lacks."""
    return _UNDOTTED.sub(r"\1.\2", plain) if _UNDOTTED.fullmatch(plain) else plain
