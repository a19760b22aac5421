"""What feedback needs from outside; ``bot.app`` binds it. Nothing of the bot or of the understanding is known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.record import Address
from feedback.suggesting import NamedProcedure


class Seals(Protocol):
    """Makes unreadable what is kept at rest."""

    def seal(self, plain: bytes, about: str) -> bytes:
        """Seal; ``about`` names the place, and only there it can be opened."""
        ...

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed; raises when the key or the place is another."""
        ...


class Hashes(Protocol):
    """Hashes under a key of our own."""

    def of(self, *parts: str) -> bytes:
        """Return the hash of some words."""
        ...


class FoldsText(Protocol):
    """Brings Vietnamese text into the form in which it is compared."""

    def fold(self, text: str) -> str:
        """Return it in small letters without accents, in one writing of the letters."""
        ...

    def mask(self, text: str) -> str:
        """Return it with telephone and id numbers, addresses and names of persons masked."""
        ...


class NamesProcedures(Protocol):
    """The published catalogue."""

    async def procedure(self, code: str) -> NamedProcedure | None:
        """Return a procedure; ``None`` for a code that is not in it."""
        ...


@dataclass(frozen=True)
class DossierCounts:
    """Numbers of dossiers of a period, for indicator 5.4."""

    total: int
    overdue: int
    disliked: int
    """Rated badly by their applicants."""


class CountsDossiers(Protocol):
    """The dossiers of an agency."""

    async def count(self, session: AsyncSession, agency: str, since: datetime, until: datetime) -> DossierCounts:
        """Count those whose handling ended in the period; all agencies' for an empty code."""
        ...


class NoticeKind(StrEnum):
    """What a sender or follower is told."""

    SUPPLEMENT = "supplement"
    NOT_RECEIVED = "not_received"
    OUT_OF_SCOPE = "out_of_scope"
    FORWARDED = "forwarded"
    IN_REVIEW = "in_review"
    ANSWERED = "answered"
    PUBLISHED = "published"
    MERGED = "merged"
    SPLIT = "split"
    """It is handled under the receipts in ``receipts``: as two records, or as one of its own again."""
    MOVED = "moved"
    """To a follower: it moved."""
    LATE = "late"
    """A clock ran out; said plainly with an apology."""


@dataclass(frozen=True)
class Notice:
    """Something to tell; the words are the channel side's (``domain.yml``)."""

    kind: NoticeKind
    receipt: str
    values: Mapping[str, str]
    """What the sentence names: ``unit``, ``why``, ``answer``, ``link`` …, all of them plain text."""
    key: str
    """At most 56 characters; the same notice twice is told once."""
    held_until: datetime | None = None
    """Not told before: the step may be taken back until then."""


class Tells(Protocol):
    """Writes to a conversation, in the transaction of the step that is the cause."""

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        """Queue the notice; once per key."""
        ...


@dataclass(frozen=True)
class Mail:
    """A message to an agency's published e-mail address."""

    to: str
    subject: str
    body: str
    attachments: Sequence[str]
    """Ids of attachments."""
    key: str
    """At most 56 characters; the same mail twice is sent once."""


class HoldsNotices(Tells, Protocol):
    """Tells some things later, and can keep them to itself until then."""

    async def release(self, session: AsyncSession, start: str) -> None:
        """Tell at once what is held under keys that begin so, for something later is to be told after it."""
        ...

    async def drop(self, session: AsyncSession, start: str) -> int:
        """Never tell what is held under keys that begin so; return how much that was."""
        ...


class SendsMail(Protocol):
    """Sends through the outbox: with order, retries and dead letters."""

    async def send(self, session: AsyncSession, mail: Mail) -> None:
        """Queue the mail in the transaction of its cause."""
        ...
