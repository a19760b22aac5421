"""Keeps failures within the caller's transaction; never commits. A try counts as a failure until it proves good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.delay import CALM, Failures, Growth
from bot.console.accounts.tables import official_patience as table
from feedback.inserting import insertion

Key = tuple[bytes, Growth]
"""Whose failures, and how the wait grows with them."""


class PatienceStore:
    """The failures of one database."""

    async def take(self, session: AsyncSession, keys: Sequence[Key], now: datetime) -> timedelta:
        """Count a try for each key, unless one has to wait: then nothing is counted and the wait is returned.

        Tries at the same time wait for each other, so that none goes beside the count.
        """
        found: list[tuple[Key, Failures]] = []
        # In one order, or two tries could wait for each other.
        for who, growth in sorted(keys, key=lambda key: key[0]):
            new = {"who": who, "failures": 0, "last_at": now, "until": now}
            put = insertion(session, table).values(new).on_conflict_do_nothing(index_elements=[table.c.who])
            await session.execute(put)
            chosen = select(table).where(table.c.who == who).with_for_update()
            row = (await session.execute(chosen)).one()
            found.append(((who, growth), Failures(row.failures, row.last_at, row.until)))
        wait = max((failures.left(now) for _, failures in found), default=timedelta())
        if wait:
            return wait
        for (who, growth), failures in found:
            await self._put(session, who, failures.one_more(growth, now))
        return wait

    async def give_back(self, session: AsyncSession, keys: Iterable[Key]) -> None:
        """Take back the last try: it was good as far as it went, and what failed before it still counts."""
        for who, _ in sorted(keys, key=lambda key: key[0]):
            chosen = select(table).where(table.c.who == who).with_for_update()
            row = (await session.execute(chosen)).one_or_none()
            if row is not None:
                await self._put(session, who, Failures(row.failures, row.last_at, row.until).one_less())

    async def clear(self, session: AsyncSession, who: bytes) -> None:
        """Forget the failures of an account or a browser: it proved itself whole."""
        await session.execute(delete(table).where(table.c.who == who))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete what counts no longer; tell how much."""
        gone = await session.execute(delete(table).where(table.c.last_at < now - CALM))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    async def _put(self, session: AsyncSession, who: bytes, failures: Failures) -> None:
        values = {"failures": failures.count, "last_at": failures.last_at, "until": failures.until}
        await session.execute(update(table).where(table.c.who == who).values(values))
