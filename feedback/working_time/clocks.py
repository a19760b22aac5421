"""Runs an amount of time down over pauses: in working days, calendar days, months, working hours or hours."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar

from feedback.working_time.calendar import DAY, Calendar
from feedback.working_time.hours import OfficeHours

Point = TypeVar("Point", date, datetime)
Amount = TypeVar("Amount", int, timedelta)


class Clock(Protocol[Point, Amount]):
    """One way of counting time."""

    def between(self, first: Point, last: Point) -> Amount:
        """Return how much time passes after one point up to a later one."""

    def after(self, point: Point, amount: Amount) -> Point:
        """Return the point at which an amount has passed."""


@dataclass(frozen=True)
class WorkingDays:
    """Counts the days on which offices work."""

    calendar: Calendar

    def between(self, first: date, last: date) -> int:
        return self.calendar.count(first, last).days

    def after(self, point: date, amount: int) -> date:
        return self.calendar.add(point, amount).day


class CalendarDays:
    """Counts every day."""

    def between(self, first: date, last: date) -> int:
        return (last - first).days

    def after(self, point: date, amount: int) -> date:
        return point + DAY * amount


@dataclass(frozen=True)
class WorkingHours:
    """Counts the time in which the office works."""

    hours: OfficeHours

    def between(self, first: datetime, last: datetime) -> timedelta:
        return self.hours.between(first, last)

    def after(self, point: datetime, amount: timedelta) -> datetime:
        return self.hours.after(point, amount)


class Hours:
    """Counts time by day and night."""

    def between(self, first: datetime, last: datetime) -> timedelta:
        return last - first

    def after(self, point: datetime, amount: timedelta) -> datetime:
        return point + amount


@dataclass(frozen=True)
class Run(Generic[Point, Amount]):
    """How an amount of time ran down."""

    end: Point | None
    """When it is used up; ``None`` while a pause is still open."""
    left: Amount | None
    """What is left while a pause is open; ``None`` when it cannot be told, as with months."""
    stood: tuple[tuple[Point, Point | None], ...]
    """The pauses that mattered: the time after the first point up to the second one did not count."""


def run(
    clock: Clock[Point, Amount],
    start: Point,
    amount: Amount,
    pauses: Sequence[tuple[Point, Point | None]],
    settle: Callable[[Point], Point],
) -> Run[Point, Amount]:
    """Count from a point; what lies after the beginning of a pause up to its end does not count.

    Args:
        clock: The way of counting.
        start: The point after which counting begins.
        amount: How much time there is.
        pauses: In order. One that begins at the very end still holds it back: the office asked in time.
        settle: Moves an end off a day on which deadlines do not end.
    """
    cursor, left, nothing = start, amount, amount - amount
    for index, (begin, end) in enumerate(pauses):
        if begin > settle(clock.after(cursor, left)):
            return Run(clock.after(cursor, left), None, tuple(pauses[:index]))
        left = max(nothing, left - clock.between(cursor, max(cursor, begin)))
        if end is None:
            return Run(None, left, tuple(pauses[: index + 1]))
        cursor = max(cursor, begin, end)
    return Run(clock.after(cursor, left), None, tuple(pauses))


def run_months(
    start: date, amount: int, pauses: Sequence[tuple[date, date | None]], settle: Callable[[date], date]
) -> Run[date, int]:
    """Count months from a day, lengthened by the days of the pauses that begin before the end."""
    end, cursor = add_months(start, amount), start
    for index, (begin, until) in enumerate(pauses):
        if begin > settle(end):
            return Run(end, None, tuple(pauses[:index]))
        if until is None:
            return Run(None, None, tuple(pauses[: index + 1]))
        left = max(timedelta(0), end - max(begin, cursor))
        cursor = max(cursor, begin, until)
        end = cursor + left
    return Run(end, None, tuple(pauses))


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month (of an earlier one for a negative number), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))
