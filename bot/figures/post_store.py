"""Reads the counts about the post, and deletes what was counted long ago, within the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Table, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.figures.counting_store import FILED
from bot.figures.reading_store import within_days
from bot.figures.tables import filed_day, post_day
from bot.postal.asked_tables import postal_asked
from feedback.reports.daily import Grain
from feedback.working_time.zone import here


@dataclass(frozen=True)
class Kept:
    """Dossiers and how many of them ended by their appointment."""

    received: int = 0
    ended: int = 0
    late: int = 0
    undated: int = 0
    """Without an appointment: neither on time nor late."""

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.received + other.received,
            self.ended + other.ended,
            self.late + other.late,
            self.undated + other.undated,
        )

    @property
    def on_time(self) -> int:
        """Those that ended by their appointment."""
        return self.ended - self.late - self.undated


@dataclass(frozen=True)
class Filed:
    """Dossiers that were filed by post, and those of all channels."""

    post: Kept = Kept()
    all: Kept = Kept()

    def __add__(self, other: Filed) -> Filed:
        return Filed(self.post + other.post, self.all + other.all)


async def asked_by_month(session: AsyncSession, since: date, until: date) -> Mapping[date, Mapping[str, int]]:
    """Return how often each topic was asked, by the first day of its month."""
    found: dict[date, Counter[str]] = {}
    for day, topic, count in await _totals(session, post_day, ("topic", "count"), since, until):
        found.setdefault(day.replace(day=1), Counter())[topic] += count
    return found


async def asked_by_procedure(session: AsyncSession, since: date, until: date) -> Mapping[str, Mapping[str, int]]:
    """Return how often each topic was asked, by the code of a procedure; an empty one for none."""
    found: dict[str, Counter[str]] = {}
    for code, topic, count in await _sums(session, post_day, ("procedure_code", "topic"), ("count",), since, until):
        found.setdefault(code, Counter())[topic] += count
    return found


async def asked_by_both(
    session: AsyncSession, since: date, until: date
) -> Mapping[tuple[date, str], Mapping[str, int]]:
    """Return how often each topic was asked, by month and procedure."""
    found: dict[tuple[date, str], Counter[str]] = {}
    keys = "day", "procedure_code", "topic"
    for day, code, topic, count in await _sums(session, post_day, keys, ("count",), since, until):
        found.setdefault((day.replace(day=1), code), Counter())[topic] += count
    return found


async def filed_by_month(session: AsyncSession, since: date, until: date) -> Mapping[date, Filed]:
    """Return the dossiers of each month, by its first day."""
    found: dict[date, Filed] = {}
    for day, *numbers in await _totals(session, filed_day, FILED, since, until):
        month = day.replace(day=1)
        found[month] = found.get(month, Filed()) + _filed(numbers)
    return found


async def filed_by_procedure(session: AsyncSession, since: date, until: date) -> Mapping[str, Filed]:
    """Return the dossiers of each procedure, by its code; an empty one for unknown."""
    rows = await _sums(session, filed_day, ("procedure_code",), FILED, since, until)
    return {code: _filed(numbers) for code, *numbers in rows}


async def forget_asked(session: AsyncSession, now: datetime, kept: timedelta) -> int:
    """Delete the single questions of days so long ago; tell how many. The days' counts stay.

    A day goes as a whole, and not before all of it is counted.
    """
    before = here(now - kept).date()
    single = select(postal_asked.c.day, func.count().label("many")).where(postal_asked.c.day < before)
    one = single.group_by(postal_asked.c.day).subquery()
    counted = select(post_day.c.day, func.sum(post_day.c.count).label("many")).where(
        post_day.c.grain == Grain.DAY.value, post_day.c.day < before
    )
    all_ = counted.group_by(post_day.c.day).subquery()
    days = select(one.c.day).join(all_, and_(all_.c.day == one.c.day, all_.c.many == one.c.many))
    gone = await session.execute(delete(postal_asked).where(postal_asked.c.day.in_(days)))
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def _filed(numbers: Sequence[int]) -> Filed:
    return Filed(all=Kept(*numbers[:4]), post=Kept(*numbers[4:]))


async def _totals(session: AsyncSession, table: Table, names: Sequence[str], since: date, until: date) -> list[Any]:
    """Return the days with what all procedures together come to."""
    own = table.c.grain == Grain.TOTAL.value, table.c.day >= since, table.c.day < until
    return list(await session.execute(select(table.c.day, *(table.c[name] for name in names)).where(*own)))


async def _sums(
    session: AsyncSession, table: Table, keys: Sequence[str], numbers: Sequence[str], since: date, until: date
) -> list[Any]:
    columns = [table.c[name] for name in keys]
    sums = (func.sum(table.c[name]) for name in numbers)
    chosen = select(*columns, *sums).where(within_days(table, since, until)).group_by(*columns)
    rows = await session.execute(chosen)
    return [(*row[: len(keys)], *map(int, row[len(keys) :])) for row in rows]
