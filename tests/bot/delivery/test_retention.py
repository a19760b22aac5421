"""Old words go, rows stay: what comes again is still known, and what waits keeps its words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select, update

from bot.delivery.retention import blank_messages, give_up_waiting
from bot.delivery.tables import InboxState, OutboxState, inbox, outbox
from bot.delivery.turns import TurnLimits
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import House
from tests.bot.messages import NOW, inbound, ref
from tests.fakes.dialogue import FakeDialogue


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


async def states(database: UnitOfWork) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(inbox.c.state).order_by(inbox.c.id)))


async def test_a_message_that_never_had_its_turn_is_given_up_and_leaves_nothing_behind(
    house: Callable[..., House], database: UnitOfWork
) -> None:
    one = house(FakeDialogue(gate=asyncio.Event()))
    await one.engine.start()
    old, young = [await one.engine.receive(inbound(text, text)) for text in ("cũ", "mới")]
    async with database.write() as session:
        long_ago = NOW - timedelta(days=31)
        await session.execute(update(inbox).where(inbox.c.message_id == "cũ").values(received_at=long_ago))
    assert await give_up_waiting(database, NOW - timedelta(days=30), NOW) == 1
    assert await states(database) == [InboxState.FAILED, InboxState.NEW]
    assert await bodies(database) == ([False, True], [])
    assert one.dialogue.gate is not None
    one.dialogue.gate.set()
    assert (await one.engine.answer(young, 10)).finished
    assert (await one.engine.answer(old, 10)).calls == ()
    assert await states(database) == [InboxState.FAILED, InboxState.DONE]
    assert await bodies(database) == ([False, True], [True])


async def test_the_next_start_finds_nothing_of_what_was_given_up(
    house: Callable[..., House], database: UnitOfWork
) -> None:
    first = house(FakeDialogue(gate=asyncio.Event()))
    await first.engine.start()
    await first.engine.receive(inbound("cũ", "m1"))
    assert await give_up_waiting(database, NOW + timedelta(days=1), NOW) == 1
    assert await give_up_waiting(database, NOW + timedelta(days=1), NOW) == 0
    async with database.read() as session:
        assert await first.store.unfinished(session, ["web"]) == []
