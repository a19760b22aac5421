"""What happened to one record, as reports count it: pure, so that the register and the log can be counted alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedback.record import About, Book, Category, Form, Kind, Outcome, SenderKind, Status
from feedback.transitions import Action

OPEN = frozenset(
    {
        Status.NEEDS_TRIAGE,
        Status.RECEIVED,
        Status.NEEDS_SUPPLEMENT,
        Status.IN_REVIEW,
        Status.INSUFFICIENT_BASIS,
        Status.REOPENED,
    }
)
"""Still to be handled."""


@dataclass(frozen=True)
class Period:
    """A time that is reported on."""

    since: datetime
    until: datetime
    """Not included."""

    def has(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it."""
        return self.since <= moment < self.until


@dataclass(frozen=True)
class Moved:
    """A step that moved the record, or that a report counts."""

    at: datetime
    action: Action
    to: Status
    grade: int | None = None
    """1 to 5, of a rating."""


@dataclass(frozen=True)
class Limit:
    """A clock of the record."""

    rule: str
    started_at: datetime
    due_at: datetime | None
    """``None`` while the sender is waited for."""
    met_at: datetime | None


@dataclass(frozen=True)
class Story:
    """One record."""

    record: int
    book: Book
    number: int
    year: int
    receipt: str
    entered_at: datetime
    form: Form
    channel: str
    kind: Kind
    about: About
    category: Category | None
    agency: str
    unit: str
    field: str
    sender_kind: SenderKind
    procedure: str
    dossier: str
    basis: str
    outcome: Outcome | None
    satisfied: int | None
    sample: bool
    moves: tuple[Moved, ...]
    """In order; the first is the entry."""
    limits: tuple[Limit, ...]

    def status_at(self, moment: datetime) -> Status | None:
        """Return where it stood just before a moment; ``None`` before it was entered."""
        before = [move.to for move in self.moves if move.at < moment]
        return before[-1] if before else None

    def is_open_at(self, moment: datetime) -> bool:
        """Tell whether it was still to be handled just before a moment."""
        return self.status_at(moment) in OPEN
