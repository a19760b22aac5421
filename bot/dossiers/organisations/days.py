"""Working days left until an appointment, for sorting many dossiers."""

from __future__ import annotations

from datetime import datetime

from bot.dossiers.agencies import office_code
from bot.dossiers.disclosure import Shown
from bot.dossiers.organisations.overview import DaysLeft
from feedback.working_time.errors import OutsideCalendarError
from feedback.working_time.loading import WorkingTime
from feedback.working_time.remaining import remaining
from nlu.codes import parse_dossier_code


def days_left(time: WorkingTime) -> DaysLeft:
    """Return what counts them by the hours of the unit that received a dossier."""

    def count(shown: Shown, now: datetime) -> int | None:
        if shown.due_at is None:
            return None
        try:
            return remaining(shown.due_at, now, time.hours(office_code(parse_dossier_code(shown.code)))).days
        except OutsideCalendarError:
            return None

    return count
