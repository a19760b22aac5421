"""Ages that people name, and the lines that names and cases draw at an age. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.text import fold, has_accents, normalise

_SAID = re.compile(r"\b(?:mới |được |gần |tầm |khoảng |đang )*(\d{1,3}) ?(?:tuổi|t\b|tháng tuổi|tháng(?= tuổi))")
_SAID_BARE = re.compile(r"\b(?:moi |duoc |gan |tam |khoang |dang )*(\d{1,3}) ?(?:tuoi|t\b|thang tuoi)")
_LINE = re.compile(r"(?:dưới|trên|đủ|từ|chưa|quá|đến|hơn|duoi|tren|du|tu|chua|qua|den|hon) $")
"""Words before an age that make it a line, not somebody's age."""
_OLDEST = 120
_WHO = re.compile(
    r"\b(?:bé|con|cháu|trẻ|em|đứa|thằng|nhỏ|gái|trai|người|nhà|mẹ|bố|ba|má|ông|bà|cụ|bạn|tôi|mình|nó|này|kia|lớn|già"
    r"|be|chau|tre|dua|thang|nho|gai|nguoi|nha|me|bo|ong|cu|ban|toi|minh|no|nay|lon|gia)\b"
)
"""Words for whose age it is."""

_UNDER = re.compile(r"\b(?:dưới|chưa đủ|nhỏ hơn) (\d{1,3})(?: tuổi)?")
_FROM = re.compile(r"(?<!chưa )\b(?:từ đủ|từ|đủ) (\d{1,3})(?: tuổi)?")
_UP_TO = re.compile(r"\b(?:đến|đến đủ|không quá) (\d{1,3})(?: tuổi)")


@dataclass(frozen=True)
class AgeSaid:
    """Somebody's age as a message names it."""

    years: int
    rest: str
    """The message without the age and without whose it is."""


def age_said(text: str) -> AgeSaid | None:
    """Return the one age that a message names; ``None`` for none, for several, and for a line ("dưới 14 tuổi")."""
    said = normalise(text).lower()
    found = list((_SAID if has_accents(said) else _SAID_BARE).finditer(said))
    if len(found) != 1 or _LINE.search(said[: found[0].start()]):
        return None
    months = "thang" in fold(found[0][0])
    years = 0 if months and int(found[0][1]) < 12 else int(found[0][1]) // (12 if months else 1)
    rest = _WHO.sub(" ", f"{said[: found[0].start()]} {said[found[0].end() :]}")
    return AgeSaid(years, " ".join(rest.split())) if years <= _OLDEST else None


def age_fits(title: str, years: int) -> bool | None:
    """Tell whether a name or a case is for somebody of an age; ``None`` when it draws no line at an age."""
    said = normalise(title).lower()
    if "tuổi" not in said:
        return None
    lines = [years < int(one) for one in _UNDER.findall(said)]
    lines += [years >= int(one) for one in _FROM.findall(said)]
    lines += [years <= int(one) for one in _UP_TO.findall(said)]
    return all(lines) if lines else None
