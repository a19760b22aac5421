"""What Article 7 asks of a sender and of what is sent: read, brought into one form, or refused with the reason. Pure."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from feedback.record import SenderKind

SHORTEST_TEXT = 20
"""Letters and signs of what happened; less tells nobody what rule or what office it is about."""
LONGEST_TEXT = 12_000
"""Of one matter, several messages together."""
LONGEST_NAME, SHORTEST_ADDRESS, LONGEST_ADDRESS, LONGEST_MAIL = 200, 5, 300, 254

_MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")
_FIXED = re.compile(r"(?:\+?84|0)?(2\d{9,10})")
_LAID_OUT = re.compile(r"[\s.\-()/]+")
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]{2,}")
_NO_NAME = re.compile(
    r"(?:ẩn danh|an danh|không tên|khong ten|không có|khong co|anonymous|n/?a|none|giấu tên|giau ten)"
    r"|(?:không|khong|ko|chưa|chua|hông|hong) .*",
    re.IGNORECASE,
)
"""Instead of a name; no name begins with "không"."""
_ENTERPRISE = re.compile(
    r"^(?:c[ôo]ng ty|doanh nghi[ệe]p|h[ợo]p t[áa]c x[ãa]|htx|cty|chi nh[áa]nh|company)\b", re.IGNORECASE
)
_HOUSEHOLD = re.compile(r"^h[ộo] (?:kinh doanh|kd)\b", re.IGNORECASE)


class Lack(StrEnum):
    """What is missing or cannot be right; the sentence is the channel side's."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"


def plain(text: str) -> str:
    """Return words in one writing of the letters, without control signs, spaces one at a time."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if unicodedata.category(one) in ("Cc", "Cf") else one for one in composed).split())


def story_of(text: str) -> str:
    """Return what somebody tells, in their own lines and words; cut where nobody reads on."""
    lines = [plain(line) for line in unicodedata.normalize("NFC", text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]


def name_of(text: str) -> str | None:
    """Return the name of a person or organisation; ``None`` for what cannot be one."""
    said = plain(text).strip(" .,;:")
    letters = sum(one.isalpha() for one in said)
    if not 2 <= len(said) <= LONGEST_NAME or letters < 2 or letters * 2 < len(said.replace(" ", "")):
        return None
    return None if _NO_NAME.fullmatch(said) else said


def address_of(text: str) -> str | None:
    """Return an address; ``None`` for what is too short to find anybody."""
    said = plain(text).strip(" ;")
    letters = any(one.isalpha() for one in said)
    return said if SHORTEST_ADDRESS <= len(said) <= LONGEST_ADDRESS and letters else None


def phone_of(text: str) -> str | None:
    """Return a telephone number in E.164; ``None`` for what is none. The lengths are not from a law: see the reference."""
    digits = _LAID_OUT.sub("", text.strip())
    found = _MOBILE.fullmatch(digits) or _FIXED.fullmatch(digits)
    return f"+84{found[1]}" if found else None


def mail_of(text: str) -> str | None:
    """Return an e-mail address; ``None`` for what is none."""
    said = text.strip()
    return said if len(said) <= LONGEST_MAIL and _MAIL.fullmatch(said) else None


def kind_of(name: str) -> SenderKind:
    """Return who seems to send, by how the name begins."""
    if _ENTERPRISE.search(name):
        return SenderKind.ENTERPRISE
    return SenderKind.HOUSEHOLD if _HOUSEHOLD.search(name) else SenderKind.CITIZEN


def tells_enough(text: str) -> bool:
    """Tell whether a text says at least something: whether it is enough, an official says."""
    return len(text) >= SHORTEST_TEXT and sum(one.isalpha() for one in text) * 2 >= len(text.replace(" ", ""))
