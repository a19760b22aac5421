"""What each module that keeps something about people implements, to be told and erased by message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.privacy.held import Held


class HoldsData(Protocol):
    """Keeps something about the person behind a conversation."""

    name: str

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """Return what is kept, and for each kind whether a law keeps it from being deleted."""
        ...

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """Delete all of it that no law keeps.

        Args:
            session: of the turn.
            ref: the person's conversation.
            keep: inbox id of the message that asked for it; its reply must still go out.
        """
        ...
