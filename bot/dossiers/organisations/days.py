"""Working days left until an appointment, for sorting many dossiers."""

from __future__ import annotations

from datetime import datetime

from bot.dossiers.disclosure import Shown
from bot.dossiers.organisations.overview import DaysLeft
from feedback.working_time.errors import OutsideCalendarError
from feedback.working_time.loading import WorkingTime
from feedback.working_time.remaining import remaining
from nlu.codes import Layout, parse_dossier_code


def days_left(time: WorkingTime) -> DaysLeft:
    """Return what counts them by the hours of the unit that received a dossier."""

    def count(shown: Shown, now: datetime) -> int | None:
        code = parse_dossier_code(shown.code)
        agency = code.level1 if code.layout is Layout.OLD else code.unit
        if shown.due_at is None:
            return None
        try:
            return remaining(shown.due_at, now, time.hours(agency)).days
        except OutsideCalendarError:
            return None

    return count
