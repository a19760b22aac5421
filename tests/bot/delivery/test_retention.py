"""Old words go, rows stay: what comes again is still known, and what waits keeps its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select, update

from bot.delivery.retention import blank_messages
from bot.delivery.tables import OutboxState, inbox, outbox
from bot.delivery.turns import TurnLimits
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import House
from tests.bot.messages import NOW, inbound, ref


async def bodies(database: UnitOfWork) -> tuple[list[bool], list[bool]]:
    async with database.read() as session:
        came = await session.scalars(select(inbox.c.body).order_by(inbox.c.id))
        went = await session.scalars(select(outbox.c.body).order_by(outbox.c.id))
        return [body is not None for body in came], [body is not None for body in went]


async def test_words_of_old_messages_go_and_the_message_is_still_known(
    house: Callable[..., House], database: UnitOfWork
) -> None:
    one = house(limits=TurnLimits(keep_trace=True))
    await one.engine.start()
    for number in range(2):
        await one.engine.answer(await one.engine.receive(inbound("xin chào", f"m{number}")), 10)
    async with database.write() as session:
        old = NOW - timedelta(days=31)
        await session.execute(update(inbox).where(inbox.c.message_id == "m0").values(finished_at=old))
        first = select(inbox.c.id).where(inbox.c.message_id == "m0").scalar_subquery()
        await session.execute(update(outbox).where(outbox.c.inbox_id == first).values(created_at=old))
    assert await blank_messages(database, NOW - timedelta(days=30)) == 2
    assert await bodies(database) == ([False, True], [False, True])
    assert len((await one.engine.history(ref())).said) == 2
    again = await one.engine.answer(await one.engine.receive(inbound("xin chào", "m0")), 10)
    assert (again.finished, again.calls, again.trace) == (True, (), None)
    assert len(one.dialogue.seen) == 2


async def test_what_still_has_to_leave_keeps_its_words(house: Callable[..., House], database: UnitOfWork) -> None:
    one = house()
    await one.engine.start()
    await one.engine.answer(await one.engine.receive(inbound()), 10)
    async with database.write() as session:
        await session.execute(update(outbox).values(state=OutboxState.WAITING, created_at=NOW - timedelta(days=99)))
    assert await blank_messages(database, NOW) == 0
    assert await bodies(database) == ([True], [True])
