"""Slips as the dialogue reads them, each question in a session of its own."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.postal.request import Parties, PostalRequest
from bot.postal.request_store import RequestStore


@dataclass(frozen=True)
class KeptRequests:
    """See ``bot.dialogue.post_slip_ports.ReadsSlips``."""

    transactions: Transactions
    store: RequestStore

    async def of(self, ref: Ref) -> tuple[PostalRequest, ...]:
        """See ``KeepsRequests.of``."""
        async with self.transactions.read() as session:
            return tuple(await self.store.of(session, ref))

    async def one(self, ref: Ref, request: str) -> PostalRequest | None:
        """See ``KeepsRequests.one``."""
        async with self.transactions.read() as session:
            return await self.store.one(session, ref, request)

    async def parties(self, draft: str) -> Parties | None:
        """See ``ReadsSlips.parties``."""
        async with self.transactions.read() as session:
            found = await self.store.draft(session, draft)
        return found.parties if found else None

    async def can_take_back(self, request: str) -> bool:
        """See ``ReadsSlips.can_take_back``."""
        async with self.transactions.read() as session:
            return await self.store.waits(session, request)
