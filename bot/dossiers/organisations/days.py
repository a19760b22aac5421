"""Working days left until an appointment, for sorting many dossiers."""

from __future__ import annotations

from datetime import datetime

from bot.dossiers.disclosure import Shown
from bot.dossiers.due import working_days_left
from bot.dossiers.organisations.overview import DaysLeft
from feedback.working_time.loading import WorkingTime


def days_left(time: WorkingTime) -> DaysLeft:
    """Return what counts them by the hours of the unit that received a dossier."""

    def count(shown: Shown, now: datetime) -> int | None:
        return working_days_left(shown.code, shown.due_at, now, time) if shown.due_at is not None else None

    return count
