"""Sorts an organisation's dossiers by what must be done about them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.dossiers.disclosure import Shown
from bot.dossiers.record import ENDED, Status

DUE_SOON = 2
"""Working days left, from which a dossier counts as due soon: time to see whether the office still waits for something."""
URGENT = 10
"""Dossiers named in a message."""


class Group(StrEnum):
    """What a dossier needs; in the order of urgency. The sentences are ``utter_batch_group_`` with this."""

    LATE = "late"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    DUE_SOON = "due_soon"
    ON_TIME = "on_time"
    UNCLEAR = "unclear"
    """No appointment is known, or the source names a state that we do not know."""
    ENDED = "ended"
    UNASKED = "unasked"
    """Not seen here, and the one-stop system that would know could not be asked; perhaps not the organisation's."""
    OTHER = "other"
    """Not the organisation's, or not known here: never told apart, so that nothing is told of others' dossiers."""


@dataclass(frozen=True)
class Row:
    """One dossier in the table."""

    code: str
    group: Group
    days: int | None = None
    """Working days left; negative when late."""
    shown: Shown | None = None
    """Nothing for ``OTHER`` and ``UNASKED``."""
    as_of: datetime | None = None


@dataclass(frozen=True)
class Overview:
    """All dossiers that were asked about, the most urgent first."""

    rows: tuple[Row, ...]
    more: bool = False
    """Whether the organisation has more than can be shown at once."""

    @property
    def counts(self) -> Mapping[Group, int]:
        """How many there are of each group, without the empty ones."""
        found = {group: sum(row.group is group for row in self.rows) for group in Group}
        return {group: count for group, count in found.items() if count}

    @property
    def urgent(self) -> tuple[Row, ...]:
        """The dossiers that a message names."""
        calm = (Group.ON_TIME, Group.UNCLEAR, Group.ENDED, Group.UNASKED, Group.OTHER)
        return tuple(row for row in self.rows if row.group not in calm)[:URGENT]


DaysLeft = Callable[[Shown, datetime], int | None]
"""Tells the working days left until the appointment; ``None`` when they cannot be told."""


def row_of(shown: Shown, as_of: datetime, now: datetime, days_left: DaysLeft) -> Row:
    """Sort one dossier of the organisation's own."""
    running = shown.due_at is not None and shown.status not in ENDED
    days = days_left(shown, now) if running else None
    return Row(shown.code, _group(shown, now, days), days, shown, as_of)


def overview(rows: Iterable[Row], *, more: bool = False) -> Overview:
    """Put the most urgent first: by group, then by appointment."""
    order: Sequence[Group] = tuple(Group)
    return Overview(tuple(sorted(rows, key=lambda row: (order.index(row.group), _due(row), row.code))), more)


def _group(shown: Shown, now: datetime, days: int | None) -> Group:
    if shown.status in ENDED:
        return Group.ENDED
    if shown.status is Status.NEED_SUPPLEMENT:
        return Group.SUPPLEMENT
    if shown.status is Status.NEED_PAYMENT:
        return Group.PAYMENT
    if shown.due_at is None or shown.status is Status.UNKNOWN:
        return Group.UNCLEAR
    if shown.due_at < now:
        return Group.LATE
    return Group.DUE_SOON if days is not None and days <= DUE_SOON else Group.ON_TIME


def _due(row: Row) -> float:
    due = row.shown.due_at if row.shown else None
    return due.timestamp() if due is not None else float("inf")
