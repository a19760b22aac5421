"""Notices that do not arrive: another way, or an honest word when the person is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.delivery.tables import OutboxState, conversation
from bot.dossiers.record import Status
from bot.dossiers.watching.tables import watch_notice
from tests.bot.dossiers.records import CODE, OTHER, record
from tests.bot.dossiers.watching.conftest import ME, World


async def told(world: World, code: str = CODE, level: int = 1) -> None:
    await world.put(record(code))
    await world.watch(code, level)
    world.now += timedelta(minutes=1)
    await world.put(record(code, Status.NEED_PAYMENT))
    assert await world.teller.look() == 1


async def speaks(world: World, unreachable: bool = False) -> None:
    """Let the person write now."""
    async with world.database.write() as session:
        gone = world.now if unreachable else None
        values = {"version": 1, "state": b"", "updated_at": world.now, "unreachable_at": gone}
        changed = await session.execute(update(conversation).values(values).returning(conversation.c.version))
        if changed.first() is None:
            place = {"channel": ME.channel, "account": ME.account, "conversation": ME.conversation}
            await session.execute(conversation.insert().values(**place, **values))


async def open_notices(world: World) -> int:
    async with world.database.read() as session:
        return await session.scalar(select(func.count()).select_from(watch_notice)) or 0


@pytest.mark.parametrize("state", [OutboxState.DELIVERED, OutboxState.HELD])
async def test_what_arrived_is_no_more_thought_of(world: World, state: OutboxState) -> None:
    await told(world)
    await world.fate(state)
    world.now += timedelta(minutes=2)
    await world.reaching.look()
    assert await open_notices(world) == 0


async def test_what_is_on_its_way_is_looked_at_again(world: World) -> None:
    await told(world)
    world.now += timedelta(minutes=2)
    await world.reaching.look()
    assert await open_notices(world) == 1
    await world.fate(OutboxState.DELIVERED)
    world.now += timedelta(minutes=6)
    await world.reaching.look()
    assert await open_notices(world) == 0


@pytest.mark.parametrize("state", [OutboxState.UNREACHABLE, OutboxState.DEAD])
async def test_who_missed_a_notice_is_told_so_once_they_are_back(world: World, state: OutboxState) -> None:
    await told(world)
    await told(world, OTHER)
    await world.fate(state)
    world.now += timedelta(minutes=2)
    await speaks(world, unreachable=True)
    await world.reaching.look()
    world.now += timedelta(days=2)
    await world.reaching.look()
    assert len(await world.said()) == 2
    await speaks(world)
    world.now += timedelta(minutes=2)
    await world.reaching.look()
    await world.reaching.look()
    first, second = (await world.said())[2:]
    assert "23/11/2026 em có tin" in first
    assert {CODE in first, CODE in second} == {True, False}
    assert await open_notices(world) == 0


async def test_several_missed_notices_of_one_dossier_are_one_honest_word(world: World) -> None:
    await told(world)
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE))
    await world.teller.look()
    await world.fate(OutboxState.UNREACHABLE)
    world.now += timedelta(minutes=2)
    await world.reaching.look()
    await speaks(world)
    world.now += timedelta(minutes=2)
    await world.reaching.look()
    assert len(await world.said()) == 3


async def test_who_stopped_watching_is_not_told_what_they_missed(world: World) -> None:
    await told(world)
    await world.fate(OutboxState.UNREACHABLE)
    world.now += timedelta(minutes=2)
    await world.reaching.look()
    await world.stop()
    assert await open_notices(world) == 0
