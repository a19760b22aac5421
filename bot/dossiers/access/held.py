"""What access to dossiers keeps about a person, as ``bot.privacy`` tells and erases it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.ports import Clock
from bot.dossiers.access.counting_store import CountingStore
from bot.dossiers.access.desk import Stores
from bot.privacy.held import Held


class HeldAccess:
    """See ``HoldsData``."""

    name = "dossier access"
    tables = frozenset({"dossier_asked", "dossier_challenge", "dossier_access", "dossier_lookup"})

    def __init__(self, stores: Stores, counting: CountingStore, clock: Clock) -> None:
        """Take what is kept, and what time it is."""
        self._stores = stores
        self._counting = counting
        self._clock = clock

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        person = self._stores.marks.person(ref)
        open_now = await self._stores.access.count(session, person, self._clock())
        made = await self._stores.lookups.count(session, person)
        held = [Held("utter_held_access", {"count": str(open_now)})] if open_now else []
        return [*held, Held("utter_held_lookups", {"count": str(made)})] if made else held

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``. Owners still see when their dossier was looked at: that there was a person is lost.

        The amounts by which limits are kept stay until the day ends: else asking to be forgotten would be a way around.
        They tell of nobody what was asked.
        """
        person = self._stores.marks.person(ref)
        await self._stores.access.end(session, person)
        await self._stores.challenges.end(session, person)
        await self._stores.lookups.lose(session, person)
        await self._counting.lose(session, person)
