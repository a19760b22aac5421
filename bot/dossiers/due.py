"""Which dossiers an office should look at: due today or on the next working day, or late without an apology. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.dossiers.agencies import office_code
from bot.dossiers.record import ENDED, PAUSED, Record, SlipKind, Status, Step
from feedback.working_time.calendar import Calendar
from feedback.working_time.errors import OutsideCalendarError
from feedback.working_time.loading import WorkingTime
from feedback.working_time.remaining import remaining
from feedback.working_time.zone import VIETNAM, here
from nlu.codes import parse_dossier_code

WATCHED = tuple(status for status in Status if status not in ENDED | PAUSED)
"""While the office waits for the applicant, the clock stands."""


class Urgency(StrEnum):
    """Why a dossier is listed."""

    LATE_AGAIN = "late_again"
    """Past the new appointment of an apology too; the rules know only one re-appointment."""
    LATE = "late"
    """Past its appointment, and no apology was issued."""
    TODAY = "due_today"
    NEXT = "due_next"
    """Due by the next working day: the last moment for an apology is now."""


@dataclass(frozen=True)
class DueLine:
    """One dossier of the list; nothing in it is about a person but the official who handles it."""

    urgency: Urgency
    record: Record
    days: int | None
    """Working days left; negative when late; ``None`` when it lies in a year of which we have no calendar."""

    @property
    def step(self) -> Step | None:
        """Where it lies: the last step begun."""
        return next((step for step in reversed(self.record.steps) if step.started_at is not None), None)


def horizon(now: datetime, time: WorkingTime) -> datetime:
    """Return the end of the next working day, wherever that is latest: what is due until then may be listed."""
    return max(_next_day_ends(now, calendar) for calendar in time.calendars)


def due_line(record: Record, now: datetime, time: WorkingTime) -> DueLine | None:
    """Judge one dossier; ``None`` when there is nothing to do about it."""
    appointment = record.appointment
    if appointment is None or record.status not in WATCHED:
        return None
    if appointment >= _next_day_ends(now, time.hours(office_code(parse_dossier_code(record.code))).calendar):
        return None
    urgency = _urgency(record, appointment, now)
    return None if urgency is None else DueLine(urgency, record, working_days_left(record.code, appointment, now, time))


def working_days_left(code: str, appointment: datetime, now: datetime, time: WorkingTime) -> int | None:
    """Count the working days until an appointment by the hours of the office that received the dossier.

    Negative when late; ``None`` when it lies in a year of which we have no calendar.
    """
    try:
        return remaining(appointment, now, time.hours(office_code(parse_dossier_code(code)))).days
    except OutsideCalendarError:
        return None


def _urgency(record: Record, appointment: datetime, now: datetime) -> Urgency | None:
    apology = record.slip(SlipKind.APOLOGY)
    if appointment < now:
        if apology is None:
            return Urgency.LATE
        # An apology without a new appointment is an apology all the same.
        return Urgency.LATE_AGAIN if apology.new_due_at else None
    return Urgency.TODAY if _day(appointment) == _day(now) else Urgency.NEXT


def _next_day_ends(now: datetime, calendar: Calendar) -> datetime:
    following = calendar.add(here(now).date(), 1).day + timedelta(days=1)
    return datetime.combine(following, datetime.min.time(), VIETNAM)


def _day(moment: datetime) -> date:
    return here(moment).date()
