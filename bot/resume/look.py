"""Looks resume codes up for the dialogue, which only reads."""

from __future__ import annotations

from dataclasses import dataclass

from bot.delivery.ports import Clock, Transactions
from bot.resume.snapshot import Snapshot
from bot.resume.store import ResumeStore


@dataclass(frozen=True)
class CodeLook:
    """See ``ResumeCodes``."""

    transactions: Transactions
    store: ResumeStore
    clock: Clock

    async def peek(self, code: str) -> Snapshot | None:
        """Return what a code carries; ``None`` for one that is unknown, used or expired."""
        async with self.transactions.read() as session:
            return await self.store.peek(session, code, self.clock())
