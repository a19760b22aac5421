"""Writes into the console's log what editors do."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.official import Official
from bot.console.routing import Visit
from bot.delivery.ports import Transactions


class Audit(Protocol):
    """The console's log."""

    async def note(
        self, session: AsyncSession, official: Official, what: str, about: str, why: str, at: datetime
    ) -> None:
        """Write down who did what."""
        ...


async def note(
    audit: Audit | None, transactions: Transactions, visit: Visit, what: str, about: str, why: str = ""
) -> None:
    """Write down who did what; nothing where there is no log."""
    if audit is not None:
        async with transactions.write() as session:
            await audit.note(session, visit.official, what, about, why, visit.at)
