"""What the Official Account keeps about a person."""

from __future__ import annotations

from sqlalchemy import insert

from bot.channels.contract import Ref
from bot.channels.zalo_oa.events import NAME
from bot.channels.zalo_oa.held_store import HeldInteractions
from bot.channels.zalo_oa.tables import zalo_interaction
from bot.unit_of_work import UnitOfWork
from tests.bot.messages import NOW

PERSON = Ref(NAME, "388", "246")


async def test_a_person_sees_it_and_has_it_deleted_and_nobody_elses(database: UnitOfWork) -> None:
    held = HeldInteractions()
    async with database.write() as session:
        rows = [{"account": "388", "person": person, "last_at": NOW} for person in ("246", "247")]
        await session.execute(insert(zalo_interaction), rows)
        assert [one.values for one in await held.describe(session, PERSON)] == [{"day": f"{NOW:%d/%m/%Y}"}]
        assert await held.describe(session, Ref("web", "388", "246")) == []
        await held.erase(session, Ref("web", "388", "246"), 0)
        await held.erase(session, PERSON, 0)
        assert await held.describe(session, PERSON) == []
        assert await held.describe(session, Ref(NAME, "388", "247"))
