"""What verifying reads of the tables; never writes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.record import Status
from feedback.tables import event, number, record

_PAGE = 5000


@dataclass(frozen=True)
class Series:
    """The numbers of one book and year."""

    book: str
    year: int
    count: int
    distinct: int
    lowest: int
    highest: int
    last: int
    """That the counter says was given last; 0 without a counter."""


async def still(session: AsyncSession) -> None:
    """See everything as it is now until the session ends; SQLite's reading transactions do so by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


async def statuses(session: AsyncSession) -> AsyncIterator[tuple[int, Status, str]]:
    """Give every record's id, status and unit, in order."""
    last = 0
    while True:
        page = select(record.c.id, record.c.status, record.c.unit).where(record.c.id > last)
        rows = (await session.execute(page.order_by(record.c.id).limit(_PAGE))).all()
        for row in rows:
            yield row.id, Status(row.status), row.unit
        if len(rows) < _PAGE:
            return
        last = rows[-1].id


async def series(session: AsyncSession) -> list[Series]:
    """Return the numbers of every book and year, those too that only the counter knows."""
    counted = select(
        record.c.book,
        record.c.year,
        func.count().label("records"),
        func.count(record.c.number.distinct()).label("distinct"),
        func.min(record.c.number).label("lowest"),
        func.max(record.c.number).label("highest"),
    ).group_by(record.c.book, record.c.year)
    found = {(row.book, row.year): row for row in await session.execute(counted)}
    last = {(row.book, row.year): row.last for row in await session.execute(select(number))}
    return [
        Series(*key, row.records, row.distinct, row.lowest, row.highest, last.get(key, 0))
        if (row := found.get(key))
        else Series(*key, 0, 0, 1, 0, last[key])
        for key in sorted(found.keys() | last.keys())
    ]


async def events(session: AsyncSession) -> int:
    """Count the entries of the log."""
    return await session.scalar(select(func.count()).select_from(event)) or 0
