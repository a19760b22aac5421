"""Asking sources again: at their pace, the urgent first, and through every crash, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.dossiers.batching import Stored
from bot.dossiers.record import Status
from bot.dossiers.watching.tables import watched_dossier
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.records import record
from tests.bot.dossiers.watching.conftest import ME, MORNING, World

CODES = [f"H48.30.02-261117-{number:04}" for number in range(60)]
ELSEWHERE = "H15.50.05.13-261008-0975"


async def watched(world: World, *codes: str) -> None:
    for code in codes:
        world.remote.records[code] = record(code, Status.RECEIVED)
    await world.put(*(world.remote.records[code] for code in codes), source="tinh")
    for code in codes:
        await world.watch(code)
    await world.polling.assign()


async def test_a_change_over_there_reaches_the_person_here(world: World) -> None:
    await watched(world, *CODES[:3])
    world.remote.records[CODES[1]] = record(CODES[1], Status.DONE)
    world.now += timedelta(minutes=1)
    polled = await world.polling.look(world.remote)
    assert (polled.asked, polled.stored) == (3, Stored(changed=1, same=2))
    assert await world.teller.look() == 1
    assert CODES[1] in (await world.said())[0]


async def test_nothing_is_asked_twice_before_its_time(world: World) -> None:
    await watched(world, *CODES[:3])
    await world.polling.look(world.remote)
    assert (await world.polling.look(world.remote)).asked == 0
    world.now += timedelta(days=1)
    assert (await world.polling.look(world.remote)).asked == 3


async def test_a_handful_at_a_time(world: World) -> None:
    await watched(world, *CODES)
    assert (await world.polling.look(world.remote)).asked == 50
    assert (await world.polling.look(world.remote)).asked == 10


async def test_urgent_ones_go_first_and_leave_room_for_others(world: World) -> None:
    await watched(world, *CODES)
    async with world.database.write() as session:
        urgent = watched_dossier.update().where(watched_dossier.c.code.in_(CODES[:40]))
        await session.execute(urgent.values(urgent=1, next_at=MORNING))
        others = watched_dossier.update().where(watched_dossier.c.code.in_(CODES[40:]))
        await session.execute(others.values(next_at=MORNING - timedelta(days=1)))
    world.remote.handful = 20
    await world.polling.look(world.remote)
    assert set(world.remote.asked[:10]) <= set(CODES[:40])
    assert set(world.remote.asked[10:]) <= set(CODES[40:])


async def test_what_the_database_answers_for_is_never_polled(world: World) -> None:
    await watched(world, ELSEWHERE)
    world.now += timedelta(days=3)
    await world.polling.assign()
    async with world.database.read() as session:
        assert (await session.execute(select(watched_dossier.c.source, watched_dossier.c.next_at))).all() == [
            ("database", None)
        ]


async def test_what_failed_or_is_gone_is_put_off_and_comes_again(world: World) -> None:
    await watched(world, *CODES[:3])
    world.remote.fails = {CODES[0]}
    del world.remote.records[CODES[1]]
    await world.polling.look(world.remote)
    async with world.database.read() as session:
        rows = await session.execute(select(watched_dossier.c.code, watched_dossier.c.failures))
        assert {row[0]: row[1] for row in rows} == {CODES[0]: 1, CODES[1]: 1, CODES[2]: 0}
    world.remote.fails = set()
    world.now += timedelta(minutes=45)
    assert CODES[0] in world.remote.asked
    assert (await world.polling.look(world.remote)).asked == 2


async def test_a_source_that_is_down_is_left_alone_and_nothing_is_forgotten(world: World) -> None:
    await watched(world, *CODES[:3])
    world.remote.up = False
    await world.polling.look(world.remote)
    assert (await world.polling.look(world.remote)).asked == 0
    world.remote.up = True
    world.remote.records[CODES[0]] = record(CODES[0], Status.DONE)
    world.now += timedelta(hours=2)
    assert (await world.polling.look(world.remote)).asked == 3
    assert await world.teller.look() == 1


@pytest.mark.parametrize("seen", [0, 1, 24, 25, 26, 49])
async def test_dying_in_mid_sync_loses_and_doubles_nothing(world: World, seen: int) -> None:
    await watched(world, *CODES[:50])
    for code in CODES[:50]:
        world.remote.records[code] = record(code, Status.DONE)
    world.now += timedelta(minutes=1)
    world.remote.breaks_after = seen
    with contextlib.suppress(KeyboardInterrupt):
        await world.polling.look(world.remote)
    told = await world.teller.look()
    again = World(world.database, now=world.now)
    again.remote.records = world.remote.records
    await again.polling.begin()
    await again.polling.assign()
    again.now += timedelta(minutes=1)
    while (await again.polling.look(again.remote)).asked:
        pass
    assert told + await again.teller.look() == 50
    assert await again.teller.look() == 0
    said = await again.said()
    assert [sum(code in text for text in said) for code in CODES[:50]] == [1] * 50


async def test_two_processes_that_poll_at_once_double_nothing(database: UnitOfWork) -> None:
    first, second = World(database), World(database)
    await watched(first, *CODES)
    first.now += timedelta(minutes=1)
    second.now = first.now
    for world in (first, second):
        world.remote.records = {code: record(code, Status.DONE) for code in CODES}
    for _ in range(2):
        await asyncio.gather(*(world.polling.look(world.remote) for world in (first, second, first, second)))
    told = await asyncio.gather(first.teller.look(), second.teller.look())
    assert sum(told) == len(CODES)
    said = await first.said()
    assert [sum(code in text for text in said) for code in CODES] == [1] * len(CODES)


async def test_a_restart_keeps_the_times(world: World) -> None:
    await watched(world, *CODES[:3])
    await world.polling.look(world.remote)
    await world.polling.begin()
    await world.polling.assign()
    assert (await world.polling.look(world.remote)).asked == 0
    assert await world.stop(None, ME) == 3
