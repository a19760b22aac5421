"""Finding and blanking old messages within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Table, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.delivery.tables import OutboxState, inbox, outbox


async def old_ones(session: AsyncSession, table: Table, before: datetime, after: int, limit: int) -> list[int]:
    """Return the ids of messages that came to their end before a moment and still hold words, in order.

    Args:
        session: the caller's.
        table: inbox or outbox.
        before: the moment.
        after: ids up to this one are passed over.
        limit: the most to return.
    """
    chosen = select(table.c.id).where(table.c.id > after, _full(table), _ended(table, before))
    return list(await session.scalars(chosen.order_by(table.c.id).limit(limit)))


async def blank(session: AsyncSession, table: Table, ids: Sequence[int]) -> None:
    """Take the words out of messages."""
    empty = {"body": None, "trace": None} if table is inbox else {"body": None}
    await session.execute(update(table).where(table.c.id.in_(ids)).values(empty))


def _full(table: Table) -> ColumnElement[bool]:
    return or_(table.c.body.is_not(None), table.c.trace.is_not(None)) if table is inbox else table.c.body.is_not(None)


def _ended(table: Table, before: datetime) -> ColumnElement[bool]:
    if table is not outbox:
        return table.c.finished_at < before
    # What clients fetch themselves has come to its end when it was written.
    held = and_(table.c.state == OutboxState.HELD, table.c.created_at < before)
    return or_(table.c.finished_at < before, held)
