"""What a source said is kept, shared, and shown with its time when the source is down."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import timedelta

import pytest

from bot.dossiers.ports import SourceDownError
from tests.bot.dossiers.sources.conftest import CODE, OTHER, World, code
from tests.fakes.one_stop import Fault


@pytest.mark.parametrize("known", [True, False])
async def test_what_is_fresh_is_not_asked_again_be_it_there_or_not(world: World, known: bool) -> None:
    if known:
        world.system.has(CODE)
    first = await world.sources.find(code())
    again = await world.sources.find(code())
    assert world.system.asked[CODE] == 1
    assert again.as_of == first.as_of
    assert (again.record is None) is (first.record is None) is not known
    world.clock.now += timedelta(seconds=121)
    assert (await world.sources.find(code())).as_of > first.as_of
    assert world.system.asked[CODE] == 2


@pytest.mark.parametrize("known", [True, False])
async def test_while_it_is_down_the_last_word_is_shown_with_its_time(world: World, known: bool) -> None:
    if known:
        world.system.has(CODE)
    first = await world.sources.find(code())
    world.system.always = Fault.UNAVAILABLE
    world.clock.now += timedelta(hours=1)
    seen = await world.sources.find(code())
    assert seen.down
    assert seen.as_of == first.as_of
    assert (seen.record is not None) is known
    with pytest.raises(SourceDownError):
        await world.sources.find(code(OTHER))


async def test_many_who_want_the_same_dossier_ask_once_and_one_who_leaves_stops_nobody(world: World) -> None:
    world.system.has(CODE)
    world.system.faults = [Fault.HANGS]
    tasks = [asyncio.create_task(world.sources.find(code())) for _ in range(20)]
    await world.system.hanging.wait()
    tasks.pop(0).cancel()
    world.system.gate.set()
    seen = await asyncio.gather(*tasks)
    assert world.system.asked[CODE] == 2
    assert all(one.record is not None for one in seen)


async def test_a_dossier_that_vanished_is_a_miss_from_then_on(world: World) -> None:
    world.system.has(CODE)
    await world.sources.find(code())
    del world.system.dossiers[CODE]
    world.clock.now += timedelta(hours=1)
    assert (await world.sources.find(code())).record is None
    assert (await world.sources.find(code())).record is None


async def test_polling_leaves_out_what_failed_and_ends_when_the_source_is_down(world: World) -> None:
    codes = [code(f"H48.16-261120-{number:04}") for number in range(40)]
    for one in codes:
        world.system.has(one.text)
    world.system.faults = [Fault.OTHER_CODE]
    seen = [one.record.code async for one in world.remote.poll(codes) if one.record]
    assert len(seen) == 39
    world.system.always = Fault.HTML
    assert [one async for one in world.remote.poll(codes)] == []
    assert world.system.asked.total() < 60


@pytest.mark.parametrize("changes", [{"polls_per_second": 2}])
async def test_polling_keeps_its_own_pace(world: World, changes: object) -> None:
    began = world.clock.now
    async with aclosing(world.remote.poll([code(f"H48.16-261120-{number:04}") for number in range(20)])) as seen:
        assert len([one async for one in seen]) == 20
    assert world.clock.now - began >= timedelta(seconds=9)


async def test_health_counts_and_tells_since_when(world: World) -> None:
    assert world.remote.health.up is None
    await world.sources.find(code())
    await world.sources.find(code())
    health = world.remote.health
    assert (health.up, health.asked, health.remembered, health.failed) == (True, 1, 1, 0)
    assert health.last_answer_at == world.clock.now
    world.system.always = Fault.HTML
    assert not await world.remote.probe(code(OTHER))
    assert world.remote.health.up is False
    assert "JSON" in world.remote.health.last_fault
