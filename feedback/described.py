"""What the log says of a record as it was entered and after each change: all that reports count, and nothing of who or what was said."""

from __future__ import annotations

from datetime import datetime

import msgspec

from feedback.case import Case
from feedback.record import About, Book, Category, Form, Kind, Outcome, SenderKind

NOW = "now"
"""Name under which it stands among an entry's details."""


class Described(msgspec.Struct, frozen=True):
    """A record, by what is counted of it."""

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
    clock_from: datetime


def describe(case: Case) -> Described:
    """Return what is counted of a record."""
    return Described(
        case.book,
        case.number,
        case.year,
        case.receipt,
        case.entered_at,
        case.form,
        case.channel,
        case.kind,
        case.about,
        case.category,
        case.matter.agency,
        case.unit,
        case.field,
        case.sender_kind,
        case.matter.procedure_code,
        case.matter.dossier_code,
        case.basis,
        case.outcome,
        case.satisfied,
        case.sample,
        case.clock_from,
    )


def written(case: Case) -> str:
    """Return it as it stands in the log."""
    return msgspec.json.encode(describe(case)).decode()


def read(text: str) -> Described:
    """Read what ``written`` gave."""
    return msgspec.json.decode(text, type=Described)
