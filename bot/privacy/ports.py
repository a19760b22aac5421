"""What each module that keeps something about people implements, to be told and erased by message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.privacy.held import Held


class HoldsData(Protocol):
    """Keeps something about the person behind a conversation."""

    name: str
    tables: frozenset[str]
    """Names of the tables whose rows belong to a person; a test holds every such table to having a holder."""

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


@runtime_checkable
class KeepsByLaw(HoldsData, Protocol):
    """Keeps a register that a law forbids to delete: what stays in it is used for nothing else any more.

    Its rows stay when their person asks for deletion, also on Zalo itself (``user_withdraw``); the register of feedback will
    be one. (Of a dossier's look-ups nothing stays that says whose they were.) ``describe`` names such rows with ``kept_because``, and everything that reads them asks
    ``bot.privacy.restriction.may_use`` first.
    """

    async def restrict(self, session: AsyncSession, ref: Ref, at: datetime) -> None:
        """Note from when on the rows that stay serve the law alone; a moment that is noted already stays.

        Args:
            session: of the turn.
            ref: the person's conversation.
            at: when the person asked for deletion.
        """
        ...
