"""Reads what records say about procedures; never commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.record import Book, Status
from feedback.reports.story import Period
from feedback.tables import record

_NOT_ABOUT = (Status.NOT_RECEIVED.value, Status.OUT_OF_SCOPE.value, Status.MERGED.value, Status.WITHDRAWN.value)
"""Statuses of records that say nothing of a procedure, or say it with another record."""


async def counts(session: AsyncSession, book: Book, period: Period) -> Mapping[str, Counter[int]]:
    """Return how many records name each procedure, by category."""
    category = func.coalesce(record.c.category, 0)
    named = record.c.procedure_code != "", *_entered(book, period)
    chosen = select(record.c.procedure_code, category, func.count()).where(*named)
    found: dict[str, Counter[int]] = {}
    for code, said, number in await session.execute(chosen.group_by(record.c.procedure_code, category)):
        found.setdefault(code, Counter())[int(said)] += int(number)
    return found


async def masked(
    session: AsyncSession, book: Book, period: Period, codes: Sequence[str], reader: str, most: int
) -> Mapping[int, str]:
    """Return the masked words of the newest records on a procedure, by their numbers; none that complains about the reader."""
    others = or_(record.c.accused.is_(None), record.c.accused != reader)
    chosen = select(record.c.id, record.c.masked).where(
        record.c.procedure_code.in_(codes), others, *_entered(book, period)
    )
    rows = await session.execute(chosen.order_by(record.c.entered_at.desc(), record.c.id.desc()).limit(most))
    return {row.id: row.masked for row in rows if row.masked}


def _entered(book: Book, period: Period) -> tuple[ColumnElement[bool], ...]:
    within = record.c.entered_at >= period.since, record.c.entered_at < period.until
    return record.c.book == book.value, *within, record.c.status.not_in(_NOT_ABOUT)
