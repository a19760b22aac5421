"""What the talk that takes feedback (phản ánh, kiến nghị) needs from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.channels.contract import Inbound, Ref
from bot.dialogue.flow import Place
from feedback.record import Book, Sender, Submission
from feedback.suggesting import NamedProcedure, UnderstandsFeedback


@dataclass(frozen=True)
class OfficialDoors:
    """Where feedback can be given without the assistant (Article 13); empty for none."""

    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    portal: str = "https://dichvucong.gov.vn"
    field_reports: str = ""
    """Telephone for streets, light, rubbish and the like."""


@dataclass(frozen=True)
class Reception:
    """Who receives here, and what the notice before the first question must say."""

    book: Book = Book.TRIAL
    """``TRIAL``: nothing is received; people are told the official doors, and may practise."""
    agency: str = ""
    """Name."""
    decision: str = ""
    """By which the account of the assistant is a published address."""
    doors: OfficialDoors = OfficialDoors()
    controller: str = ""
    contact: str = ""
    servers: str = ""
    retention: str = ""
    version: str = "1"
    """Of the notice."""
    on_page: frozenset[str] = frozenset({"telegram"})
    """Channels on which contact data are given on our own page, not in the chat."""


@dataclass(frozen=True)
class ByWhen:
    """What is to be expected: until when it is passed on, and the agency's own aim for handling."""

    transfer: date
    process: date
    by_law: bool = True
    """Whether the law sets the former; else it is the agency's aim as well."""


@dataclass(frozen=True)
class Item:
    """Something published that may be what a person wants to say."""

    slug: str
    question: str
    answer: str
    link: str = ""
    procedure_name: str = ""
    published_at: datetime | None = None
    sample: bool = False
    """Made up, for trying out."""
    trial: bool = False
    """Of a trial: no agency answered."""


@dataclass(frozen=True)
class Taken:
    """What became of a file that was sent."""

    name: str = ""
    refused: str = ""
    """Key of the response that says why; empty for kept."""


class ReadsDrafts(Protocol):
    """What was given outside the chat for a draft."""

    async def contact(self, draft: str) -> Sender | None:
        """Return who sends; ``None`` for not given yet."""
        ...

    async def files(self, draft: str) -> int:
        """Return how many files are attached."""
        ...


class TakesFiles(Protocol):
    """Fetches a file from its channel and attaches it to a draft; the very same one twice is one."""

    async def take(self, draft: str, inbound: Inbound) -> Taken:
        """Take one file; never raises for what the channel or the file is."""
        ...


class FindsSimilar(Protocol):
    """Published items like a text."""

    async def find(self, text: str, procedure_code: str) -> Sequence[Item]:
        """Return at most three, the most alike first; none where nothing is."""
        ...


class ReadsProcedures(Protocol):
    """Names of procedures, and which one a text is about."""

    async def named(self, code: str) -> NamedProcedure | None:
        """Return a procedure by code."""
        ...

    async def meant(self, text: str) -> NamedProcedure | None:
        """Return the one that a text is surely about; ``None`` for none, or several."""
        ...


async def never_sent(_: Submission, __: datetime) -> str:
    """Know no earlier sending."""
    return ""


async def never_full(_: Submission, __: datetime) -> bool:
    """Take any number."""
    return False


async def nothing_recalled(_: Ref, __: str) -> str:
    """Know no earlier words."""
    return ""


def any_channel(_: str) -> bool:
    """Take every channel for one that hands files over."""
    return True


def no_agency(_: str) -> str:
    """Know no agency by its name."""
    return ""


def no_page(_: str, __: Place) -> str:
    """Have no form page."""
    return ""


@dataclass(frozen=True)
class AboutFeedback:
    """Everything that the intake reads from outside."""

    reception: Callable[[], Reception]
    understands: UnderstandsFeedback
    procedures: ReadsProcedures
    drafts: ReadsDrafts
    similar: FindsSimilar
    by_when: Callable[[datetime], ByWhen]
    new_draft: Callable[[], str]
    """Not guessable, at most 32 letters and digits."""
    new_receipt: Callable[[], str]
    draft_days: int = 7
    """Days after which a draft that nobody goes on with is dropped."""
    takes: TakesFiles | None = None
    """``None`` where files can only be given on the page."""
    hands_over: Callable[[str], bool] = field(default=any_channel)
    """Tells whether a channel hands over files that were sent in its chat; else they are given on the page."""
    agency_of: Callable[[str], str] = field(default=no_agency)
    """Returns the code of the unit or agency of the office file that words surely name; empty for none."""
    page: Callable[[str, Place], str] = field(default=no_page)
    """Address of a draft's form page; empty for none."""
    recall: Callable[[Ref, str], Awaitable[str]] = field(default=nothing_recalled)
    """Returns the words of an earlier message of the conversation by its id; empty when they are gone."""
    known: Callable[[Submission, datetime], Awaitable[str]] = field(default=never_sent)
    """Returns the number of the receipt that the very same words got in this conversation a moment ago; empty for none."""
    full: Callable[[Submission, datetime], Awaitable[bool]] = field(default=never_full)
    """Tells whether this conversation handed in all that is taken from one on a day."""
