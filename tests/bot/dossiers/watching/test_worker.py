"""The work in the background: one process at a time, through restarts, and told when a source is back."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

from bot.dossiers.record import Status
from bot.dossiers.watching.worker import LEASE, PROBE
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import eventually
from tests.bot.dossiers.records import CODE, record
from tests.bot.dossiers.watching.conftest import ME, World


async def test_one_process_works_and_another_takes_over_when_it_falls_silent(database: UnitOfWork) -> None:
    first, second = World(database), World(database)
    await first.put(record())
    await first.watch()
    first.now = second.now = first.now + timedelta(minutes=1)
    await first.put(record(status=Status.NEED_PAYMENT))
    await first.worker.tell()
    assert len(await first.said()) == 1
    second.now += timedelta(minutes=1)
    await second.put(record(status=Status.DONE))
    await second.worker.tell()
    assert len(await first.said()) == 1
    second.now += LEASE
    await second.worker.tell()
    assert len(await first.said()) == 2


async def test_who_waits_for_a_source_is_told_once_that_it_is_back(world: World) -> None:
    world.remote.up = False
    await world.watch(back=True)
    await world.worker.tell()
    await world.worker.tell()
    assert world.remote.probes == 1
    world.remote.up = True
    world.now += PROBE
    await world.worker.tell()
    await world.worker.tell()
    (said,) = await world.said()
    assert "trả lời lại" in said
    assert CODE in said
    async with world.database.read() as session:
        assert list(await world.watches.of(session, ME)) == []


async def test_it_runs_until_it_is_cancelled_and_gives_the_work_back(database: UnitOfWork) -> None:
    first, second = World(database), World(database)

    async def sleep(_: float) -> None:
        await asyncio.sleep(0.002)

    async def told() -> bool:
        return bool(await first.said())

    first.remote.records[CODE] = record(status=Status.RECEIVED)
    await first.put(record(status=Status.NEW), source="tinh")
    await first.watch()
    first.now += timedelta(minutes=1)
    running = asyncio.create_task(first.worker.run(sleep))
    await eventually(told)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert "đã được tiếp nhận" in (await first.said())[0]
    second.now = first.now + timedelta(minutes=1)
    await second.put(record(status=Status.DONE))
    await second.worker.tell()
    assert len(await second.said()) == 2


async def test_a_database_that_is_away_for_a_moment_does_not_end_it(world: World) -> None:
    async def broken() -> bool:
        raise ConnectionError

    assert await world.worker._try(broken) is False
