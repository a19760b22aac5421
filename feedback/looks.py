"""What a sender is told of a record, as data. Pure: the dialogue reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from feedback.clocks import Promise
from feedback.record import Book, Status
from feedback.transitions import Action


@dataclass(frozen=True)
class Brief:
    """One of a conversation's own records."""

    receipt: str
    status: Status
    submitted_at: datetime
    procedure_name: str


@dataclass(frozen=True)
class Shown:
    """A record as its sender sees it: nothing of who sent it or who handles it."""

    receipt: str
    register_number: str
    book: Book
    status: Status
    unit: str
    """Code of the unit that has it."""
    receiver: str
    """Code of the agency that it was passed on to; empty for none."""
    since: datetime
    submitted_at: datetime
    procedure_name: str
    promises: Sequence[Promise]
    waits_for: str = field(repr=False)
    """What the sender was asked for, or why it was not received or passed on; empty for nothing."""
    answer: str = field(repr=False)
    slug: str
    """Of its public page; empty for none."""
    steps: frozenset[Action]
    """What the sender may do now."""
    reopen_until: datetime | None
    satisfied: int | None
    merged: bool
    """Whether another record answers for it; where that is stands here."""
    sample: bool


class LookOutcome(StrEnum):
    """What a question came to."""

    SHOWN = "shown"
    NEEDS_FACT = "needs_fact"
    """A second fact is asked for, whether there is such a receipt or not."""
    NOT_MATCHED = "not_matched"
    """Receipt and digits do not belong together; which of them is wrong is not told."""
    LIMITED = "limited"
    """Too many tries; the next one counts later."""


@dataclass(frozen=True)
class Look:
    """The answer to a question."""

    outcome: LookOutcome
    shown: Shown | None = None
    until: datetime | None = None
    """When the next try counts."""
