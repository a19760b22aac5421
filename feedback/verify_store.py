"""What verifying reads of the tables; never writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.described import Described
from feedback.record import Status
from feedback.tables import event, number, publication, record

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


@dataclass(frozen=True)
class Stands:
    """What the table says of a record, as the log must say too."""

    id: int
    status: Status
    unit: str
    emptied: bool
    """Whether its words were deleted by their age or by its sender's wish."""
    columns: Mapping[str, Any]
    """By the names of ``feedback.described``."""


async def records(session: AsyncSession) -> AsyncIterator[Stands]:
    """Give what the table says of every record, in order."""
    last = 0
    while True:
        page = select(record.c.id, record.c.status, (record.c.masked == "").label("emptied"), *_TOLD.values())
        rows = (await session.execute(page.where(record.c.id > last).order_by(record.c.id).limit(_PAGE))).all()
        for row in rows:
            told = {name: getattr(row, column.name) for name, column in _TOLD.items()}
            yield Stands(row.id, Status(row.status), row.unit, bool(row.emptied), told)
        if len(rows) < _PAGE:
            return
        last = rows[-1].id


async def publications(session: AsyncSession) -> AsyncIterator[tuple[int, str, str]]:
    """Give every public item that is shown: record, question, answer."""
    last = 0
    while True:
        shown = publication.c.hidden_at.is_(None), publication.c.record > last
        page = select(publication.c.record, publication.c.question, publication.c.answer).where(*shown)
        rows = (await session.execute(page.order_by(publication.c.record).limit(_PAGE))).all()
        for row in rows:
            yield row.record, row.question, row.answer
        if len(rows) < _PAGE:
            return
        last = rows[-1].record


_OTHER_NAMES = {"procedure": "procedure_code", "dossier": "dossier_code"}
_TOLD = {name: record.c[_OTHER_NAMES.get(name, name)] for name in Described.__struct_fields__}
"""Columns that the log tells of, by their names there."""


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
