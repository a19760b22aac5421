"""What feedback keeps about the person behind a conversation: told and erased by message; the register stays by law."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.privacy.held import Held
from feedback.asking import StatusDesk
from feedback.beside.tables import note
from feedback.keeping_store import KeepingStore
from feedback.record import Address
from feedback.tables import access, answer, attachment, draft, event, follower, outgoing, record, sender


class HeldFeedback:
    """See ``KeepsByLaw``."""

    name = "feedback"
    tables = frozenset(
        table.name for table in (record, sender, draft, event, answer, attachment, follower, access, outgoing, note)
    )

    def __init__(self, store: KeepingStore, status: StatusDesk, clock: Callable[[], datetime]) -> None:
        """Take the store, what remembers second facts that were proven, and the clock."""
        self._store = store
        self._status = status
        self._clock = clock

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        own = await self._store.own(session, _address(ref))
        kept = [
            Held("utter_held_feedback", {"count": str(own.records)}, "utter_kept_feedback") if own.records else None,
            Held("utter_held_feedback_practice", {"count": str(own.practised)}) if own.practised else None,
            Held("utter_held_feedback_followed", {"count": str(own.followed)}) if own.followed else None,
        ]
        return [one for one in kept if one]

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        await self._store.erase(session, _address(ref), self._clock())
        await self._status.lose(session, _address(ref))

    async def restrict(self, session: AsyncSession, ref: Ref, at: datetime) -> None:
        """See ``KeepsByLaw.restrict``."""
        await self._store.restrict(session, _address(ref), at)


def _address(ref: Ref) -> Address:
    return Address(ref.channel, ref.account, ref.conversation)
