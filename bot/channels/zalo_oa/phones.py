"""Telephone numbers as Zalo gives and takes them. Pure."""

from __future__ import annotations

import re

_PLAUSIBLE = re.compile(r"\+\d{8,15}")


def international(given: str) -> str:
    """Return a number as ``+84912345678``; empty when it cannot be one."""
    digits = re.sub(r"[\s.()-]", "", given)
    if digits.startswith("0") and not digits.startswith("00"):
        digits = "+84" + digits[1:]
    elif digits.startswith("00"):
        digits = "+" + digits[2:]
    elif not digits.startswith("+"):
        digits = "+" + digits
    return digits if _PLAUSIBLE.fullmatch(digits) else ""


def as_zalo_writes(phone: str) -> str:
    """Return a number as ``84912345678``; empty when it cannot be one."""
    return international(phone).removeprefix("+")


def dialled(address: str) -> str:
    """Return what a ``tel:`` link dials; short numbers such as 1022 stay as they are."""
    digits = re.sub(r"[^\d+]", "", address.removeprefix("tel:"))
    short = len(digits) <= 6 or digits.startswith("1")
    return (digits if short else as_zalo_writes(digits) or digits).lstrip("+")
