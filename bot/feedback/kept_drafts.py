"""Drafts of feedback as the dialogue reads them, as their person is told of them, and as they end when nobody goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.privacy.held import Held
from feedback.draft_store import DraftStore
from feedback.record import Address, Sender

CountsFiles = Callable[[AsyncSession, str], Awaitable[int]]
"""Counts a draft's files."""
DropsFiles = Callable[[AsyncSession, str], Awaitable[int]]
"""Takes a draft's files off it; returns how many they were."""


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


class HeldDrafts:
    """See ``HoldsData``."""

    name = "feedback drafts"
    tables = frozenset({"feedback_draft"})

    def __init__(self, store: DraftStore, drop_files: DropsFiles = no_files) -> None:
        """Take what is kept, and what takes files off a draft."""
        self._store = store
        self._drop_files = drop_files

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        count = await self._store.count(session, _address(ref))
        return [Held("utter_held_drafts", {"count": str(count)})] if count else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        for draft in await self._store.ids(session, _address(ref)):
            await self._drop_files(session, draft)
            await self._store.drop(session, draft)


def _address(ref: Ref) -> Address:
    return Address(ref.channel, ref.account, ref.conversation)


async def forget_drafts(
    store: DraftStore,
    drop_files: DropsFiles,
    unbegin: Callable[[AsyncSession, Ref, str], Awaitable[None]],
    session: AsyncSession,
    now: datetime,
) -> int:
    """Forget drafts that are too old, with their files and what the conversation remembers of them; tell how many.

    Args:
        store: of the drafts.
        drop_files: takes files off a draft.
        unbegin: takes a draft's words out of its conversation.
        session: the caller's.
        now: the present moment.
    """
    gone = await store.expired(session, now)
    for draft, where in gone:
        await drop_files(session, draft)
        await unbegin(session, Ref(where.channel, where.account, where.conversation), draft)
        await store.drop(session, draft)
    return len(gone)
