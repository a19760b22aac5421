"""The one clock on the wall: Vietnam's."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from feedback.working_time.errors import NaiveTimeError

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""A fixed offset: the country has kept it since June 1975, and a slim machine may have no zone files to read."""


def here(moment: datetime) -> datetime:
    """Return a moment as Vietnamese clocks show it.

    Raises:
        NaiveTimeError: the moment does not say in which zone it was read.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise NaiveTimeError(f"{moment.isoformat()} has no time zone; give an aware datetime such as datetime.now(UTC)")
    return moment.astimezone(VIETNAM)
