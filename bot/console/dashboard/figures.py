"""All figures of a period, read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.dashboard.periods import Days
from bot.delivery.ports import Transactions
from bot.figures import reading_store
from bot.figures.counting_store import marked
from bot.figures.reading_store import Ended, Opinion, Queue, Sent, Talk
from bot.figures.recount import OPEN_LATE
from feedback.record import Book
from feedback.reports import daily_store
from feedback.reports.daily_store import Slice

NOBODY = Opinion(0, 0, 0)


@dataclass(frozen=True)
class Figures:
    """What was counted; parts that were not asked for are empty."""

    days: Days
    at: datetime
    """When they were read."""
    slices: Sequence[Slice] = ()
    by_day: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    open: int = 0
    """Still to be handled when the period ended."""
    took: Mapping[int, int] = field(default_factory=dict)
    overdue: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """At this moment, whatever the period."""
    dossiers: Sequence[Ended] = ()
    dossiers_overdue: int = 0
    """At this moment."""
    talk: Sequence[Talk] = ()
    waits: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    sent: Mapping[str, Sent] = field(default_factory=dict)
    last_seen: Mapping[str, tuple[datetime | None, datetime | None]] = field(default_factory=dict)
    queues: Mapping[str, tuple[Queue, Queue]] = field(default_factory=dict)
    useful: Opinion = NOBODY
    attitude: Opinion = NOBODY

    @property
    def feedback(self) -> Counter[str]:
        """All units and categories added up."""
        total: Counter[str] = Counter()
        for one in self.slices:
            total.update(one.counts)
        return total

    @property
    def all_waits(self) -> Counter[int]:
        """First replies by class, all channels added up."""
        total: Counter[int] = Counter()
        for counts in self.waits.values():
            total.update(counts)
        return total


@dataclass(frozen=True)
class _Asked:
    """What parts are read for."""

    session: AsyncSession
    book: Book
    days: Days
    at: datetime

    @property
    def span(self) -> tuple[AsyncSession, date, date]:
        """Where to read, and from which day until before which."""
        return self.session, self.days.first, self.days.until

    @property
    def register(self) -> tuple[AsyncSession, Book, date, date]:
        """The same, of the register."""
        return self.session, self.book, self.days.first, self.days.until


async def _late(asked: _Asked) -> int:
    return (await marked(asked.session, OPEN_LATE))[0]


_READ: Mapping[str, Callable[[_Asked], Awaitable[Any]]] = {
    "slices": lambda asked: daily_store.by_unit_and_category(*asked.register),
    "by_day": lambda asked: daily_store.by_day(*asked.register),
    "open": lambda asked: daily_store.standing(asked.session, asked.book, asked.days.until),
    "took": lambda asked: daily_store.took(*asked.register),
    "overdue": lambda asked: daily_store.overdue(asked.session, asked.book, asked.at),
    "dossiers": lambda asked: reading_store.dossiers(*asked.span),
    "dossiers_overdue": _late,
    "talk": lambda asked: reading_store.talk(*asked.span),
    "waits": lambda asked: reading_store.waits(*asked.span),
    "sent": lambda asked: reading_store.sent(*asked.span),
    "last_seen": lambda asked: reading_store.last_seen(asked.session),
    "queues": lambda asked: reading_store.queues(asked.session),
    "useful": lambda asked: reading_store.usefulness(*asked.span),
    "attitude": lambda asked: reading_store.attitudes(*asked.span),
}
PARTS = frozenset(_READ)
"""All that is counted, by the names of the fields of ``Figures``."""


@dataclass(frozen=True)
class Board:
    """Reads the figures of one register."""

    transactions: Transactions
    book: Book

    async def read(self, days: Days, at: datetime, parts: Collection[str] = PARTS) -> Figures:
        """Return the figures of some days.

        Args:
            days: of the period.
            at: now.
            parts: those that are needed; all of ``PARTS`` by default.
        """
        async with self.transactions.read() as session:
            asked = _Asked(session, self.book, days, at)
            return Figures(days, at, **{name: await read(asked) for name, read in _READ.items() if name in parts})
