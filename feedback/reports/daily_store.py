"""Keeps the day's counts and reads them, within the caller's transaction; never commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec
from sqlalchemy import Column, ColumnElement, Integer, Table, and_, cast, false, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.inserting import insertion
from feedback.record import Book
from feedback.reports.counting import PROCESS
from feedback.reports.daily import FLOWS, STANDING, Cell, Grain, Share, Took, spans
from feedback.reports.daily_tables import counted, day_count, day_took, mark
from feedback.reports.story import OPEN
from feedback.tables import deadline, event, record

MOST_CHOICES = 300
"""Agencies or fields that can be chosen from."""
AT_ONCE = 300
"""Records that are counted in one transaction."""


class _Kept(msgspec.Struct, frozen=True):
    cells: list[tuple[str, date, str, int, dict[str, int]]]
    took: list[tuple[str, date, int, int]]


@dataclass(frozen=True)
class Touched:
    """Records of which the log says something new."""

    records: Sequence[int]
    seq: int
    """Entry up to which these are all; as before when there is nothing new."""


async def counted_up_to(session: AsyncSession) -> int:
    """Return the entry of the log up to which is counted."""
    seq: int = (await session.execute(select(mark.c.seq).where(mark.c.id == 1))).scalar_one()
    return seq


async def touched(session: AsyncSession, since: int) -> Touched:
    """Return the records of the next entries of the log."""
    page = select(event.c.seq, event.c.record).where(event.c.seq > since).order_by(event.c.seq).limit(AT_ONCE)
    rows = (await session.execute(page)).all()
    return Touched(sorted({row.record for row in rows}), rows[-1].seq if rows else since)


async def put(session: AsyncSession, since: int, upto: int, shares: Mapping[int, Share]) -> bool:
    """Count records anew; whatever they added before is taken away.

    Args:
        session: to write with.
        since: entry up to which was counted when the shares were read.
        upto: entry up to which they are counted now.
        shares: of the records, as they are now.

    Returns:
        False when somebody else has counted meanwhile; nothing is changed then.
    """
    moved = update(mark).where(mark.c.id == 1, mark.c.seq == since).values(seq=upto).returning(mark.c.id)
    if (await session.execute(moved)).first() is None:
        return False
    change = Share()
    known = await session.execute(select(counted).where(counted.c.record.in_(list(shares))))
    for row in known:
        change.add(_read(row.counts), -1)
    for one in shares.values():
        change.add(one)
    await _add(session, change)
    rows = [{"record": number, "counts": _written(one)} for number, one in sorted(shares.items())]
    if rows:
        inserted = insertion(session, counted)
        kept = inserted.on_conflict_do_update(index_elements=["record"], set_={"counts": inserted.excluded.counts})
        await session.execute(kept, rows)
    return True


async def _add(session: AsyncSession, change: Share) -> None:
    wide: dict[tuple[Grain, Cell], Counter[str]] = {}
    for cell, counts in change.cells.items():
        month, whole = replace(cell, day=cell.day.replace(day=1)), replace(cell, unit="", category=0)
        for key in ((Grain.DAY, cell), (Grain.MONTH, month), (Grain.TOTAL, whole)):
            wide.setdefault(key, Counter()).update(counts)
    cells = [
        {"book": cell.book, "grain": grain.value, "day": cell.day, "unit": cell.unit, "category": cell.category}
        | {name: counts[name] for name in FLOWS}
        for (grain, cell), counts in sorted(wide.items(), key=lambda one: one[0])
        if any(counts.values())
    ]
    took = [
        {"book": one.book, "day": one.day, "days": one.days, "count": number}
        for one, number in sorted(change.took.items())
        if number
    ]
    await _summed(session, day_count, FLOWS, cells)
    await _summed(session, day_took, ("count",), took)


async def _summed(
    session: AsyncSession, table: Table, names: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    if not rows:
        return
    inserted = insertion(session, table)
    more = {name: table.c[name] + inserted.excluded[name] for name in names}
    await session.execute(inserted.on_conflict_do_update(index_elements=list(table.primary_key), set_=more), list(rows))


def _written(share: Share) -> str:
    cells = [
        (c.book, c.day, c.unit, c.category, dict(counts))
        for c, counts in sorted(share.cells.items(), key=lambda one: one[0])
    ]
    took = [(one.book, one.day, one.days, number) for one, number in sorted(share.took.items())]
    return msgspec.json.encode(_Kept(cells, took)).decode()


def _read(text: str) -> Share:
    kept = msgspec.json.decode(text, type=_Kept)
    cells = {Cell(book, day, unit, category): Counter(counts) for book, day, unit, category, counts in kept.cells}
    return Share(cells, Counter({Took(book, day, days): number for book, day, days, number in kept.took}))


# ---- reading -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slice:
    """Counts of a unit and category."""

    unit: str
    category: int
    """0 while nobody said."""
    counts: Mapping[str, int]


async def by_unit_and_category(session: AsyncSession, book: Book, since: date, until: date) -> Sequence[Slice]:
    """Return the counts of the days from one until before another."""
    keys = day_count.c.unit, day_count.c.category
    within = (
        and_(day_count.c.grain == grain.value, *_days(day_count, book, first, end))
        for grain, first, end in spans(since, until)
    )
    chosen = select(*keys, *(func.sum(day_count.c[name]) for name in FLOWS)).where(or_(false(), *within))
    found = []
    for unit, category, *numbers in await session.execute(chosen.group_by(*keys)):
        counts = Counter({name: int(number) for name, number in zip(FLOWS, numbers, strict=True)})
        found.append(Slice(unit, category, +counts))
    return sorted(found, key=lambda one: (one.unit, one.category))


async def by_day(session: AsyncSession, book: Book, since: date, until: date) -> Mapping[date, Mapping[str, int]]:
    """Return what came in and was handled each day."""
    names = ("new", "handled", "handled_late")
    within = day_count.c.grain == Grain.TOTAL.value, *_days(day_count, book, since, until)
    rows = await session.execute(select(day_count.c.day, *(day_count.c[name] for name in names)).where(*within))
    return {row[0]: {name: int(row[at]) for at, name in enumerate(names, 1)} for row in rows}


async def standing(session: AsyncSession, book: Book, before: date) -> int:
    """Return how many were still to be handled when a day began."""
    total: ColumnElement[int] = func.sum(sum((day_count.c[name] * sign for name, sign in STANDING.items()), literal(0)))
    days = day_count.c.book == book.value, day_count.c.grain == Grain.TOTAL.value, day_count.c.day < before
    return int((await session.execute(select(total).where(*days))).scalar() or 0)


async def took(session: AsyncSession, book: Book, since: date, until: date) -> Mapping[int, int]:
    """Return how many answers took how many days."""
    chosen = select(day_took.c.days, func.sum(day_took.c.count)).where(*_days(day_took, book, since, until))
    rows = await session.execute(chosen.group_by(day_took.c.days).order_by(day_took.c.days))
    return {row[0]: int(row[1]) for row in rows if row[1]}


async def overdue(session: AsyncSession, book: Book, now: datetime) -> Mapping[tuple[str, int], int]:
    """Return how many are past their answer's date and not handled, by unit and category."""
    category = func.coalesce(record.c.category, cast(literal(0), Integer))
    late = (deadline.c.state == "open", deadline.c.due_at < now, deadline.c.rule == PROCESS)
    ours = (
        record.c.id == deadline.c.record,
        record.c.book == book.value,
        record.c.status.in_([one.value for one in OPEN]),
    )
    chosen = select(record.c.unit, category, func.count()).where(*late, *ours).group_by(record.c.unit, category)
    return {(row[0], int(row[1])): int(row[2]) for row in await session.execute(chosen)}


async def agencies_and_fields(session: AsyncSession) -> tuple[Sequence[str], Sequence[str]]:
    """Return which agencies and fields records are about; looked up in the index one after another, not record by record."""
    return await _different(session, record.c.agency), await _different(session, record.c.field)


async def _different(session: AsyncSession, column: Column[str]) -> Sequence[str]:
    lowest = select(func.min(column).label("value")).where(column > "").cte("walk", recursive=True)
    further = select(func.min(column)).where(column > lowest.c.value).scalar_subquery()
    walk = lowest.union_all(select(further).where(lowest.c.value.is_not(None)))
    return [one for one in await session.scalars(select(walk.c.value).limit(MOST_CHOICES)) if one]


def _days(table: Table, book: Book, since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    return table.c.book == book.value, table.c.day >= since, table.c.day < until
