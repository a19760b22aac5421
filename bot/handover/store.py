"""Reading and writing requests to speak to a person within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Row, Update, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.handover.tables import handover_request as table
from bot.privacy.held import Held

OPEN = "open"
TAKEN = "taken"
CLOSED = "closed"
TAKEN_BACK = "taken_back"


STANDING = (OPEN, TAKEN)
"""Somebody waits, or is being answered."""
LATEST = 30
"""How many of the latest takings tell how long people wait."""


@dataclass(frozen=True)
class OpenRequest:
    """A citizen who waits for a person, or talks with one."""

    id: int
    ref: Ref
    question: str
    """Masked; empty for none."""
    asked_at: datetime
    language: str = "vi"
    official: str = ""
    """Account of who talks with the person; empty while nobody does."""
    unit: str = ""
    """Code of the unit whose it is; empty for the receiving unit's."""
    note: str = ""
    """Of who passed it on to that unit, masked."""


class HandOverStore:
    """Requests of one database session; also what ``bot.privacy`` asks about them."""

    name = "handover"
    tables = frozenset({table.name})

    async def ask(
        self, session: AsyncSession, ref: Ref, question: str, at: datetime, language: str = "vi", unit: str = ""
    ) -> int | None:
        """Note a request and return its number; ``None`` when the conversation has one (turns come one at a time)."""
        if await self.is_open(session, ref):
            return None
        asked = {"question": question, "asked_at": at, "state": OPEN, "language": language, "unit": unit}
        row = {**_columns(ref), **asked}
        number: int | None = await session.scalar(insert(table).values(row).returning(table.c.id))
        return number

    async def count_open(self, session: AsyncSession) -> int:
        """Return how many requests are open."""
        counted = select(func.count()).select_from(table).where(table.c.state == OPEN)
        return (await session.execute(counted)).scalar_one()

    async def take_back(self, session: AsyncSession, ref: Ref, at: datetime) -> None:
        """End the request of a conversation, if there is one."""
        ended = update(table).where(_of(ref), table.c.state.in_(STANDING))
        await session.execute(ended.values(state=TAKEN_BACK, ended_at=at))

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Delete the requests that ended before a moment; tell how many."""
        gone = await session.execute(delete(table).where(table.c.ended_at < before))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    async def is_open(self, session: AsyncSession, ref: Ref) -> bool:
        """Tell whether somebody of a conversation waits for a person, or talks with one."""
        chosen = select(table.c.id).where(_of(ref), table.c.state.in_(STANDING))
        return (await session.execute(chosen)).first() is not None

    async def waiting(self, session: AsyncSession, *, taken: bool = False) -> list[OpenRequest]:
        """Return the open requests, the oldest first.

        Args:
            session: to read in.
            taken: whether those that an official took are among them.
        """
        states = STANDING if taken else (OPEN,)
        rows = await session.execute(select(table).where(table.c.state.in_(states)).order_by(table.c.id))
        return [_request(row) for row in rows]

    async def standing(self, session: AsyncSession, number: int) -> OpenRequest | None:
        """Return a request that waits or is being answered; ``None`` for an ended or unknown one."""
        chosen = select(table).where(table.c.id == number, table.c.state.in_(STANDING))
        row = (await session.execute(chosen)).one_or_none()
        return _request(row) if row is not None else None

    async def held(self, session: AsyncSession, number: int, official: str) -> OpenRequest | None:
        """Return a request that is in an official's hands; ``None`` for any other."""
        request = await self.standing(session, number)
        return request if request is not None and request.official == official else None

    async def take(self, session: AsyncSession, number: int, official: str, at: datetime) -> bool:
        """Give an open request to an official; tell whether nobody else had it before."""
        first = func.coalesce(table.c.taken_at, at)
        taken = update(table).where(table.c.id == number, table.c.state == OPEN).returning(table.c.id)
        values = {"state": TAKEN, "official": official, "taken_at": first}
        return (await session.execute(taken.values(values))).first() is not None

    async def let_go(self, session: AsyncSession, number: int, official: str) -> bool:
        """Open a request again that an official had taken; tell whether it was theirs."""
        mine = _taken_by(number, official).returning(table.c.id)
        return (await session.execute(mine.values(state=OPEN, official=None))).first() is not None

    async def pass_on(self, session: AsyncSession, number: int, official: str, unit: str, note: str) -> bool:
        """Give a request that is open, or in an official's hands, to a unit; tell whether it was so."""
        free = (table.c.state == OPEN) | ((table.c.state == TAKEN) & (table.c.official == official))
        passed = update(table).where(table.c.id == number, free).returning(table.c.id)
        values = {"state": OPEN, "official": None, "unit": unit, "note": note}
        return (await session.execute(passed.values(values))).first() is not None

    async def end(self, session: AsyncSession, number: int, official: str, at: datetime) -> bool:
        """End a request that an official had taken; tell whether it was theirs."""
        mine = _taken_by(number, official).returning(table.c.id)
        return (await session.execute(mine.values(state=CLOSED, ended_at=at))).first() is not None

    async def waits(self, session: AsyncSession, since: datetime) -> list[tuple[datetime, datetime]]:
        """Return when the latest requests were made and first taken, of those taken since a moment."""
        chosen = select(table.c.asked_at, table.c.taken_at).where(table.c.taken_at >= since)
        rows = await session.execute(chosen.order_by(table.c.taken_at.desc()).limit(LATEST))
        return [(row.asked_at, row.taken_at) for row in rows]

    async def close(self, session: AsyncSession, number: int, at: datetime) -> bool:
        """Close one request, whoever has it; tell whether it was still standing."""
        ended = update(table).where(table.c.id == number, table.c.state.in_(STANDING)).returning(table.c.id)
        return (await session.execute(ended.values(state=CLOSED, ended_at=at))).first() is not None

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        count = (await session.execute(select(func.count()).select_from(table).where(_of(ref)))).scalar_one()
        return [Held("utter_held_person", {"count": str(count)})] if count else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        await session.execute(delete(table).where(_of(ref)))


def _request(row: Row[Any]) -> OpenRequest:
    ref = Ref(row.channel, row.account, row.conversation)
    return OpenRequest(
        row.id, ref, row.question, row.asked_at, row.language, row.official or "", row.unit, row.note or ""
    )


def _taken_by(number: int, official: str) -> Update:
    return update(table).where(table.c.id == number, table.c.state == TAKEN, table.c.official == official)


def _columns(ref: Ref) -> dict[str, str]:
    return {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}


def _of(ref: Ref) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _columns(ref).items()))
