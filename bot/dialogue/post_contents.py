"""Tells from its words what may not lie in an envelope with papers, and that several procedures are meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from nlu.text import fold, has_accents, normalise


class Ban(StrEnum):
    """What does not go with papers."""

    MONEY = "money"
    VALUABLES = "valuables"
    IDENTITY = "identity"
    """An original that its person needs every day, where the record asks for none."""


_MONEY = re.compile(
    r"\b(?:tien mat|tien le|ngoai te|do la|dollars?|cash|money|banknotes?|phong bi tien|le phi bang tien)\b"
    r"|\b(?:bo|kem|de|nhet|gui|kep)(?: \w+){0,3} tien\b(?! (?:su|do|si|trinh|hanh))"
    r"|\b\d[\d.,]*\s?(?:k|nghin|ngan|trieu|dong|vnd|usd)\b"
)
_VALUABLES = re.compile(
    r"\b(?:nu trang|trang suc|kim cuong|da quy|(?:nhan|day chuyen|mieng|khuc|luong|cay|chi|thoi) vang|vang mieng|the (?:atm|ngan hang|tin dung|visa)"
    r"|so tiet kiem|sec|dien thoai|laptop|jewel\w*|gold|valuables|bank cards?|credit cards?)\b"
)
_GOLD = re.compile(r"\bvàng\b")
_IDENTITY = re.compile(
    r"\b(?:can cuoc(?: cong dan)?|cccd|cmnd|chung minh (?:nhan dan|thu)|ho chieu|passports?|identity cards?|id cards?)\b"
)
_NO_ORIGINAL = re.compile(
    r"\b(?:ban sao|sao y|sao luc|trich luc|chung thuc|cong chung|photo|photocopy|ban chup|anh chup|cop(?:y|ies)|certified"
    r"|to khai|don|phieu|mau|giay (?:de nghi|xac nhan|hen)|application|form)\b"
)
_SEVERAL = re.compile(
    r"\b(?:hai|ba|bon|nhieu|may|2|3|4|two|three|several) (?:thu tuc|bo ho so|ho so|procedures?|dossiers?)\b"
    r"|\bchung (?:mot |1 )?(?:phong bi|bi|goi|buu gui)\b|\b(?:thu tuc|ho so) khac (?:nua|luon|chung)\b"
    r"|\b(?:ca|them) (?:mot |1 )?(?:thu tuc|bo ho so|ho so)\b|\banother procedure\b|\bsame envelope\b"
)


def bans_in(text: str, asked: Sequence[str]) -> tuple[Ban, ...]:
    """Return what of a text may not go along.

    Args:
        text: what somebody wants to put in.
        asked: names of the papers that the record asks for: an original among them may go.
    """
    plain = normalise(text).lower()
    said = fold(plain)
    found = []
    if _MONEY.search(said):
        found.append(Ban.MONEY)
    if _VALUABLES.search(said) or (has_accents(plain) and _GOLD.search(plain)):
        found.append(Ban.VALUABLES)
    if _names_identity(said) and not any(_names_identity(fold(normalise(one).lower())) for one in asked):
        found.append(Ban.IDENTITY)
    return tuple(found)


def several_in(text: str) -> bool:
    """Tell whether somebody wants to put several procedures into one envelope."""
    return bool(_SEVERAL.search(fold(normalise(text).lower())))


def _names_identity(said: str) -> bool:
    return bool(_IDENTITY.search(said)) and not _NO_ORIGINAL.search(said)
