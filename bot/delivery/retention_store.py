"""Finding and blanking old messages within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.delivery.tables import UNSENT, InboxState, OutboxState, inbox, outbox

TOO_OLD = "waited too long: its words are deleted, and it is not sent any more"
"""What an operator reads beside a message that was given up for its age."""


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


async def has_stuck(session: AsyncSession, table: Table, before: datetime) -> bool:
    """Tell whether a message from before a moment still waits: for its turn, or to be sent."""
    chosen = select(table.c.id).where(_stuck(table, before)).limit(1)
    return (await session.execute(chosen)).first() is not None


async def give_up(session: AsyncSession, table: Table, before: datetime, now: datetime) -> int:
    """End what has waited since before a moment, and take its words out in the same statement; tell how many.

    All of a conversation at once: the parts of one reply are of the same moment and go together. A turn that is in hand
    finds its message ended and leaves nothing behind; a call that was read before finds its row ended and is not made.
    """
    ended = update(table).where(_stuck(table, before))
    values: dict[str, Any]
    if table is inbox:
        values = {"state": InboxState.FAILED, "body": None, "trace": None, "finished_at": now}
    else:
        values = {"state": OutboxState.DEAD, "body": None, "due_at": None, "finished_at": now, "detail": TOO_OLD}
    return len((await session.scalars(ended.values(values).returning(table.c.id))).all())


async def blank(session: AsyncSession, table: Table, ids: Sequence[int]) -> None:
    """Take the words out of messages."""
    empty = {"body": None, "trace": None} if table is inbox else {"body": None}
    await session.execute(update(table).where(table.c.id.in_(ids)).values(empty))


def _stuck(table: Table, before: datetime) -> ColumnElement[bool]:
    if table is inbox:
        return and_(table.c.state == InboxState.NEW, table.c.received_at < before)
    return and_(table.c.state.in_(UNSENT), table.c.created_at < before)


def _full(table: Table) -> ColumnElement[bool]:
    return or_(table.c.body.is_not(None), table.c.trace.is_not(None)) if table is inbox else table.c.body.is_not(None)


def _ended(table: Table, before: datetime) -> ColumnElement[bool]:
    if table is not outbox:
        return table.c.finished_at < before
    # What clients fetch themselves has come to its end when it was written.
    held = and_(table.c.state == OutboxState.HELD, table.c.created_at < before)
    return or_(table.c.finished_at < before, held)
