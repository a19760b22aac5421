"""Working days: which they are, how many lie between two days, which one is the n-th, and why others were skipped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from feedback.working_time.days import NumberedDays
from feedback.working_time.errors import ImpossiblePeriodError
from feedback.working_time.model import DayOff, Doubt, Doubtful, MadeUp, Reason, Skipped, Sure, Table, YearStatus

MARGIN_YEARS = 10
"""So many years on either side of the tables still get an answer, marked doubtful; beyond them it would mean nothing."""
DAY = timedelta(days=1)


class Calendar:
    """The working days of one place."""

    def __init__(self, table: Table) -> None:
        self._table = table
        first = date(min(table.years) - MARGIN_YEARS, 1, 1)
        last = date(max(table.years) + MARGIN_YEARS, 12, 31)
        self._days = NumberedDays(first, last, lambda day: self._why_off(day) is None)
        entries: tuple[DayOff | MadeUp, ...] = (*table.days_off.values(), *table.made_up.values())
        self._unsure = sorted({entry.day for entry in entries if entry.sure is Sure.UNVERIFIED})
        self._made_up = sorted(table.made_up)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day, as far as the tables know."""
        return self._days.works(day)

    def why_off(self, day: date) -> Skipped | None:
        """Return why a day is no working day; ``None`` for one that is."""
        self._days.number(day)
        return self._why_off(day)

    def made_up(self, day: date) -> MadeUp | None:
        """Return which swapped day is worked on a weekly day off; ``None`` for any other day."""
        return self._table.made_up.get(day)

    def on_or_after(self, day: date) -> date:
        """Return the day itself if offices work on it, else the next working day."""
        return day if self.is_working(day) else self._days.numbered(self._days.number(day) + 1)

    def on_or_before(self, day: date) -> date:
        """Return the day itself if offices work on it, else the last working day before."""
        return self._days.numbered(self._days.number(day))

    def count(self, after: date, until: date) -> Counted:
        """Count the working days after one day up to another one, which is included; negative when it lies before."""
        first, last = min(after, until), max(after, until)
        days = self._days.number(until) - self._days.number(after)
        return Counted(days, Working(self, first + DAY if first < last else last, last))

    def add(self, day: date, amount: int) -> Reached:
        """Return the working day that is so many working days after ``day``, which is not counted; itself for none.

        Raises:
            ImpossiblePeriodError: the amount is negative.
            OutsideCalendarError: it lies too far from the years that we have tables for.
        """
        reached = self._days.numbered(self._days.number(day) + _checked(amount)) if amount else day
        return Reached(reached, Working(self, min(day + DAY, reached), reached))

    def subtract(self, day: date, amount: int) -> Reached:
        """Return the working day that is so many working days before ``day``, which is not counted; itself for none.

        Raises:
            ImpossiblePeriodError: the amount is negative.
            OutsideCalendarError: it lies too far from the years that we have tables for.
        """
        reached = self._days.numbered(self._days.number(day - DAY) + 1 - _checked(amount)) if amount else day
        return Reached(reached, Working(self, reached, max(day - DAY, reached)))

    def skipped(self, first: date, last: date) -> tuple[Skipped, ...]:
        """List the days off of a period, both ends included, each with its reason."""
        days = (first + DAY * index for index in range((last - first).days + 1))
        return tuple(why for why in map(self.why_off, days) if why)

    def made_up_between(self, first: date, last: date) -> tuple[MadeUp, ...]:
        """List the weekly days off of a period that are worked for swapped days."""
        days = self._made_up[bisect_left(self._made_up, first) : bisect_right(self._made_up, last)]
        return tuple(self._table.made_up[day] for day in days)

    def doubts(self, first: date, last: date) -> tuple[Doubtful, ...]:
        """List what is not certain about a period: years without a (decided) table and days that nobody verified."""
        found: list[Doubtful] = []
        for year in range(first.year, last.year + 1):
            status = self._table.years.get(year)
            if status is not YearStatus.DECIDED:
                found.append(Doubtful(Doubt.YEAR_PROVISIONAL if status else Doubt.YEAR_UNKNOWN, year=year))
        for day in self._unsure[bisect_left(self._unsure, first) : bisect_right(self._unsure, last)]:
            entry = self._table.days_off.get(day) or self._table.made_up[day]
            found.append(Doubtful(Doubt.DAY_UNVERIFIED, year=day.year, day=day, about=entry.source))
        return tuple(found)

    def _why_off(self, day: date) -> Skipped | None:
        entry = self._table.days_off.get(day)
        if entry:
            return Skipped(day, entry.reason, entry.holiday, entry.source)
        if day.weekday() in self._table.weekend and day not in self._table.made_up:
            return Skipped(day, Reason.WEEKEND)
        return None


@dataclass(frozen=True)
class Working:
    """The working of an answer: which days were looked at, which did not count and why, and what is uncertain."""

    calendar: Calendar = field(repr=False, compare=False)
    first: date
    last: date
    off_from: date | None = None
    """From here on days off were skipped; before it they counted like any other. ``None``: from ``first`` on."""
    also: tuple[Skipped, ...] = ()
    """Days skipped for the sake of the case: pauses, a receipt after the hour, the day of the event."""
    more_doubts: tuple[Doubtful, ...] = ()
    """What is uncertain besides the days: the rule, the hours."""

    @cached_property
    def skipped(self) -> tuple[Skipped, ...]:
        """Every day that did not count, in order, once; a day off is told as a day off even while the clock stood."""
        days = {skipped.day: skipped for skipped in self.also}
        days |= {skipped.day: skipped for skipped in self.calendar.skipped(self.off_from or self.first, self.last)}
        return tuple(days[day] for day in sorted(days))

    @cached_property
    def made_up(self) -> tuple[MadeUp, ...]:
        """Weekly days off that did count, being worked for swapped days."""
        return self.calendar.made_up_between(self.first, self.last)

    @cached_property
    def doubts(self) -> tuple[Doubtful, ...]:
        """Everything that makes the answer uncertain."""
        return (*self.calendar.doubts(self.first, self.last), *self.more_doubts)

    @property
    def unverified(self) -> bool:
        """Whether the answer must be shown as not certain."""
        return bool(self.doubts)


@dataclass(frozen=True)
class Reached:
    """A day that was counted to."""

    day: date
    working: Working

    @property
    def unverified(self) -> bool:
        """Whether the answer must be shown as not certain; ``working.doubts`` says why."""
        return self.working.unverified


@dataclass(frozen=True)
class Counted:
    """A number of working days."""

    days: int
    working: Working

    @property
    def unverified(self) -> bool:
        """Whether the answer must be shown as not certain; ``working.doubts`` says why."""
        return self.working.unverified


def _checked(amount: int) -> int:
    if amount < 0:
        raise ImpossiblePeriodError(
            f"{amount} working days cannot be counted; use add or subtract with a positive number"
        )
    return amount
