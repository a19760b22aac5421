"""Reads on which day something happened: "hôm qua", "thứ Hai tuần trước", "12/11", "yesterday". Pure; never a day to come."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlu.text import fold, normalise

_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIMES = r"(?:sang|trua|chieu|toi|dem)"
_AGO: tuple[tuple[str, int], ...] = (
    (rf"\b(?:hom|bua) kia\b|\b{_TIMES} kia\b|\bday before yesterday\b", 2),
    (rf"\b(?:hom|bua) qua\b|\b{_TIMES} (?:hom )?qua\b|\bngay hom qua\b|\byesterday\b", 1),
    (rf"(?<!may )\b(?:hom|bua) nay\b|\b{_TIMES} nay\b|\bvua nay\b|\btoday\b|\bthis (?:morning|afternoon)\b", 0),
)
_DAYS_AGO = re.compile(r"\b(?:cach day |truoc )?(\d{1,2}) (?:ngay|hom) (?:truoc|roi|nay)\b|\b(\d{1,2}) days? ago\b")
_COUNTED = {"hai": 2, "ba": 3, "bon": 4}
_WEEKS_AGO = re.compile(r"\b(?:cach day )?(?<!thu )(\d|hai|ba|bon) tuan (?:truoc|roi|nay)\b|\b(\d) weeks? ago\b")
_LAST_WEEK = re.compile(r"\btuan (?:truoc|roi|vua roi|qua)\b|\blast week\b")
_LAST_MONTH = re.compile(r"\bthang (?:truoc|roi|vua roi)\b|\blast month\b")
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b|\b(chu nhat|cn)\b|\b(" + "|".join(_ENGLISH) + r")\b")
_FULL = re.compile(r"(?<![\d/.\-])(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?(?![\d/\-])")
_WORDED = re.compile(r"\bngay (\d{1,2})(?: ?(?:/|thang) ?(\d{1,2}))?(?: ?(?:/|nam) ?(\d{4}))?\b")


def day_in(text: str, today: date) -> date | None:
    """Return the day that a text names, the most exact words first; ``None`` for none, or one that is still to come."""
    said = fold(normalise(text))
    return _dated(said, today) or _near(said, today) or _week(said, today)


def is_day_alone(text: str, today: date) -> bool:
    """Tell whether a message is little more than a day."""
    return len(text.split()) <= 8 and day_in(text, today) is not None


def _dated(said: str, today: date) -> date | None:
    found = _WORDED.search(said) or _FULL.search(said)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2] or today.month), found[3]
    try:
        if year:
            named = date(int(year) + (2000 if len(year) == 2 else 0), month, day)
            return named if named <= today else None
        named = date(today.year, month, day)
        if named > today:
            named = date(today.year, month - 1, day) if not found[2] and month > 1 else date(today.year - 1, month, day)
    except ValueError:
        return None
    return named


def _near(said: str, today: date) -> date | None:
    for pattern, days in _AGO:
        if re.search(pattern, said):
            return today - timedelta(days)
    if found := _DAYS_AGO.search(said):
        return today - timedelta(int(found[1] or found[2]))
    if found := _WEEKS_AGO.search(said):
        weeks = found[1] or found[2]
        return today - timedelta(weeks=_COUNTED.get(weeks) or int(weeks))
    return None


def _week(said: str, today: date) -> date | None:
    named = _WEEKDAY.search(said)
    last = _LAST_WEEK.search(said) is not None
    if named is not None:
        weekday = 6 if named[2] else _ENGLISH.index(named[3]) if named[3] else _WEEKDAYS[named[1]]
        monday = today - timedelta(today.weekday())
        if last:
            return monday - timedelta(7 - weekday)
        return today - timedelta((today.weekday() - weekday) % 7 or 7)
    if last:
        return today - timedelta(7)
    return today - timedelta(30) if _LAST_MONTH.search(said) else None
