"""What a dossier's days come to by the rule of five grades, and how that stands in the table beside the sealed dossier. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dossiers.rating.grade import Timely, Times, timely
from bot.dossiers.record import Record
from feedback.working_time.zone import here

UNKNOWN = -1
"""Stands for points that the days known cannot give; an empty column says that nobody worked them out yet."""


def times_of(record: Record) -> Times:
    """Return when a dossier was due and done, as days in Vietnam."""
    steps = tuple(
        (here(step.due_at).date(), here(step.ended_at).date())
        for step in record.steps
        if step.due_at is not None and step.ended_at is not None
    )
    due = here(record.due_at).date() if record.due_at else None
    return Times(due, here(record.ended_at).date() if record.ended_at else None, steps)


def timely_of(record: Record) -> Timely:
    """Return what a dossier's days come to."""
    return timely(times_of(record))


def columns(record: Record) -> Mapping[str, int]:
    """Return what the table says of a dossier's days, so that counting does not open it."""
    days = timely_of(record)
    found = {"total_points": days.total, "agency_points": days.agency}
    return {name: UNKNOWN if point is None else point for name, point in found.items()}


def timely_in(total: int | None, agency: int | None) -> Timely:
    """Return what the table's columns say; nothing of a dossier that could not be opened since it has them."""
    return Timely(*(None if point in (None, UNKNOWN) else point for point in (total, agency)))
