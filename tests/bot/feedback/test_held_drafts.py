"""Whoever asks for deletion is rid of a half-written matter too."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.feedback.held_drafts import HeldDrafts
from bot.unit_of_work import UnitOfWork
from feedback.draft_store import DraftStore
from feedback.record import Address
from tests.bot.messages import NOW, ref
from tests.feedback.fakes import OpenSeals

STORE = DraftStore(OpenSeals())
TIMES = NOW, NOW + timedelta(days=7)


async def test_ones_own_drafts_go_with_their_files_and_no_other(database: UnitOfWork) -> None:
    dropped: list[str] = []

    async def drop_files(_: AsyncSession, id: str) -> int:
        dropped.append(id)
        return 1

    held = HeldDrafts(STORE, drop_files)
    async with database.write() as session:
        await STORE.begin(session, "mine", Address("web", "default", "c1"), "1", TIMES)
        await STORE.begin(session, "other", Address("web", "default", "c2"), "1", TIMES)
        assert [one.values for one in await held.describe(session, ref())] == [{"count": "1"}]
        await held.erase(session, ref(), 1)
        assert await held.describe(session, ref()) == []
        assert dropped == ["mine"]
        assert await STORE.get(session, "other", NOW) is not None
