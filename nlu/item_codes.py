"""Numbers that the post gives to items (mã bưu gửi): thirteen characters of the Universal Postal Union's S10, with a check digit. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
"""Of the eight digits, by the standard."""
_S10 = re.compile(
    r"(?<![A-Za-z0-9])(?P<service>[A-Za-z]{2})(?P<gap>[ .\-]?)(?P<digits>\d(?:[ .\-]?\d){5,11})[ .\-]?(?P<country>[A-Za-z]{2})(?![A-Za-z0-9])",
    re.ASCII,
)
"""Also with too few or too many digits: what is nearly such a number is best said to be mistyped."""
_OTHER = re.compile(r"(?!(?:0|84)\d{9}$)(?=(?:[^\d]*\d){6})[A-Za-z0-9]{8,20}", re.ASCII)
"""Not a telephone number."""
DIGITS = 9
"""Eight of the item and the check digit."""
HOME = "VN"


class ItemKind(StrEnum):
    """How sure a number is."""

    WHOLE = "whole"
    """Thirteen characters whose check digit is right."""
    WRONG_CHECK = "wrong_check"
    """A digit or letter is mistyped."""
    WRONG_LENGTH = "wrong_length"
    UNSURE = "unsure"
    """Another form: the post has numbers of its own beside the standard's, which cannot be checked."""


@dataclass(frozen=True)
class ItemCode:
    """An item's number."""

    text: str
    """In capitals, without spaces."""
    kind: ItemKind

    @property
    def usable(self) -> bool:
        """Whether it can be looked up as it stands."""
        return self.kind in (ItemKind.WHOLE, ItemKind.UNSURE)


def check_digit(digits: str) -> int:
    """Return the check digit of the eight digits of an item."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def find_item_code(text: str) -> ItemCode | None:
    """Return the first number of the standard's form in a text, a mistyped one too; ``None`` when there is none."""
    found = [_read(match) for match in _S10.finditer(text)]
    return next((code for code in found if code), None)


def read_item_code(text: str) -> ItemCode | None:
    """Read what was given when an item's number was asked for: other forms than the standard's count, too."""
    code = find_item_code(text)
    if code is not None:
        return code
    words = [word.strip(".,;:!?()\"'") for word in text.split()]
    other = next((word for word in words if _OTHER.fullmatch(word)), "")
    return ItemCode(other.upper(), ItemKind.UNSURE) if other else None


def _read(match: re.Match[str]) -> ItemCode | None:
    digits = re.sub(r"\D", "", match["digits"])
    country = match["country"].upper()
    # "em 123456789 la": words around a number are no letters of it, unless they are written on to it or are ours.
    if country != HOME and (match["gap"] or not match["service"].isupper() or len(digits) != DIGITS):
        return None
    text = f"{match['service'].upper()}{digits}{country}"
    if len(digits) != DIGITS:
        return ItemCode(text, ItemKind.WRONG_LENGTH)
    right = check_digit(digits[:-1]) == int(digits[-1])
    return ItemCode(text, ItemKind.WHOLE if right else ItemKind.WRONG_CHECK)
