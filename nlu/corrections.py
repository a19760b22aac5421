"""Reads a correction: what is meant after all, and what is refused ("không, ý tôi là đổi chứ không phải cấp mới"). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.asked import without_cues
from nlu.differences import Wish, read_wish
from nlu.text import fold, normalise

_I = r"(?:toi|em|minh|con|chau|tui|anh|chi|bac|co|chu)"
_NOT = r"(?:khong|hong|ko|hk|k|chang|dau co|dau|hem) (?:phai|can|hoi|noi)"
_WRONG = (
    rf"(?:(?:ban|em|anh|chi|bot|{_I}) )?(?:(?:hieu|noi|ghi|go|viet|bam|chon|dua|tra loi) )?(?:nham|lon|sai)"
    r"(?: thu tuc| y(?: \w+)?| (?:sang|qua) cai (?:khac|kia))?(?: roi)?"
)
_OPENING = (
    rf"(?:(?:da |a |o |u )*(?:da|a|o|u|ua|oi|i|xin loi|sorry|khong|ko|hong|hem|khong phai(?: vay| the)?|dau phai|chua dung|khong dung"
    rf"|{_WRONG})(?: a)?[, .!]+)"
)
_SORRY = rf"{_OPENING}*"
_REFUSING = rf"(?:(?:khong|ko|hong|hem|khong phai(?: vay| the)?|dau phai|chua dung|khong dung|{_WRONG})(?: a)?[,.!]+ ?)"
_MEAN = (
    rf"(?:y (?:{_I} )?(?:muon (?:noi|hoi) )?la|y la|y {_I}|{_I} (?:dang |muon |dinh |can )*(?:hoi|noi)(?: ve)?(?: la)?"
    rf"|(?:cai|viec|thu tuc) {_I} (?:can|hoi|muon)(?: hoi)? la|phai la|la|{_I} (?:dang )?(?:can|muon)(?: (?:hoi|lam|xin))?)"
)
_END = r"(?: (?:co|co ma|ma|a|nhe|nha|ay|do|kia|chu|dau|co a|y))*[ .!]*$"

_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # "ý tôi là đổi chứ không phải cấp mới", "cấp lại chứ đâu phải đổi"
        rf"^{_SORRY}(?:{_MEAN}[, ]+)?(?P<wanted>[^,;.]+?),? (?:chu (?:la )?(?:{_NOT}|dau phai|dau hoi)|ma khong phai)(?: la| cai)? (?P<refused>.+?){_END}",
        # "không phải cái đó, cái cho người nước ngoài ấy", "không phải cấp mới mà là đổi"
        rf"^{_SORRY}(?:{_I} )?(?:{_NOT}|dau phai)(?: la| ve| cai)? (?P<refused>[^,;.]+?)(?:[,;.]| ma)(?: {_MEAN}| la)? (?P<wanted>.+?){_END}",
        # "không, ý tôi là đổi", "à nhầm, cấp lại cơ"
        rf"^(?:da |a |o )*{_REFUSING}{_SORRY}(?:{_MEAN}[, ]+)?(?P<wanted>.+?){_END}",
        # "ý tôi là đổi"
        rf"^{_SORRY}y (?:{_I} )?(?:muon (?:noi|hoi) )?la[, ]+(?P<wanted>.+?){_END}",
    )
)


_REFUSAL = re.compile(
    rf"^(?:da |a |o |u )*(?:khong|ko|hong|chang|dau) (?:phai|dung)(?: la)?(?: (?:cai|thu tuc|viec|y|cau))*(?: (?:nay|do|day|the|vay|{_I}))?"
    rf"(?: {_I})?(?: (?:can|hoi|muon|noi))*{_END}"
    rf"|^(?:da |a |o )*{_WRONG}(?: {_I})?{_END}"
)
"""A message that only says that it was the wrong thing."""


@dataclass(frozen=True)
class Correction:
    """What a correcting message says."""

    wanted: str
    """What is meant after all, in the citizen's words."""
    refused: str
    """What is not meant; empty when only the right thing is said."""


def read_correction(text: str) -> Correction | None:
    """Read a correction; ``None`` for a message that corrects nothing."""
    plain = normalise(text)
    folded = fold(plain)
    if len(folded) != len(plain):
        plain = folded
    for shape in _SHAPES:
        found = shape.match(folded)
        if found:
            parts = found.groupdict()
            refused = plain[slice(*found.span("refused"))] if parts.get("refused") else ""
            return Correction(plain[slice(*found.span("wanted"))].strip(" ,."), refused.strip(" ,."))
    return None


def is_refusal(text: str) -> bool:
    """Tell whether a message only says that it was the wrong thing: "không phải cái này", "nhầm thủ tục rồi"."""
    plain = normalise(text).lower()
    return "nhảm" not in plain and bool(_REFUSAL.match(fold(plain)))


def wish_of(said: Correction) -> Wish:
    """Return what a correction wants, and as refused what it refuses."""
    wish, refused = read_wish(without_cues(said.wanted)), read_wish(said.refused)
    return Wish(wish.wanted, {**wish.refused, **refused.wanted}, wish.ages, wish.rest)
