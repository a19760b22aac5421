"""Office hours: whether the door is open now, when it opens next, and time counted in hours of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from feedback.working_time.calendar import DAY, Calendar, Working
from feedback.working_time.errors import DataFaultError, ImpossiblePeriodError
from feedback.working_time.model import Doubt, Doubtful, Reason, Skipped, Sure
from feedback.working_time.zone import VIETNAM, here

END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Session:
    """One stretch of the day in which an office is open: a morning or an afternoon."""

    opens: time
    closes: time


@dataclass(frozen=True)
class OfficeWeek:
    """The usual week of an office."""

    name: str
    """Code of the agency, or ``default``."""
    sessions: Mapping[int, tuple[Session, ...]]
    """Sessions of each weekday (Monday is 0), in order; a weekday that is missing has none."""
    source: str
    sure: Sure


@dataclass(frozen=True)
class Opening:
    """Whether an office is open at a moment."""

    is_open: bool
    closes_at: datetime | None
    """When the present session ends; ``None`` while closed."""
    opens_at: datetime
    """When the next session starts; while open, the one after the present one."""
    closed_for: Skipped | None
    """Why the office is closed all day; ``None`` when it is open today at some time."""
    working: Working

    @property
    def unverified(self) -> bool:
        """Whether the answer must be shown as not certain; ``working.doubts`` says why."""
        return self.working.unverified


class OfficeHours:
    """One office's hours in its calendar."""

    def __init__(self, calendar: Calendar, week: OfficeWeek) -> None:
        if not any(week.sessions.get(weekday) for weekday in range(5)):
            raise DataFaultError.of(
                "office.closed",
                f"office {week.name!r} has no session from Monday to Friday; give at least one",
                week.name,
                office=week.name,
            )
        self.calendar, self.week = calendar, week

    @property
    def doubts(self) -> tuple[Doubtful, ...]:
        """What is uncertain about the hours themselves."""
        return (Doubtful(Doubt.HOURS_UNVERIFIED, about=self.week.name),) if self.week.sure is Sure.UNVERIFIED else ()

    def at(self, now: datetime) -> Opening:
        """Tell whether the office is open at a moment, until when, and when it opens next."""
        now = here(now)
        present = next((session for session in self._spans(now.date()) if session[0] <= now < session[1]), None)
        upcoming = next(start for start, _ in self._from(now.date(), receiving=True) if start > now)
        closed_for = (
            None if self._spans(now.date()) else self.calendar.why_off(now.date()) or Skipped(now.date(), Reason.LOCAL)
        )
        working = Working(self.calendar, now.date(), upcoming.date(), more_doubts=self.doubts)
        return Opening(present is not None, present[1] if present else None, upcoming, closed_for, working)

    def next_working_moment(self, moment: datetime) -> datetime:
        """Return the moment itself while people work, else the start of the next session of a working day."""
        moment = here(moment)
        return next(max(start, moment) for start, end in self._from(moment.date()) if moment < end)

    def closing(self, day: date) -> datetime:
        """Return when the last session of a working day ends; the end of the day itself for any other day."""
        spans = self._spans(day) if self.calendar.is_working(day) else ()
        return spans[-1][1] if spans else datetime.combine(day, END_OF_DAY, VIETNAM)

    def after(self, moment: datetime, work: timedelta) -> datetime:
        """Return when so much working time has passed since a moment.

        Raises:
            ImpossiblePeriodError: the time is negative.
        """
        if work < timedelta(0):
            raise ImpossiblePeriodError(f"{work} of work cannot be counted forwards; give a positive time")
        moment, left = here(moment), work
        if not left:
            return moment
        for start, end in self._from(moment.date()):
            begin = max(start, moment)
            if begin < end:
                if left <= end - begin:
                    return begin + left
                left -= end - begin
        raise AssertionError("sessions never end")

    def between(self, first: datetime, last: datetime) -> timedelta:
        """Return how much working time lies between two moments; none when they are not in order."""
        first, last, passed = here(first), here(last), timedelta(0)
        if first >= last:
            return passed
        for start, end in self._from(first.date()):
            if start >= last:
                break
            passed += max(timedelta(0), min(end, last) - max(start, first))
        return passed

    def _from(self, day: date, *, receiving: bool = False) -> Iterator[tuple[datetime, datetime]]:
        """Yield the sessions from a day on; on days off that only receive (Saturday mornings) none unless asked for."""
        while True:
            if receiving or self.calendar.is_working(day):
                yield from self._spans(day)
            day += DAY

    def _spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the sessions of a day: those of the day it stands for when swapped, none when offices are closed."""
        why, made_up = self.calendar.why_off(day), self.calendar.made_up(day)
        if why and why.reason is not Reason.WEEKEND:
            return ()
        weekday = made_up.instead_of.weekday() if made_up else day.weekday()
        return tuple(
            (datetime.combine(day, session.opens, VIETNAM), datetime.combine(day, session.closes, VIETNAM))
            for session in self.week.sessions.get(weekday, ())
        )
