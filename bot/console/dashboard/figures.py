"""All figures of a period, read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.console.dashboard.periods import Days
from bot.delivery.ports import Transactions
from bot.figures import reading_store
from bot.figures.counting_store import marked
from bot.figures.reading_store import Ended, Opinion, Queue, Sent, Talk
from bot.figures.recount import OPEN_LATE
from feedback.record import Book
from feedback.reports import daily_store
from feedback.reports.daily_store import Slice


@dataclass(frozen=True)
class Figures:
    """What was counted."""

    days: Days
    at: datetime
    """When they were read."""
    slices: Sequence[Slice]
    by_day: Mapping[date, Mapping[str, int]]
    open: int
    """Still to be handled when the period ended."""
    took: Mapping[int, int]
    overdue: Mapping[tuple[str, int], int]
    """At this moment, whatever the period."""
    dossiers: Sequence[Ended]
    dossiers_overdue: int
    """At this moment."""
    talk: Sequence[Talk]
    waits: Mapping[str, Mapping[int, int]]
    sent: Mapping[str, Sent]
    last_seen: Mapping[str, tuple[datetime | None, datetime | None]]
    queues: Mapping[str, tuple[Queue, Queue]]
    useful: Opinion
    attitude: Opinion

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
class Board:
    """Reads the figures of one register."""

    transactions: Transactions
    book: Book

    async def read(self, days: Days, at: datetime) -> Figures:
        """Return the figures of some days."""
        since, until = days.first, days.until
        async with self.transactions.read() as session:
            late, _ = await marked(session, OPEN_LATE)
            return Figures(
                days=days,
                at=at,
                slices=await daily_store.by_unit_and_category(session, self.book, since, until),
                by_day=await daily_store.by_day(session, self.book, since, until),
                open=await daily_store.standing(session, self.book, until),
                took=await daily_store.took(session, self.book, since, until),
                overdue=await daily_store.overdue(session, self.book, at),
                dossiers=await reading_store.dossiers(session, since, until),
                dossiers_overdue=late,
                talk=await reading_store.talk(session, since, until),
                waits=await reading_store.waits(session, since, until),
                sent=await reading_store.sent(session, since, until),
                last_seen=await reading_store.last_seen(session),
                queues=await reading_store.queues(session),
                useful=await reading_store.usefulness(session, since, until),
                attitude=await reading_store.attitudes(session, since, until),
            )
