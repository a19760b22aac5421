"""Reads single cells as officials and systems write them: days, moments, amounts, lists. Never says what stood there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache

from openpyxl.utils.datetime import from_excel

from feedback.working_time.errors import OutsideCalendarError
from feedback.working_time.zone import VIETNAM, here
from nlu.codes import EARLIEST_YEAR

LONGEST = 500
"""Characters of a text; the rest is cut off."""
MOST = 50
"""Entries of a list; the rest is left out."""
LATEST_YEAR = 2099
LARGEST_AMOUNT = 10**12
SERIALS = (20_000, 80_000)
"""Numbers by which spreadsheets mean days (1954 to 2119)."""

_CONTROL = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:[:hg]|\s*giờ\s*)(?P<{0}m>\d{{2}})(?::(?P<{0}s>\d{{2}})(?:[.,]\d+)?)?(?:\s*(?P<{0}half>SA|CH|AM|PM))?"
_VIETNAMESE = re.compile(
    rf"(?:{_CLOCK.format('a')}[\s,;]*(?:ngày\s*)?)?(?P<d>\d{{1,2}})\s*[/.\-]\s*(?P<m>\d{{1,2}})\s*[/.\-]\s*(?P<y>\d{{4}})"
    rf"(?:[\sT,;]+{_CLOCK.format('b')})?",
    re.IGNORECASE,
)
_RUN = re.compile(r"\d{12}|\d{14}")
_AMOUNT = re.compile(r"(\d{1,3}(?:[., ]\d{3})+|\d+)(?:[.,]\d{1,2})?\s*(?:đ|đồng|vnđ|vnd|dong)?", re.IGNORECASE)


class CellError(ValueError):
    """A cell holds something else than its column means; the message is the reason, in Vietnamese."""


def text(value: object, longest: int = LONGEST) -> str:
    """Return a cell's text on one line, not longer than it may be.

    Raises:
        CellError: it is a list or an object.
    """
    if isinstance(value, str) and len(value) <= longest and value.isprintable() and "  " not in value:
        return value.strip()  # as nearly all are
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float):
        raise CellError("phải là một đoạn chữ")
    # Cut before anything else is done: a cell may hold megabytes.
    return _CONTROL.sub(" ", str(value)[: 4 * longest]).strip()[:longest].rstrip()


def texts(value: object) -> tuple[str, ...]:
    """Return a cell's entries: a list, or a text divided by semicolons or lines.

    Raises:
        CellError: an entry is no text.
    """
    parts = value if isinstance(value, list) else re.split(r"[;\n]", str(value or "")[: LONGEST * MOST])
    found = (text(part) for part in parts[:MOST])
    return tuple(part for part in found if part)


def amount(value: object) -> int | None:
    """Return an amount in đồng; ``None`` for nothing or naught.

    Raises:
        CellError: it is no amount.
    """
    if isinstance(value, float):
        value = int(value) if abs(value) < LARGEST_AMOUNT else -1
    written = text(value)
    if not written:
        return None
    matched = _AMOUNT.fullmatch(written)
    number = int(re.sub(r"\D", "", matched[1])) if matched else -1
    if not 0 <= number < LARGEST_AMOUNT:
        raise CellError("không phải là số tiền")
    return number or None


def day(value: object) -> date | None:
    """Return a cell's day; ``None`` for an empty one.

    Raises:
        CellError: it is no day.
    """
    found = moment(value)
    return found.date() if found else None


def moment(value: object, closing: Callable[[date], datetime] | None = None) -> datetime | None:
    """Return a cell's moment, on Vietnam's clock where it names no zone; ``None`` for an empty one.

    Args:
        value: the cell.
        closing: says at which hour something is due that names the day alone; the day's beginning by default.

    Raises:
        CellError: it is no day, or one that cannot be meant.
    """
    if isinstance(value, int | float) and SERIALS[0] <= value < SERIALS[1]:
        value = str(from_excel(value))
    written = text(value, 60)
    if not written:
        return None
    found = _read(written)
    if closing is None:
        return found
    try:
        end = closing(found.date())
    except OutsideCalendarError as error:
        raise CellError("năm không hợp lý") from error
    # Systems that know the day alone write it as midnight.
    return end if found.time() == time() else found


@lru_cache(maxsize=8192)
def _read(written: str) -> datetime:
    found = _as_written(written)
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise CellError("năm không hợp lý")
    return found.replace(tzinfo=VIETNAM) if found.tzinfo is None else here(found)


def _as_written(written: str) -> datetime:
    matched = _VIETNAMESE.fullmatch(written)
    try:
        if matched:
            return _vietnamese(matched)
        if _RUN.fullmatch(written):
            return datetime.strptime(written.ljust(14, "0"), "%Y%m%d%H%M%S")
        return datetime.fromisoformat(written)
    except (ValueError, OverflowError) as error:
        raise CellError("không phải là ngày (viết như 30/11/2026 hoặc 2026-11-30)") from error


def _vietnamese(matched: re.Match[str]) -> datetime:
    part = "b" if matched["bh"] else "a"
    hour, half = int(matched[f"{part}h"] or 0), (matched[f"{part}half"] or "").upper()
    if half in ("CH", "PM"):
        hour = hour % 12 + 12
    elif half:
        hour %= 12
    minute, second = int(matched[f"{part}m"] or 0), int(matched[f"{part}s"] or 0)
    return datetime(int(matched["y"]), int(matched["m"]), int(matched["d"]), hour, minute, second)
