"""Attempts are counted before they are made, and an attempt that was overtaken cannot undo what a later one did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.channels.contract import NativeCall
from bot.delivery.outgoing import Attempt, Outcome, Outgoing
from bot.delivery.store import DeliveryStore
from bot.delivery.tables import OutboxState, outbox
from bot.unit_of_work import UnitOfWork
from tests.bot.messages import NOW, ref

PLACE = ref("c1", "fake")


@pytest.fixture
async def outgoing(database: UnitOfWork, store: DeliveryStore) -> Outgoing:
    async with database.write() as session:
        assert await store.outbox.announce(session, PLACE, [("k", NativeCall("send", {}))], False, NOW)
    async with database.read() as session:
        return (await store.outbox.next(session, PLACE))[0]


async def begin(database: UnitOfWork, store: DeliveryStore, *attempts: Attempt) -> list[bool]:
    async with database.write() as session:
        return await store.outbox.begin(session, attempts)


async def state(database: UnitOfWork) -> tuple[str, int]:
    async with database.read() as session:
        row = (await session.execute(select(outbox.c.state, outbox.c.attempts))).one()
    return row[0], row[1]


async def test_an_attempt_is_begun_once(database: UnitOfWork, store: DeliveryStore, outgoing: Outgoing) -> None:
    assert await begin(database, store, Attempt(outgoing)) == [True]
    assert await begin(database, store, Attempt(outgoing)) == [False]
    assert await state(database) == (OutboxState.SENDING, 1)


async def test_who_does_not_hold_the_conversation_begins_nothing(
    database: UnitOfWork, store: DeliveryStore, outgoing: Outgoing
) -> None:
    assert await begin(database, store, Attempt(outgoing, "somebody")) == [False]
    assert await state(database) == (OutboxState.WAITING, 0)


async def test_an_overtaken_attempt_counts_only_when_it_delivered(
    database: UnitOfWork, store: DeliveryStore, outgoing: Outgoing
) -> None:
    await begin(database, store, Attempt(outgoing))
    await begin(database, store, Attempt(replace(outgoing, attempts=1)))
    late = Outcome(outgoing, 1, OutboxState.DEAD, 1, NOW, NOW)
    async with database.write() as session:
        await store.outbox.end(session, [late])
    assert await state(database) == (OutboxState.SENDING, 2)
    async with database.write() as session:
        await store.outbox.end(session, [replace(late, state=OutboxState.DELIVERED)])
    assert await state(database) == (OutboxState.DELIVERED, 2)


async def test_what_waits_is_found_by_conversation_the_oldest_first(
    database: UnitOfWork, store: DeliveryStore, outgoing: Outgoing
) -> None:
    other = ref("c2", "fake")
    async with database.write() as session:
        for key, place in (("x", other), ("y", PLACE), ("z", ref("c3", "another"))):
            await store.outbox.announce(session, place, [(key, NativeCall("send", {}))], False, NOW)
    async with database.read() as session:
        assert await store.outbox.conversations(session, ["fake"]) == [PLACE, other]
