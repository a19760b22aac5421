"""Writes into the console's log what is done on pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.audit.entry import What
from bot.console.files import Taken
from bot.console.official import Official
from bot.delivery.ports import Transactions


class NotesActions(Protocol):
    """The console's log, within a transaction of the caller's."""

    async def note(
        self, session: AsyncSession, official: Official, what: str, about: str, why: str, at: datetime
    ) -> None:
        """Note what an official did, to what, and why."""
        ...


@dataclass(frozen=True)
class Noting:
    """The same, in transactions of its own."""

    transactions: Transactions
    log: NotesActions

    async def with_reason(self, official: Official, what: str, about: str, why: str, at: datetime) -> None:
        """Note what an official did, and why."""
        async with self.transactions.write() as session:
            await self.log.note(session, official, what, about, why, at)

    async def plain(self, official: Official, what: str, about: str, at: datetime) -> None:
        """Note what an official did as a part of the work, which is its reason."""
        await self.with_reason(official, what, about, "", at)

    async def taken(self, official: Official, taken: Taken, at: datetime) -> None:
        """Note a file that leaves the house; see ``bot.console.routing.NotesFiles``."""
        await self.with_reason(official, What.EXPORTED, taken.about, taken.why, at)
