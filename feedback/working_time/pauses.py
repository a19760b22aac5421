"""Pauses: the time in which the office waits for a supplement and its clock stands still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feedback.working_time.errors import ImpossiblePeriodError
from feedback.working_time.zone import here


@dataclass(frozen=True)
class Pause:
    """One wait for a supplement (yêu cầu bổ sung)."""

    asked_at: datetime
    """When the office asked."""
    supplied_at: datetime | None = None
    """When the papers were complete; ``None`` while the office still waits."""


def in_order(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return pauses in Vietnamese time, by their beginning, those that overlap joined.

    Raises:
        ImpossiblePeriodError: a pause ends before it begins.
        NaiveTimeError: a moment has no time zone.
    """
    joined: list[Pause] = []
    for pause in sorted(map(_local, pauses), key=lambda pause: pause.asked_at):
        last = joined[-1] if joined else None
        if last and (last.supplied_at is None or pause.asked_at <= last.supplied_at):
            joined[-1] = Pause(last.asked_at, _later(last.supplied_at, pause.supplied_at))
        else:
            joined.append(pause)
    return tuple(joined)


def _local(pause: Pause) -> Pause:
    asked, supplied = here(pause.asked_at), here(pause.supplied_at) if pause.supplied_at else None
    if supplied and supplied < asked:
        raise ImpossiblePeriodError(
            f"a supplement asked for on {asked:%d/%m/%Y %H:%M} came on {supplied:%d/%m/%Y %H:%M}"
        )
    return Pause(asked, supplied)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else None
