"""Counts records for queues and workloads in indexes, without opening anything that is sealed; never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, false, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.listing_store import OPEN, RUNS, Filter, conditions
from feedback.record import Status
from feedback.tables import deadline, record


class CountingStore:
    """The numbers of records of one database."""

    async def counts(self, session: AsyncSession, chosen: Sequence[Filter], most: int) -> Sequence[int]:
        """Count several choices without words at once, each up to ``most``."""
        if not chosen:
            return ()
        me = chosen[0].not_about
        mine = exists().where(record.c.accused == me) if me else false()
        plain = [replace(one, not_about="") for one in chosen]
        # What nobody is complained about in is counted in the indexes alone; the few others are taken off again.
        found = (await session.execute(select(mine, *(_counted(one, (), most) for one in plain)))).one()
        if not found[0]:
            return found[1:]
        about = [_counted(one, (record.c.accused == me,), most) for one in plain]
        less = (await session.execute(select(*about))).one()
        return [n - off for n, off in zip(found[1:], less, strict=True)]

    async def bands(self, session: AsyncSession, chosen: Filter, ends: Sequence[datetime]) -> Sequence[int]:
        """Count the records of which the next duty ends before each of some moments, but not before the one before it.

        Args:
            session: to read with.
            chosen: which records.
            ends: in order.
        """
        found = await _bands(session, replace(chosen, not_about=""), (), ends)
        mine = record.c.accused == chosen.not_about
        if not chosen.not_about or not (await session.execute(select(exists().where(mine)))).scalar_one():
            return found
        less = await _bands(session, replace(chosen, not_about=""), (mine,), ends)
        return [n - off for n, off in zip(found, less, strict=True)]

    async def load(self, session: AsyncSession, statuses: Sequence[Status]) -> Mapping[tuple[str, str], int]:
        """Count the records of some statuses by unit and person."""
        chosen = select(record.c.unit, record.c.officer, func.count().label("n")).where(record.c.status.in_(statuses))
        rows = await session.execute(chosen.group_by(record.c.unit, record.c.officer))
        return {(row.unit, row.officer or ""): row.n for row in rows}


async def _bands(
    session: AsyncSession, chosen: Filter, more: Sequence[ColumnElement[bool]], ends: Sequence[datetime]
) -> Sequence[int]:
    first = select(deadline.c.record, func.min(deadline.c.due_at).label("due"))
    first = first.where(RUNS, deadline.c.due_at < ends[-1])
    each = first.group_by(deadline.c.record).subquery()
    place = sum((case((each.c.due >= one, 1), else_=0) for one in ends), start=literal(0)).label("place")
    joined = select(place, func.count().label("n")).join_from(each, record, record.c.id == each.c.record)
    # Named one by one they are found in the index of statuses, which is all that is looked at then.
    where = (*conditions(chosen, None), *more, record.c.status.in_(sorted(OPEN)))
    found = {row.place: row.n for row in await session.execute(joined.where(*where).group_by("place"))}
    return [found.get(number, 0) for number in range(len(ends))]


def _counted(chosen: Filter, more: Sequence[ColumnElement[bool]], most: int) -> ColumnElement[int]:
    where = [*conditions(chosen, None), *more]
    if chosen.statuses:
        where.append(record.c.status.in_(chosen.statuses))
    found = select(record.c.id).where(*where).limit(most).subquery()
    return select(func.count()).select_from(found).scalar_subquery()
