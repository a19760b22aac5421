"""What the Official Account keeps about a person, for them to see and delete; see ``HoldsData``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.channels.zalo_oa.events import NAME
from bot.channels.zalo_oa.tables import zalo_interaction
from bot.privacy.held import Held


class HeldInteractions:
    """When a person last wrote: decides whether Zalo lets us write first. The request to delete leaves such a row anew."""

    name = NAME
    tables = frozenset({zalo_interaction.name})

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        if ref.channel != NAME:
            return []
        last = (await session.execute(select(zalo_interaction.c.last_at).where(_of(ref)))).scalar_one_or_none()
        return [Held("utter_held_interaction", {"day": f"{last:%d/%m/%Y}"})] if last is not None else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        if ref.channel == NAME:
            await session.execute(delete(zalo_interaction).where(_of(ref)))


def _of(ref: Ref) -> ColumnElement[bool]:
    return and_(zalo_interaction.c.account == ref.account, zalo_interaction.c.person == ref.conversation)
