"""Drafts of feedback as the dialogue reads them, and as they end in the conversation when nobody goes on with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.dialogue.flows.feedback_story import FORM
from bot.dialogue.state import ConversationState
from feedback.draft_store import DraftStore
from feedback.record import Sender

CountsFiles = Callable[[AsyncSession, str], Awaitable[int]]
"""Counts a draft's files."""
DropsFiles = Callable[[AsyncSession, str], Awaitable[object]]
"""Takes a draft's files off it; their bytes are swept afterwards."""
ChangesState = Callable[[AsyncSession, Ref, Callable[[ConversationState], ConversationState]], Awaitable[bool]]
"""See ``StateStore.change``."""


async def no_files(_: AsyncSession, __: str) -> int:
    """Know no files."""
    return 0


@dataclass(frozen=True)
class KeptDrafts:
    """See ``bot.dialogue.feedback_ports.ReadsDrafts``."""

    transactions: Transactions
    store: DraftStore
    count: CountsFiles = no_files

    async def contact(self, draft: str) -> Sender | None:
        """See ``ReadsDrafts.contact``."""
        async with self.transactions.read() as session:
            return await self.store.contact(session, draft)

    async def files(self, draft: str) -> int:
        """See ``ReadsDrafts.files``."""
        async with self.transactions.read() as session:
            return await self.count(session, draft)


@dataclass(frozen=True)
class StaleDrafts:
    """Deletes drafts that are too old: their words in the conversation, contact data, files."""

    store: DraftStore
    change: ChangesState
    drops_files: DropsFiles

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Forget what is too old; tell how much."""
        gone = 0
        for draft, where in await self.store.expired(session, now):
            ref = Ref(where.channel, where.account, where.conversation)
            await self.change(session, ref, partial(without, draft=draft))
            await self.drops_files(session, draft)
            await self.store.drop(session, draft)
            gone += 1
        return gone


def without(state: ConversationState, draft: str) -> ConversationState:
    """Return a state without the form of a draft."""
    kept = tuple(one for one in state.flows if one.name != FORM or one.answers.get("draft") != draft)
    return state if len(kept) == len(state.flows) else msgspec.structs.replace(state, flows=kept)
