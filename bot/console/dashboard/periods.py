"""Which days a page is about: this week, month, quarter, year, or from one day to another. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from feedback.reports.daily import day_of
from feedback.reports.story import Period

MOST_DAYS = 5 * 366
EARLIEST = date(2000, 1, 1)
OTHER = "khac"
KINDS: Mapping[str, str] = {
    "tuan": "Tuần này",
    "thang": "Tháng này",
    "quy": "Quý này",
    "nam": "Năm nay",
    OTHER: "Từ ngày … đến ngày …",
}
USUAL = "thang"

UNREADABLE = "Hãy ghi cả hai ngày theo dạng năm-tháng-ngày, ví dụ 2026-11-26."
TURNED = "Ngày đầu phải trước hoặc trùng với ngày cuối."
AHEAD = "Ngày đầu nằm sau hôm nay nên chưa có số liệu."
TOO_LONG = "Kỳ dài quá 5 năm. Hãy chọn kỳ ngắn hơn."
TOO_OLD = "Ngày đầu phải từ năm 2000 trở đi."
UNKNOWN = "Không có loại kỳ này. Hãy chọn một loại trong danh sách."


class PeriodError(Exception):
    """A period cannot be taken as it was typed; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Days:
    """The days of a period."""

    kind: str
    """One of ``KINDS``."""
    first: date
    last: date

    @property
    def until(self) -> date:
        """The day after the last one."""
        return self.last + timedelta(days=1)

    @property
    def period(self) -> Period:
        """The days as moments, for what is read from the register."""
        return Period(day_of(self.first).since, day_of(self.last).until)

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """The period for a title."""
        return f"từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}"

    @property
    def query(self) -> str:
        """What leads to the same days, whatever day it is then."""
        return urlencode({"ky": OTHER, "tu": self.first.isoformat(), "den": self.last.isoformat()})


def chosen(asked: Mapping[str, str], today: date) -> Days:
    """Return the days that the query of an address names.

    Raises:
        PeriodError: it names none.
    """
    kind = asked.get("ky", "") or (OTHER if asked.get("tu") or asked.get("den") else USUAL)
    if kind not in KINDS:
        raise PeriodError(UNKNOWN)
    if kind == OTHER:
        return _typed(asked.get("tu", ""), asked.get("den", ""), today)
    return usual(today, kind)


def usual(today: date, kind: str = USUAL) -> Days:
    """Return a period that is running, up to today."""
    first = {
        "tuan": today - timedelta(days=today.weekday()),
        "thang": today.replace(day=1),
        "quy": date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
        "nam": date(today.year, 1, 1),
    }[kind]
    return Days(kind, first, today)


def _typed(since: str, until: str, today: date) -> Days:
    try:
        first, last = date.fromisoformat(since.strip()), date.fromisoformat(until.strip())
    except ValueError as error:
        raise PeriodError(UNREADABLE) from error
    if first > last:
        raise PeriodError(TURNED)
    if first > today:
        raise PeriodError(AHEAD)
    if first < EARLIEST:
        raise PeriodError(TOO_OLD)
    # Days that have not come hold nothing: the title must not promise them.
    days = Days(OTHER, first, min(last, today))
    if days.count > MOST_DAYS:
        raise PeriodError(TOO_LONG)
    return days
