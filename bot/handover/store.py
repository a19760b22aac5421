"""Reading and writing requests to speak to a person within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.handover.tables import handover_request as table
from bot.privacy.held import Held

OPEN = "open"
CLOSED = "closed"
TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class OpenRequest:
    """A citizen who waits for a person."""

    id: int
    ref: Ref
    question: str
    """Masked; empty for none."""
    asked_at: datetime


class HandOverStore:
    """Requests of one database session; also what ``bot.privacy`` asks about them."""

    name = "handover"
    tables = frozenset({table.name})

    async def ask(self, session: AsyncSession, ref: Ref, question: str, at: datetime) -> int | None:
        """Note a request and return its number; ``None`` when the conversation has an open one (turns come one at a time)."""
        if await self.is_open(session, ref):
            return None
        row = {**_columns(ref), "question": question, "asked_at": at, "state": OPEN}
        number: int | None = await session.scalar(insert(table).values(row).returning(table.c.id))
        return number

    async def count_open(self, session: AsyncSession) -> int:
        """Return how many requests are open."""
        counted = select(func.count()).select_from(table).where(table.c.state == OPEN)
        return (await session.execute(counted)).scalar_one()

    async def take_back(self, session: AsyncSession, ref: Ref, at: datetime) -> None:
        """End the open request of a conversation, if there is one."""
        ended = update(table).where(_of(ref), table.c.state == OPEN)
        await session.execute(ended.values(state=TAKEN_BACK, ended_at=at))

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Delete the requests that ended before a moment; tell how many."""
        gone = await session.execute(delete(table).where(table.c.ended_at < before))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    async def is_open(self, session: AsyncSession, ref: Ref) -> bool:
        """Tell whether a conversation has an open request."""
        chosen = select(table.c.id).where(_of(ref), table.c.state == OPEN)
        return (await session.execute(chosen)).first() is not None

    async def waiting(self, session: AsyncSession) -> list[OpenRequest]:
        """Return the open requests, the oldest first."""
        rows = await session.execute(select(table).where(table.c.state == OPEN).order_by(table.c.id))
        return [
            OpenRequest(row.id, Ref(row.channel, row.account, row.conversation), row.question, row.asked_at)
            for row in rows
        ]

    async def close(self, session: AsyncSession, number: int, at: datetime) -> bool:
        """Close one request; tell whether it was open."""
        ended = update(table).where(table.c.id == number, table.c.state == OPEN).returning(table.c.id)
        return (await session.execute(ended.values(state=CLOSED, ended_at=at))).first() is not None

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        count = (await session.execute(select(func.count()).select_from(table).where(_of(ref)))).scalar_one()
        return [Held("utter_held_person", {"count": str(count)})] if count else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        await session.execute(delete(table).where(_of(ref)))


def _columns(ref: Ref) -> dict[str, str]:
    return {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}


def _of(ref: Ref) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _columns(ref).items()))
