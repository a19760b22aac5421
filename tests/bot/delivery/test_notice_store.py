"""What became of notices, and who spoke since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from bot.channels.contract import Reply
from bot.delivery.notice_store import fates, spoke_last
from bot.delivery.tables import OutboxState, conversation, outbox
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import House
from tests.bot.messages import NOW, ref


async def test_fates_go_by_the_keys_that_were_given(house: Callable[..., House], database: UnitOfWork) -> None:
    one = house(pulled=False)
    async with database.write() as session:
        for key in ("a", "b"):
            await one.engine.notify(session, ref(), Reply("x"), key)
        await session.execute(update(outbox).where(outbox.c.key == "n:b.0").values(state=OutboxState.DEAD))
        found = await fates(session, ["a", "b", "never said"])
    assert found == {"a": OutboxState.WAITING, "b": OutboxState.DEAD}


async def test_who_cannot_be_written_to_did_not_come_back(database: UnitOfWork) -> None:
    row = {"channel": "web", "account": "default", "version": 1, "state": b"", "updated_at": NOW}
    rows = [
        {**row, "conversation": "here", "unreachable_at": None},
        {**row, "conversation": "gone", "unreachable_at": NOW + timedelta(hours=1)},
    ]
    async with database.write() as session:
        await session.execute(conversation.insert(), rows)
        assert await spoke_last(session, {ref("here"), ref("gone"), ref("never")}) == {ref("here"): NOW}
        assert await spoke_last(session, ()) == {}
