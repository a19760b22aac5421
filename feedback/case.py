"""A record as the services read it from the register."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from feedback.record import (
    About,
    Address,
    Book,
    Border,
    Category,
    Classification,
    Consent,
    Form,
    Kind,
    Matter,
    Outcome,
    Sender,
    SenderKind,
    Status,
)


@dataclass(frozen=True)
class Case:
    """Everything of a record but its sender's contact data."""

    id: int
    receipt: str
    book: Book
    year: int
    number: int
    form: Form
    channel: str
    kind: Kind
    about: About
    border: Border
    category: Category | None
    status: Status
    matter: Matter = field(repr=False)
    masked: str
    """The text with personal data masked: what lists show."""
    field: str
    """Lĩnh vực; empty for none."""
    unit: str
    officer: str
    accused: str
    """Account of the official complained about; empty for none of ours."""
    sender_kind: SenderKind
    submitted_at: datetime
    entered_at: datetime
    clock_from: datetime
    ended_at: datetime | None
    basis: str
    outcome: Outcome | None
    merged_into: int | None
    split_from: int | None
    reopened: int
    satisfied: int | None
    publishable: bool
    sample: bool
    revision: int

    @property
    def classification(self) -> Classification:
        """Where it stands in Articles 3, 5 and 9."""
        return Classification(self.border, self.kind, self.about, self.category)

    @property
    def register_number(self) -> str:
        """Số vào sổ, as it is written: ``12/2026``."""
        return f"{self.number}/{self.year}"


@dataclass(frozen=True)
class SenderOf:
    """Who sent a record, and where they can be told."""

    sender: Sender = field(repr=False)
    consent: Consent
    where: Address | None
    language: str
    restricted_at: datetime | None
    """Asked for deletion then: used for nothing but the law's register since."""
