"""What is left of a deadline, in working days; negative is how late it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from feedback.working_time.calendar import Working
from feedback.working_time.deadlines import Due, due
from feedback.working_time.hours import OfficeHours
from feedback.working_time.rules import DeadlineRule
from feedback.working_time.zone import here


class State(StrEnum):
    """Where a deadline stands."""

    IN_TIME = "in_time"
    DUE_TODAY = "due_today"
    LATE = "late"
    WAITING = "waiting"
    """The office waits for a supplement; the clock stands."""


@dataclass(frozen=True)
class Remaining:
    """How much of a deadline is left at a moment."""

    state: State
    days: int | None
    """Working days after today up to the last day, which is included; negative when late, and 0 on the last day itself.

    While the office waits: the days that will be left once the papers are there, or ``None`` when they cannot be told.
    """
    working: Working

    @property
    def unverified(self) -> bool:
        """Whether the answer must be shown as not certain; ``working.doubts`` says why."""
        return self.working.unverified


@dataclass(frozen=True)
class ExpectedReply:
    """By when somebody will have answered a message."""

    read_from: datetime
    """When somebody is there to read it: at once, or when the office opens next."""
    by: datetime
    working: Working

    @property
    def unverified(self) -> bool:
        """Whether the answer must be shown as not certain; ``working.doubts`` says why."""
        return self.working.unverified


def remaining(appointment: datetime, now: datetime, hours: OfficeHours) -> Remaining:
    """Tell how many working days are left until an appointment (ngày hẹn trả), or by how many it is late.

    Raises:
        NaiveTimeError: a moment has no time zone.
        OutsideCalendarError: a day lies too far from the years that we have tables for.
    """
    appointment, now = here(appointment), here(now)
    counted = hours.calendar.count(now.date(), appointment.date())
    state = State.DUE_TODAY if now.date() == appointment.date() else State.IN_TIME
    state = State.LATE if now > appointment else state
    return Remaining(state, counted.days, counted.working)


def remaining_of(deadline: Due, now: datetime, hours: OfficeHours) -> Remaining:
    """Tell what is left of a computed deadline; while the office waits for a supplement nothing runs down."""
    if deadline.at is None:
        left = deadline.left
        return Remaining(State.WAITING, left if isinstance(left, int) else None, deadline.working)
    return remaining(deadline.at, now, hours)


def expected_reply(rule: DeadlineRule, sent: datetime, hours: OfficeHours) -> ExpectedReply:
    """Tell when somebody starts to read what was sent, and by when the rule promises an answer."""
    reply = due(rule, sent, hours)
    if reply.at is None:
        raise AssertionError("nothing paused this deadline")
    known = {*reply.working.more_doubts}
    more = tuple(doubt for doubt in hours.doubts if doubt not in known)
    working = replace(reply.working, more_doubts=(*reply.working.more_doubts, *more))
    return ExpectedReply(hours.next_working_moment(sent), reply.at, working)
