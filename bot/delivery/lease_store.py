"""Which process has which conversation, within the caller's transaction; PostgreSQL alone, and by its clock."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import DateTime, Table, and_, delete, exists, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.channels.contract import Ref
from bot.delivery.places import columns_of, places, values_of
from bot.delivery.tables import UNSENT, InboxState, inbox, lease, outbox, worker

CHANNEL = "motcua_delivery"
"""Of ``NOTIFY``."""
AT_ONCE = 256
"""Free conversations that one round takes; the others are left for the next round or another process."""
KNOWN = 2000
"""Messages looked at in one round."""


@dataclass(frozen=True)
class Beat:
    """What a process learns when it says that it lives."""

    alive: bool
    """False when it was silent for too long: others have its conversations now."""
    processes: int


async def enter(session: AsyncSession, me: str, seconds: float) -> None:
    """Make a process known."""
    await session.execute(insert(worker).values(id=me, expires_at=_in(seconds)))


async def beat(session: AsyncSession, me: str, seconds: float) -> Beat:
    """Say that a process lives, and free the conversations of those who have been silent for too long."""
    mine = and_(worker.c.id == me, worker.c.expires_at > _now())
    renewed = update(worker).where(mine).values(expires_at=_in(seconds)).returning(worker.c.id)
    alive = (await session.execute(renewed)).first() is not None
    # Another process may be freeing the same at this moment; what it has locked is left to it.
    silent = select(worker.c.id).where(worker.c.expires_at <= _now()).with_for_update(skip_locked=True)
    await session.execute(delete(worker).where(worker.c.id.in_(silent)))
    count = await session.scalar(select(func.count()).select_from(worker))
    return Beat(alive, max(1, count or 0))


async def leave(session: AsyncSession, me: str) -> None:
    """Free all that a process holds."""
    await session.execute(delete(worker).where(worker.c.id == me))


async def claim(session: AsyncSession, me: str, refs: Collection[Ref]) -> set[Ref]:
    """Take the conversations that nobody has; return those that are this process's then."""
    if not refs:
        return set()
    # Locked against being freed meanwhile; a process that was freed takes nothing.
    alive = select(worker.c.id).where(worker.c.id == me).with_for_update(read=True, key_share=True)
    if (await session.execute(alive)).first() is None:
        return set()
    # In one order for all processes, so that none waits for the other crosswise.
    rows = [{**columns_of(ref), "owner": me} for ref in sorted(refs, key=values_of)]
    taking = postgresql.insert(lease)
    taken = taking.on_conflict_do_update(
        index_elements=list(lease.primary_key),
        set_={"owner": taking.excluded.owner},
        where=lease.c.owner == taking.excluded.owner,
    ).returning(*places(lease))
    return {Ref(row[0], row[1], row[2]) for row in await session.execute(taken, rows)}


async def release(session: AsyncSession, me: str, refs: Collection[Ref]) -> None:
    """Give conversations back."""
    if refs:
        chosen = and_(lease.c.owner == me, tuple_(*places(lease)).in_([values_of(ref) for ref in refs]))
        await session.execute(delete(lease).where(chosen))


async def free_ones(session: AsyncSession, channels: Collection[str], pushing: Collection[str]) -> list[Ref]:
    """Return conversations that have work and no process; those that another process looks at are passed over.

    Args:
        session: the caller's.
        channels: on which this process answers.
        pushing: to which it sends.
    """
    found: dict[Ref, None] = {}
    unanswered = and_(inbox.c.state == InboxState.NEW, inbox.c.channel.in_(channels))
    unsent = and_(outbox.c.state.in_(UNSENT), outbox.c.channel.in_(pushing))
    for table, open_ones in ((inbox, unanswered), (outbox, unsent)):
        chosen = select(*places(table)).where(open_ones, ~exists().where(*_same(table)))
        locked = chosen.order_by(table.c.id).limit(AT_ONCE).with_for_update(skip_locked=True)
        found.update({Ref(row[0], row[1], row[2]): None for row in await session.execute(locked)})
    return list(found)


async def open_messages(session: AsyncSession, me: str, channels: Collection[str]) -> list[tuple[int, Ref]]:
    """Return the unanswered messages of a process's conversations on these channels, in order of arrival."""
    chosen = select(inbox.c.id, *places(inbox)).join(lease, and_(*_same(inbox)))
    mine = chosen.where(lease.c.owner == me, inbox.c.state == InboxState.NEW, inbox.c.channel.in_(channels))
    rows = await session.execute(mine.order_by(inbox.c.id).limit(KNOWN))
    return [(row[0], Ref(row[1], row[2], row[3])) for row in rows]


async def unsent_ones(session: AsyncSession, me: str, channels: Collection[str]) -> list[Ref]:
    """Return a process's conversations in which something has to leave."""
    chosen = select(*places(outbox)).distinct().join(lease, and_(*_same(outbox)))
    mine = chosen.where(lease.c.owner == me, outbox.c.state.in_(UNSENT), outbox.c.channel.in_(channels))
    return [Ref(row[0], row[1], row[2]) for row in await session.execute(mine)]


async def waiting_in(session: AsyncSession, refs: Collection[Ref]) -> list[tuple[int, Ref]]:
    """Return the unanswered messages of some conversations, in order of arrival."""
    if not refs:
        return []
    here = tuple_(*places(inbox)).in_([values_of(ref) for ref in refs])
    chosen = select(inbox.c.id, *places(inbox)).where(inbox.c.state == InboxState.NEW, here)
    return [(row[0], Ref(row[1], row[2], row[3])) for row in await session.execute(chosen.order_by(inbox.c.id))]


async def finished_of(session: AsyncSession, ids: Collection[int]) -> set[int]:
    """Return those of some messages that came to their end."""
    chosen = select(inbox.c.id).where(inbox.c.id.in_(ids), inbox.c.state != InboxState.NEW)
    return set(await session.scalars(chosen))


async def signal(session: AsyncSession, content: dict[str, Any]) -> None:
    """Have all processes hear something once the transaction is committed."""
    await session.execute(select(func.pg_notify(CHANNEL, json.dumps(content, separators=(",", ":")))))


def _now() -> Any:
    return func.clock_timestamp(type_=DateTime(timezone=True))


def _in(seconds: float) -> Any:
    return _now() + timedelta(seconds=seconds)


def _same(table: Table) -> Iterable[ColumnElement[bool]]:
    return [lease.c[column.name] == column for column in places(table)]
