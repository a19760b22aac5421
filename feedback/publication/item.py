"""A published item as the public pages, feeds and lists of similar items know it. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HiddenWhy(StrEnum):
    """Why an item was taken off the public pages: a word, never free text, which might tell of somebody."""

    SENDER = "sender"
    """Its sender asked for it."""
    PERSONAL = "personal"
    """Something in it told of a person."""
    MISTAKE = "mistake"
    """It was published by mistake."""
    OUTDATED = "outdated"
    """The rule or the answer does not hold any more."""
    OTHER = "other"


@dataclass(frozen=True)
class Published:
    """A redacted question with its answer."""

    record: int
    slug: str
    """In its permanent link."""
    question: str
    answer: str
    published_at: datetime
    updated_at: datetime
    procedure_code: str = ""
    procedure_name: str = ""
    field: str = ""
    agency: str = ""
    """Code of the agency that it is about; empty for none of the house."""
    category: int | None = None
    """Of Article 5."""
    hidden_at: datetime | None = None
    hidden_why: HiddenWhy | None = None
    trial: bool = False
    """Of a trial: no agency answered."""
    sample: bool = False
    """Made up, for trying out."""


@dataclass(frozen=True)
class Query:
    """What a visitor looks for; all that is given must fit."""

    words: str = ""
    procedure: str = ""
    """Code."""
    agency: str = ""
    field: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.words or self.procedure or self.agency or self.field)


@dataclass(frozen=True)
class Page:
    """One page of a list, the newest first."""

    items: tuple[Published, ...]
    number: int
    """1 for the newest."""
    more: bool
    """Whether another page follows."""
    cut: bool = False
    """Whether more would fit than is shown: other words narrow it."""


@dataclass(frozen=True)
class Filters:
    """What the lists can be narrowed to: only what has an item."""

    procedures: tuple[tuple[str, str], ...] = ()
    """Code and name, by name."""
    agencies: tuple[str, ...] = ()
    """Codes."""
    fields: tuple[str, ...] = ()
