"""Whose the people are who wait for an official, bound to this house's files."""

from __future__ import annotations

from datetime import timedelta

from bot.handover.office import load_office
from bot.handover.owning import Owning
from bot.settings import Settings
from feedback.office import Office
from feedback.working_time.loading import WorkingTime


def make_owning(settings: Settings, office: Office, time: WorkingTime) -> Owning:
    """Return the rules of the house.

    Args:
        settings: of this process.
        office: whose units they are.
        time: its office hours.
    """
    patience = timedelta(minutes=load_office(settings.office_file).wait_minutes)
    return Owning(office, time.hours(office.province or None), patience)
