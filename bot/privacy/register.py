"""All modules that keep something about people, asked together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.privacy.held import Held
from bot.privacy.ports import HoldsData, KeepsByLaw


@dataclass(frozen=True)
class PrivacyRegister:
    """Every module that holds data is entered here; the dialogue reads it, a turn's effects erase by it."""

    transactions: Transactions
    holders: Sequence[HoldsData]

    async def about(self, ref: Ref) -> Sequence[Held]:
        """Return what all modules keep about a person; see ``Holdings``."""
        async with self.transactions.read() as session:
            return [held for holder in self.holders for held in await holder.describe(session, ref)]

    async def erase(self, session: AsyncSession, ref: Ref, keep: int, at: datetime) -> None:
        """Delete everything that no law keeps and restrict the use of the rest, in the caller's transaction."""
        for holder in self.holders:
            await holder.erase(session, ref, keep)
            if isinstance(holder, KeepsByLaw):
                await holder.restrict(session, ref, at)
