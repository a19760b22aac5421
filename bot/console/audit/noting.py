"""Writes into the console's log what is done on pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.audit.entry import What
from bot.console.audit.store import Audit, Wanted
from bot.console.files import Taken
from bot.console.official import Official
from bot.delivery.ports import Transactions

HOUR = timedelta(hours=1)
REFUSALS = 10
"""Of one account that are noted within an hour."""
NO_MORE = "còn nữa thì trong một giờ này không ghi thêm"


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


@dataclass(frozen=True)
class GuardNotes:
    """What the guard writes down; see ``bot.console.routing.Notes``."""

    transactions: Transactions
    audit: Audit

    async def taken(self, official: Official, taken: Taken, at: datetime) -> None:
        """Note a file that leaves the house."""
        await Noting(self.transactions, self.audit).with_reason(official, What.EXPORTED, taken.about, taken.why, at)

    async def refused(self, official: Official, what: str, at: datetime) -> None:
        """Note a refusal: the first ones of an hour, so that nobody fills the log by asking for everything."""
        lately = Wanted(official.account, What.REFUSED, since=at - HOUR)
        async with self.transactions.read() as session:
            before = len(await self.audit.page(session, lately, REFUSALS))
        if before < REFUSALS:
            why = NO_MORE if before == REFUSALS - 1 else ""
            await Noting(self.transactions, self.audit).with_reason(official, What.REFUSED, what, why, at)
