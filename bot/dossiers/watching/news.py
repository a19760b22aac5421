"""What of a dossier's changes is told to whoever watches it, by what they may know. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from bot.dossiers.changes import Kind
from bot.dossiers.disclosure import Level
from bot.dossiers.record import ENDED, PAUSED, Status
from bot.dossiers.store import Change


class Told(StrEnum):
    """What a notice is about; the values are the ends of response keys and of templates' names."""

    RECEIVED = "received"
    RESUMED = "resumed"
    """Handled again after the office had waited for the applicant."""
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    DONE = "done"
    RETURNED = "returned"
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    APOLOGY = "apology"
    DUE_CHANGED = "due_changed"
    MOVED = "moved"
    """All that level 0 is told."""
    DAY_BEFORE = "day_before"
    LATE = "late"
    BACK = "back"
    """The source answers again."""
    MISSED = "missed"
    """An earlier notice did not arrive."""


@dataclass(frozen=True)
class News:
    """One notice."""

    told: Told
    revision: int
    status: Status
    due_at: datetime | None
    """The appointment in force after it."""


_SAME: Mapping[Kind, Told] = {
    Kind.RECEIVED: Told.RECEIVED,
    Kind.SUPPLEMENT: Told.SUPPLEMENT,
    Kind.PAPERS: Told.SUPPLEMENT,
    Kind.PAYMENT: Told.PAYMENT,
    Kind.FEE: Told.PAYMENT,
    Kind.DONE: Told.DONE,
    Kind.RETURNED: Told.RETURNED,
    Kind.REFUSED: Told.REFUSED,
    Kind.STOPPED: Told.STOPPED,
    Kind.WITHDRAWN: Told.WITHDRAWN,
    Kind.LATE_APOLOGY: Told.APOLOGY,
    Kind.DUE_CHANGED: Told.DUE_CHANGED,
}
_WAITED_FOR: Mapping[Told, Status] = {Told.SUPPLEMENT: Status.NEED_SUPPLEMENT, Told.PAYMENT: Status.NEED_PAYMENT}
"""A list of papers or a fee that changes is news only while the office waits for it."""


def news_of(changes: Sequence[Change], level: Level) -> list[News]:
    """Return the notices that changes make, in order."""
    found: list[News] = []
    for _, one_revision in groupby(changes, key=lambda change: change.revision):
        told = list(one_revision)
        found += _of_revision(told) if level >= Level.APPLICANT else _coarse(told)
    return found


def _of_revision(changes: Sequence[Change]) -> Iterator[News]:
    for change in changes:
        told = _told(change)
        if told is None or (told in (Told.APOLOGY, Told.DUE_CHANGED) and change.to_status in ENDED):
            continue
        yield News(told, change.revision, change.to_status, change.due_at)


def _told(change: Change) -> Told | None:
    if change.kind is Kind.PROCESSING:
        if change.from_status in PAUSED:
            return Told.RESUMED
        # A source that is asked now and then may pass over the state before.
        return Told.RECEIVED if change.from_status in (Status.NEW, None) else None
    told = _SAME.get(change.kind)
    waited_for = _WAITED_FOR.get(told) if told else None
    return told if waited_for is None or waited_for is change.to_status else None


def _coarse(changes: Sequence[Change]) -> list[News]:
    """Return at most one notice of a revision, that says nothing but that it moved; an end after an end is no move."""
    if changes[0].from_status in ENDED and changes[0].to_status in ENDED:
        return []
    return [News(Told.MOVED, one.revision, one.status, None) for one in list(_of_revision(changes))[:1]]
