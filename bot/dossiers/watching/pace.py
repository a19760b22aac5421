"""When a watched dossier is asked for again: often near its appointment, seldom before, and not all at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.dossiers.record import PAUSED, Record, Status
from feedback.working_time.zone import here

NEAR, SOON, FAR = timedelta(days=1), timedelta(days=3), timedelta(days=10)
LONG_LATE = timedelta(days=10)
"""Late for longer, it is no more urgent than any other."""
MINUTES_NEAR, MINUTES_PAUSED, MINUTES_SOON, MINUTES_MIDDLE, MINUTES_FAR = 20, 45, 60, 150, 360
SPREAD = 0.25
"""Part of the pause by which it is made longer or shorter, so that those who began together part."""
DAY_BEGINS, DAY_ENDS = time(6), time(20)
"""Outside of these hours no office changes anything; by Vietnam's clock."""
LONGEST_PAUSE = timedelta(days=1)
FINAL = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED})
"""Nothing follows on these."""


@dataclass(frozen=True)
class Next:
    """The next look."""

    at: datetime | None
    """``None``: never again."""
    urgent: bool = False


def next_look(record: Record, now: datetime, chance: float) -> Next:
    """Return when to ask again.

    Args:
        record: as the source just said.
        now: the present moment.
        chance: from 0 to 1, drawn anew for each dossier.
    """
    if record.status in FINAL:
        return Next(None)
    minutes, urgent = _minutes(record, now)
    return Next(_by_day(now + timedelta(minutes=_spread(minutes, chance)), chance), urgent)


def after_failure(failures: int, now: datetime, chance: float) -> Next:
    """Return when to ask again for what did not come, so many times in a row."""
    minutes = min(MINUTES_NEAR * 2.0 ** min(failures, 10), LONGEST_PAUSE.total_seconds() / 60)
    return Next(now + timedelta(minutes=_spread(minutes, chance)))


def _minutes(record: Record, now: datetime) -> tuple[float, bool]:
    due = record.appointment
    if record.status is Status.DONE or due is None:
        return MINUTES_MIDDLE, False
    left = due - now
    if -LONG_LATE < left <= NEAR and record.status not in PAUSED:
        return MINUTES_NEAR, True
    if record.status in PAUSED:
        return MINUTES_PAUSED, False
    if timedelta(0) < left <= SOON:
        return MINUTES_SOON, False
    return (MINUTES_MIDDLE if timedelta(0) < left <= FAR else MINUTES_FAR), False


def _spread(minutes: float, chance: float) -> float:
    return minutes * (1 - SPREAD + 2 * SPREAD * chance)


def _by_day(moment: datetime, chance: float) -> datetime:
    """Put a look of the night into the first hour of the morning, somewhere in it."""
    clock = here(moment)
    if DAY_BEGINS <= clock.time() < DAY_ENDS:
        return moment
    day = clock.date() + timedelta(days=clock.time() >= DAY_ENDS)
    return datetime.combine(day, DAY_BEGINS, clock.tzinfo) + timedelta(hours=chance)
