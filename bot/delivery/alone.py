"""The only process on a database: all conversations are its own."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.patrol import Patrol
from bot.delivery.ports import Transactions
from bot.delivery.records import Added, Arrival, FinishedTurn
from bot.delivery.sharing import Workers
from bot.delivery.store import DeliveryStore

logger = logging.getLogger(__name__)

PATROL_SECONDS = 5.0
"""How often the outbox is looked at for what an operator wants sent again."""


class Alone:
    """See ``Share``."""

    def __init__(self, store: DeliveryStore, transactions: Transactions) -> None:
        """Take the tables and the unit of work."""
        self._store = store
        self._transactions = transactions
        self._patrol: Patrol | None = None
        self._workers: Workers | None = None

    async def start(self, workers: Workers) -> None:
        """Take up what an earlier process left unfinished."""
        async with self._transactions.write() as session:
            await self._store.note_recovery(session, workers.channels)
            unfinished = await self._store.unfinished(session, workers.channels)
            interrupted = await self._store.outbox.interrupted(session, workers.pushing)
        if unfinished:
            logger.info("Taking up %d unfinished messages.", len(unfinished))
        if interrupted:
            logger.warning("%d messages were being sent when a process ended; they may arrive twice.", interrupted)
        for received in unfinished:
            workers.post(received)
        self._workers = workers
        if workers.pushing:
            self._patrol = Patrol(lambda: self._look(workers), PATROL_SECONDS)
            self._patrol.start()

    async def quiet(self) -> None:
        """See ``Share.quiet``."""
        if self._patrol is not None:
            await self._patrol.stop()

    async def stop(self) -> None:
        """Let go of nothing: nobody else is there."""

    def owner(self, ref: Ref) -> str | None:
        """Hold everything."""
        return ""

    def left(self, ref: Ref) -> float:
        """Hold everything for ever."""
        return math.inf

    async def add(self, session: AsyncSession, arrivals: Sequence[Arrival]) -> list[Added]:
        """See ``Share.add``."""
        return await self._store.add(session, arrivals)

    def taken(self, added: Added) -> None:
        """Hold everything anyway."""

    async def finish(self, session: AsyncSession, turns: Sequence[FinishedTurn]) -> list[None]:
        """See ``Share.finish``."""
        return await self._store.finish(session, turns)

    async def announced(self, session: AsyncSession, ref: Ref) -> None:
        """Tell nobody: nobody else is there."""

    async def pending(self, session: AsyncSession, ref: Ref) -> bool:
        """See ``Share.pending``; what has to be answered is known in memory."""
        return self._workers is not None and self._workers.waiting.pending(ref)

    async def _look(self, workers: Workers) -> None:
        async with self._transactions.read() as session:
            found = await self._store.outbox.conversations(session, workers.pushing)
        for ref in found:
            if not workers.busy(ref):
                workers.wake(ref)
