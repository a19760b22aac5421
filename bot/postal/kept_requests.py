"""Slips as the dialogue reads them, and half-filled ones as they end in the conversation when nobody goes on with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.dialogue.flows.post_slip_who import FORM
from bot.dialogue.state import ConversationState
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


ChangesState = Callable[[AsyncSession, Ref, Callable[[ConversationState], ConversationState]], Awaitable[bool]]
"""See ``StateStore.change``."""


@dataclass(frozen=True)
class StaleSlips:
    """Deletes what is too old: slips, and half-filled ones with their words in the conversation."""

    store: RequestStore
    change: ChangesState
    kept: timedelta
    """How long a finished slip is kept since it was last touched."""

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Forget what is too old; tell how much."""
        for id, ref in await self.store.stale(session, now):
            await self.change(session, ref, partial(without, id=id))
        return await self.store.forget(session, now, self.kept)


def without(state: ConversationState, id: str) -> ConversationState:
    """Return a state without the form of a slip."""
    kept = tuple(one for one in state.flows if one.name != FORM or one.answers.get("id") != id)
    return state if len(kept) == len(state.flows) else msgspec.structs.replace(state, flows=kept)
