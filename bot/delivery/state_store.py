"""Changes what a conversation remembers without a turn: retention takes words out of it. Within the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import CursorResult, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.delivery.places import of
from bot.delivery.sealing import Sealing
from bot.delivery.tables import conversation
from bot.dialogue.state import ConversationState


class StateStore:
    """The states of conversations; a turn that is going on meanwhile is told and tried again."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is kept at rest."""
        self._sealing = Sealing(cipher)

    async def change(
        self, session: AsyncSession, ref: Ref, change: Callable[[ConversationState], ConversationState]
    ) -> bool:
        """Change a state; tell whether that was done.

        Args:
            session: the caller's.
            ref: the conversation.
            change: gives the new state, or the same one for no change. Pure.
        """
        chosen = select(conversation.c.version, conversation.c.state).where(of(conversation, ref))
        row = (await session.execute(chosen)).one_or_none()
        if row is None:
            return False
        try:
            before = self._sealing.open_state(row.state, ref)
        except UnreadableError:
            return False  # it starts afresh with the next turn
        after = change(before)
        if after == before:
            return False
        mine = update(conversation).where(of(conversation, ref), conversation.c.version == row.version)
        result = await session.execute(mine.values(version=row.version + 1, state=self._sealing.state(after, ref)))
        return isinstance(result, CursorResult) and result.rowcount == 1
