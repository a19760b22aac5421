"""What the database says after the fault test."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.tables import UNSENT, InboxState, inbox, outbox
from bot.unit_of_work import UnitOfWork, open_engine


@dataclass(frozen=True)
class Rows:
    """Counts of rows."""

    messages: int
    """In the inbox."""
    open: int
    """Not answered."""
    unsent: int
    """Replies that wait."""
    doubled: int
    """Messages that were answered twice."""
    repeated_attempts: int
    """Attempts to send beyond the first of each reply: after a crash, or when the platform said to wait."""


async def read_rows(url: str) -> Rows:
    """Count the rows."""
    work = UnitOfWork(open_engine(url))
    try:
        async with work.read() as session:
            return await _counted(session)
    finally:
        await work.close()


async def _counted(session: AsyncSession) -> Rows:
    async def count(*conditions: object) -> int:
        return await session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]

    # A reply's key is the message and the place: a second answer would begin at place 0 again under other ids.
    firsts = select(outbox.c.inbox_id).where(outbox.c.key.like("%.0")).group_by(outbox.c.inbox_id)
    twice = firsts.having(func.count() > 1)
    return Rows(
        messages=await count(inbox.c.id.is_not(None)),
        open=await count(inbox.c.state == InboxState.NEW),
        unsent=await count(outbox.c.state.in_(UNSENT)),
        doubled=len((await session.execute(twice)).all()),
        repeated_attempts=await session.scalar(select(func.coalesce(func.sum(outbox.c.attempts - 1), 0))) or 0,
    )
