"""Tells from its words that a message takes an earlier answer of a slip back, and what it says instead. Pure."""

from __future__ import annotations

import re

from feedback.requirements import phone_of
from nlu.text import fold, normalise

_NUMBER = re.compile(r"(?<!\w)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\w)")
_CORRECTS = re.compile(
    r"(?:(?:a|o|u|thoi|khong|xin loi|em|toi|da|oi|chet)[ ,]+)*(?:(?:ghi|go|viet|bam) )?(?:nham|sai|sua(?! doi)|doi|lon)\b.*"
    r"|.{2,30} (?:bi )?(?:sai|nham)(?: mat)?(?: roi)?"
)
_CHANGES = re.compile(r"\b(?:nham|lon|sai|sua|doi|thay|chuyen|thoi|khac|moi|actually|change|wrong|instead)\b")
"""Stands in words that take an answer back."""
_WAY = re.compile(r"\b(?:ket qua|hai chieu|2 chieu|ca hai|(?:tai|tan|ve) nha|(?:chi|moi) (?:gui|nhan)|both|result)\b")
_PAPER = re.compile(r"\b(?:giay|to khai|don|ban sao|bien ban|so do)\b")


def is_correction(text: str) -> bool:
    """Tell whether words hold a telephone number or take something else back: no name of a paper."""
    return bool(_NUMBER.search(text) or _CORRECTS.fullmatch(fold(normalise(text)).strip(" .,!?")))


def changes_way(said: str) -> bool:
    """Tell whether folded words ask for another service than before, and name no paper."""
    return bool(_CHANGES.search(said) and _WAY.search(said)) and not _PAPER.search(said)


def changed_phone(text: str) -> str | None:
    """Return the number in words that take the first back: "thôi đổi sang số 0905…"; ``None`` for other words."""
    numbers = _NUMBER.findall(text)
    return phone_of(numbers[0]) if len(numbers) == 1 and _CHANGES.search(fold(normalise(text))) else None
