"""Counts and slows down within the caller's transaction, so that those who try side by side stand in one row; never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.statements import insertion
from bot.dossiers.access.limits import Slope, day_of
from bot.dossiers.access.tables import amount, asked, patience

LONG_AGO = timedelta(days=7)
"""After so long without a try its row tells nothing any more: the slowest slope has forgotten dozens of tries."""


@dataclass(frozen=True)
class Tries:
    """How many tries of one subject still count, and when the next one does."""

    level: float
    tried_at: datetime
    until: datetime


class CountingStore:
    """Amounts in a day or an hour, and slopes."""

    async def ask(self, session: AsyncSession, person: bytes, code: bytes, day: datetime) -> bool:
        """Note that a person asks about a code; tell whether it is a new one today."""
        row = {"person": person, "code": code, "day": day}
        noted = await session.execute(insertion(session, asked).values(row).on_conflict_do_nothing())
        return isinstance(noted, CursorResult) and noted.rowcount == 1

    async def add(self, session: AsyncSession, counted: Mapping[bytes, datetime]) -> Mapping[bytes, int]:
        """Count one more of each subject, in the day or hour that began then, and return how many there are."""
        # In one order everywhere, so that two who need the same rows wait for each other instead of locking each other out.
        rows = [{"subject": subject, "since": since, "amount": 1} for subject, since in sorted(counted.items())]
        noted = insertion(session, amount)
        one_more = noted.on_conflict_do_update(
            index_elements=[amount.c.subject, amount.c.since], set_={"amount": amount.c.amount + 1}
        )
        found = await session.execute(one_more.returning(amount.c.subject, amount.c.amount), rows)
        return {row.subject: row.amount for row in found}

    async def tries(self, session: AsyncSession, subjects: Sequence[bytes], now: datetime) -> Mapping[bytes, Tries]:
        """Return the tries of some subjects and keep everybody else from counting them until the transaction ends."""
        ordered = sorted(set(subjects))
        rows = [{"subject": one, "level": 0.0, "tried_at": now, "until": now} for one in ordered]
        await session.execute(insertion(session, patience).on_conflict_do_nothing(), rows)
        chosen = select(patience).where(patience.c.subject.in_(ordered)).order_by(patience.c.subject)
        found = await session.execute(chosen.with_for_update())
        return {row.subject: Tries(row.level, row.tried_at, row.until) for row in found}

    async def try_again(
        self, session: AsyncSession, held: Mapping[bytes, Tries], slopes: Mapping[bytes, Slope], now: datetime
    ) -> None:
        """Count a try of each subject that has a slope; those that have none stay as they are."""
        rows = []
        for subject, tries in sorted(held.items()):
            if (slope := slopes.get(subject)) is None:
                continue
            level = slope.level(tries.level, max(now - tries.tried_at, timedelta(0))) + 1
            rows.append({"at": subject, "level": level, "tried_at": now, "until": now + slope.delay(level)})
        await self._write(session, rows)

    async def give_back(self, session: AsyncSession, slopes: Mapping[bytes, Slope], now: datetime) -> None:
        """Take back what a try was counted that turned out to be the owner's."""
        rows = []
        for subject, tries in sorted((await self.tries(session, list(slopes), now)).items()):
            level = max(0.0, tries.level - 1)
            until = min(tries.until, tries.tried_at + slopes[subject].delay(level))
            rows.append({"at": subject, "level": level, "tried_at": tries.tried_at, "until": until})
        await self._write(session, rows)

    async def lose(self, session: AsyncSession, person: bytes) -> None:
        """Forget which codes a person asked about; that there were so many still counts until the day ends."""
        await session.execute(delete(asked).where(asked.c.person == person))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete what no longer counts; tell how much."""
        gone = 0
        for old in (
            delete(asked).where(asked.c.day < day_of(now)),
            delete(amount).where(amount.c.since < day_of(now)),
            delete(patience).where(patience.c.tried_at < now - LONG_AGO),
        ):
            result = await session.execute(old)
            gone += result.rowcount if isinstance(result, CursorResult) else 0
        return gone

    async def _write(self, session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            at = update(patience).where(patience.c.subject == bindparam("at"))
            names = ("level", "tried_at", "until")
            connection = await session.connection()
            await connection.execute(at.values({name: bindparam(name) for name in names}), list(rows))
