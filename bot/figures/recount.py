"""Counts days anew in the background: the last ones often, older ones seldom, so that what comes late is counted too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.delivery.ports import Transactions
from bot.delivery.tables import inbox, outbox
from bot.figures import counting_store as store
from bot.figures import grade_store
from bot.figures.grade_store import GradeCounts, Place
from feedback.reports.counting_days import CountsDays
from feedback.working_time.zone import here

PAUSE = 60.0
"""Seconds between two looks at the register's log."""
OFTEN, HOURLY, DAILY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
DAYS = ((OFTEN, 2), (HOURLY, 60), (DAILY, 400))
"""How often how many days of dossiers are counted anew; a dossier that ended earlier and is told of later still is not."""
TALK_DAYS = 3
"""Days of messages that are counted anew: by then each was answered, delivered or given up, or the channel is down."""
OPEN_LATE = "open late"
GRADES = "grades"
"""Mark of the moment from which on the counts for the draft grades hold; none until all days were counted once."""
OPENED_AT_ONCE = 50
"""Dossiers opened before others get their turn."""

CountDay = Callable[[AsyncSession, date, int], Awaitable[store.Counted]]


@dataclass
class Recount:
    """The work; when two processes do it, the rows come out the same."""

    transactions: Transactions
    register: CountsDays
    grades: GradeCounts
    clock: Callable[[], datetime]
    _done: dict[timedelta, datetime]

    @classmethod
    def over(
        cls, transactions: Transactions, register: CountsDays, grades: GradeCounts, clock: Callable[[], datetime]
    ) -> Recount:
        """Begin with nothing counted."""
        return cls(transactions, register, grades, clock, {})

    async def run(self) -> None:
        """Do it again and again; see ``bot.background``."""
        while True:
            await self.once()
            await rest(PAUSE)

    async def once(self) -> None:
        """Do what is due now."""
        while await self.register.page():
            await rest(0)
        now = self.clock()
        due = [(every, days) for every, days in DAYS if every not in self._done or now - self._done[every] >= every]
        if not due:
            return
        today = here(now).date()
        await self._talk(today, now)
        recent = _back(today, max(days for _, days in due))
        for day in recent:
            for count in (store.count_dossiers, store.count_papers, store.count_filed, store.count_post):
                await self._day(count, day)
        async with self.transactions.read() as session:
            late = await store.open_dossiers(session, now)
        async with self.transactions.write() as session:
            await store.keep_mark(session, OPEN_LATE, late, now)
        if DAYS[-1] in due:
            await self._work_out()
        await self._grades(recent, now)
        self._done.update(dict.fromkeys((every for every, _ in due), now))

    async def _grades(self, recent: Sequence[date], now: datetime) -> None:
        for day in recent:
            await self._day(self.grades.count, day)
        async with self.transactions.read() as session:
            _, once = await store.marked(session, GRADES)
            older = None if once else await grade_store.last_end(session, recent[-1])
        while older is not None:
            await self._day(self.grades.count, older)
            async with self.transactions.read() as session:
                older = await grade_store.last_end(session, older)
        async with self.transactions.write() as session:
            await store.keep_mark(session, GRADES, 0, now)

    async def _work_out(self) -> None:
        """Open what an older program kept: long work where there is much of it. What cannot be opened is tried once a day."""
        before: Place | None = None
        while True:
            async with self.transactions.read() as session:
                found = await self.grades.ungraded(session, before)
            if found is None:
                return
            before, points = found.last, list[Mapping[str, Any]]()
            for start in range(0, len(found.rows), OPENED_AT_ONCE):
                points += self.grades.worked_out(found.rows[start : start + OPENED_AT_ONCE])
                await rest(0)
            async with self.transactions.write() as session:
                await grade_store.keep_points(session, points)

    async def _talk(self, today: date, now: datetime) -> None:
        for table, count in ((inbox, store.count_talk), (outbox, store.count_sent)):
            async with self.transactions.read() as session:
                after, since = await store.marked(session, table.name)
                first = await store.first_day(session, table, after)
            if first is None:
                continue
            # Never a day of which only a part lies beyond the number.
            first = max(first, here(since).date()) if since else first
            for day in _back(today, (today - first).days + 1):
                await self._day(count, day, after)
            await self._go_on(table, max(first, today - timedelta(days=TALK_DAYS - 1)), after)

    async def _go_on(self, table: Table, day: date, after: int) -> None:
        async with self.transactions.read() as session:
            upto = await store.last_before(session, table, day, after)
        async with self.transactions.write() as session:
            await store.keep_mark(session, table.name, upto, store.starts(day))

    async def _day(self, count: CountDay, day: date, after: int = 0) -> None:
        async with self.transactions.read() as session:
            counted = await count(session, day, after)
            same = await store.is_kept(session, day, counted)
        if not same:
            async with self.transactions.write() as session:
                await store.turn(session, self.clock())
                await store.keep(session, day, counted)
        await rest(0)


def _back(today: date, days: int) -> list[date]:
    return [today - timedelta(days=number) for number in range(days)]
