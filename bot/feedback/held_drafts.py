"""Drafts of feedback, told and erased by message: the contact data given on the form page, and the files with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.privacy.held import Held
from feedback.draft_store import DraftStore
from feedback.record import Address
from feedback.tables import draft

DropsFiles = Callable[[AsyncSession, str], Awaitable[int]]
"""Takes all files off a draft; see ``feedback.attachments.service.Attachments.drop_draft``."""


class HeldDrafts:
    """See ``HoldsData``."""

    name = "drafts of feedback"
    tables = frozenset({draft.name})

    def __init__(self, store: DraftStore, drop_files: DropsFiles) -> None:
        """Take the drafts, and what takes their files off."""
        self._store = store
        self._drop_files = drop_files

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        count = len(await self._store.of(session, _address(ref)))
        return [Held("utter_held_feedback_draft", {"count": str(count)})] if count else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        for id in await self._store.of(session, _address(ref)):
            await self._drop_files(session, id)
            await self._store.drop(session, id)


def _address(ref: Ref) -> Address:
    return Address(ref.channel, ref.account, ref.conversation)
