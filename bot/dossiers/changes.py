"""What changed between two states of a dossier, as far as a citizen would want to be told. Pure."""

from __future__ import annotations

from enum import StrEnum

from bot.dossiers.record import Record, Slip, SlipKind, Status


class Kind(StrEnum):
    """One thing that happened to a dossier."""

    FILED = "filed"
    RECEIVED = "received"
    REFUSED = "refused"
    PROCESSING = "processing"
    """Handled, or handled again after a supplement or a payment."""
    SUPPLEMENT = "supplement"
    """Papers are asked for."""
    PAYMENT = "payment"
    """A fee is asked for."""
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DONE = "done"
    RETURNED = "returned"
    UNCLEAR = "unclear"
    """The source names a state that no table maps."""
    LATE_APOLOGY = "late_apology"
    """The office issued an apology, with or without a new appointment."""
    DUE_CHANGED = "due_changed"
    """Another appointment without an apology."""
    PAPERS = "papers"
    """The list of missing papers changed while the status stayed."""
    FEE = "fee"
    """The amount asked changed while the status stayed."""
    MOVED = "moved"
    """Another step or another unit."""


SLIPS = frozenset({Kind.SUPPLEMENT, Kind.REFUSED, Kind.LATE_APOLOGY})
"""Of which the applicant got a slip; ``tables.SLIPS`` says the same to the database."""
OF_STATUS = {
    Status.UNKNOWN: Kind.UNCLEAR,
    Status.NEW: Kind.FILED,
    Status.RECEIVED: Kind.RECEIVED,
    Status.REFUSED: Kind.REFUSED,
    Status.IN_PROGRESS: Kind.PROCESSING,
    Status.NEED_SUPPLEMENT: Kind.SUPPLEMENT,
    Status.NEED_PAYMENT: Kind.PAYMENT,
    Status.WITHDRAWN: Kind.WITHDRAWN,
    Status.STOPPED: Kind.STOPPED,
    Status.DONE: Kind.DONE,
    Status.RETURNED: Kind.RETURNED,
}


def changes(before: Record | None, after: Record) -> tuple[Kind, ...]:
    """Return what happened, the status first; nothing for the same state told again.

    Args:
        before: as it was known; ``None`` on first sight, which is one change to the present status.
        after: as it is now.
    """
    if before is None:
        return (OF_STATUS[after.status],)
    found: list[Kind] = []
    same_status = before.status is after.status
    if not same_status:
        found.append(OF_STATUS[after.status])
    apology = _apology(after)
    if apology is not None and apology != _apology(before):
        found.append(Kind.LATE_APOLOGY)
    elif after.appointment != before.appointment:
        found.append(Kind.DUE_CHANGED)
    if same_status and before.missing != after.missing:
        found.append(Kind.PAPERS)
    if same_status and before.fee_due != after.fee_due:
        found.append(Kind.FEE)
    if _reached(before) != _reached(after):
        found.append(Kind.MOVED)
    return tuple(found)


def _apology(record: Record) -> Slip | None:
    return record.slip(SlipKind.APOLOGY)


def _reached(record: Record) -> tuple[tuple[str, str, bool], ...]:
    """Return the steps begun. Another officer or another hour at the same step is none of the applicant's news."""
    return tuple(
        (step.unit, step.action, step.ended_at is not None) for step in record.steps if step.started_at is not None
    )
