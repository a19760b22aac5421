"""A notice leaves once, with what caused it or not at all; an open page shows it at once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from bot.channels.contract import Reply
from bot.delivery.errors import ChannelOffError
from bot.delivery.notices import Told
from bot.delivery.tables import OutboxState, outbox
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import House
from tests.bot.messages import ref

Build = Callable[..., House]


async def test_a_notice_wakes_the_open_page(house: Build, database: UnitOfWork) -> None:
    one = house()
    await one.engine.start()
    reading = asyncio.create_task(one.engine.history(ref(), seconds=10))
    await asyncio.sleep(0.01)
    async with database.write() as session:
        assert await one.engine.notify(session, ref(), Reply("Hồ sơ đã xong"), "dossier:7:done")
    told = await asyncio.wait_for(reading, 5)
    assert [said.stored.call.body["text"] for said in told.said if said.stored] == ["Hồ sơ đã xong"]
    async with database.read() as session:
        assert await session.scalar(select(outbox.c.state)) == OutboxState.HELD


async def test_the_same_key_is_said_once(house: Build, database: UnitOfWork) -> None:
    one = house()
    await one.engine.start()
    for text, new in (("một", True), ("hai", False)):
        async with database.write() as session:
            assert await one.engine.notify(session, ref(), Reply(text), "k") is new
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(outbox)) == 1


async def test_a_notice_whose_cause_is_undone_is_not_said(house: Build, database: UnitOfWork) -> None:
    one = house()
    await one.engine.start()
    with contextlib.suppress(RuntimeError):
        async with database.write() as session:
            await one.engine.notify(session, ref(), Reply("một"), "k")
            raise RuntimeError
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(outbox)) == 0


async def test_what_became_of_a_notice_is_known_by_its_key(house: Build, database: UnitOfWork) -> None:
    one = house(pulled=False)
    async with database.write() as session:
        assert await one.engine.notify(session, ref(), Reply("tin " * 100), "k")
        assert await one.engine.notify(session, ref(), Reply("tin"), "k1")
    async with database.read() as session:
        assert await one.engine.told(session, "unheard of") is None
        assert await one.engine.told(session, "k") == Told(OutboxState.WAITING)
    async with database.write() as session:
        first = select(outbox.c.id).order_by(outbox.c.id).limit(1).scalar_subquery()
        ended = update(outbox).where(outbox.c.key.like("n:k.%"))
        await session.execute(ended.values(state=OutboxState.UNREACHABLE))
        await session.execute(update(outbox).where(outbox.c.id == first).values(detail="the window is over"))
    async with database.read() as session:
        told = await one.engine.told(session, "k")
        assert told == Told(OutboxState.UNREACHABLE, "the window is over")
        assert told.missed
        assert await one.engine.told(session, "k1") == Told(OutboxState.WAITING)


async def test_a_key_that_is_too_long_is_refused(house: Build, database: UnitOfWork) -> None:
    one = house()
    async with database.write() as session:
        with pytest.raises(ValueError, match="56"):
            await one.engine.notify(session, ref(), Reply("một"), "k" * 57)


async def test_a_notice_on_a_channel_that_is_switched_off_is_refused_by_name(
    house: Build, database: UnitOfWork
) -> None:
    one = house()
    async with database.write() as session:
        with pytest.raises(ChannelOffError, match="telegram"):
            await one.engine.notify(session, ref(channel="telegram"), Reply("một"), "k")
