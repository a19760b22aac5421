"""Who watches what, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.dossiers.record import Status
from bot.dossiers.watching.tables import dossier_watch, watch_notice, watched_dossier
from bot.dossiers.watching.telling import AFTER_FINAL
from tests.bot.dossiers.records import CODE, OTHER, record
from tests.bot.dossiers.watching.conftest import ME, World
from tests.bot.messages import ref

ELSE = ref("else", "fake")


async def count(world: World, table: object) -> int:
    async with world.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


async def test_watching_twice_is_watching_once_at_the_newer_level(world: World) -> None:
    await world.put(record())
    assert await world.watch(level=0)
    assert await world.watch(level=1)
    assert await world.watch(OTHER, level=0, back=True)
    async with world.database.read() as session:
        first, second = await world.watches.of(session, ME)
    assert (first.code, first.level, first.back) == (CODE, 1, False)
    assert (second.code, second.level, second.back) == (OTHER, 0, True)


async def test_stopping_ends_one_or_all_and_asks_no_source_for_what_nobody_watches(world: World) -> None:
    await world.put(record(), record(OTHER))
    for code in (CODE, OTHER):
        await world.watch(code)
    await world.watch(to=ELSE)
    assert await world.stop(CODE) == 1
    assert await world.stop(CODE) == 0
    assert await count(world, watched_dossier) == 2
    assert await world.stop(None) == 1
    assert await count(world, watched_dossier) == 1
    assert await world.stop(None, ELSE) == 1
    assert await count(world, watched_dossier) == 0


async def test_after_access_was_ended_notices_tell_no_details_any_more(world: World) -> None:
    await world.put(record())
    for someone in (ME, ELSE):
        await world.watch(to=someone)
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.NEED_SUPPLEMENT, missing=("Ảnh 3x4",)))
    async with world.database.read() as session:
        behind = [one for one in await world.watches.behind(session, ["fake"], 10) if one.ref == ME]
    async with world.database.write() as session:
        await world.watches.lower(session, ME)
    async with world.database.write() as session:
        # Who was about to tell the details meets that at the mark.
        assert not await world.watches.told(session, behind[0])
    assert await world.teller.look() == 2
    assert "Ảnh" not in (await world.texts(ME))[0]
    assert "Ảnh" in (await world.texts(ELSE))[0]


async def test_who_begins_to_watch_while_the_last_one_stops_is_still_asked_for(world: World) -> None:
    await world.put(record())
    await world.watch(to=ELSE)
    begun = asyncio.Event()

    async def begin() -> None:
        async with world.database.write() as session:
            await world.watches.start(session, ME, CODE, 1, world.now)
            begun.set()
            await asyncio.sleep(0.3)

    async def end() -> None:
        await begun.wait()
        await world.stop(CODE, ELSE)

    await asyncio.gather(begin(), end())
    assert await count(world, dossier_watch) == 1
    assert await count(world, watched_dossier) == 1


async def test_a_conversation_watches_so_many_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.dossiers.watching.store.MOST", 2)
    assert await world.watch(CODE)
    assert await world.watch(OTHER)
    assert not await world.watch("H48.30.02-261117-0003")
    assert await world.watch(CODE)


async def test_what_is_kept_about_a_person_is_told_and_erased(world: World) -> None:
    await world.put(record())
    await world.watch()
    await world.watch(to=ELSE)
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.NEED_PAYMENT))
    await world.teller.look()
    async with world.database.write() as session:
        (held,) = await world.watches.describe(session, ME)
        assert (held.key, held.values, held.kept_because) == ("utter_held_watches", {"count": "1"}, "")
        await world.watches.erase(session, ME, 0)
        assert list(await world.watches.describe(session, ME)) == []
    assert await count(world, dossier_watch) == 1
    assert await count(world, watch_notice) == 1


async def test_a_watch_ends_some_days_after_its_dossier(world: World) -> None:
    await world.put(record())
    await world.watch()
    world.now += timedelta(hours=1)
    await world.put(record(status=Status.STOPPED))
    await world.teller.look()
    for after, left in ((AFTER_FINAL - timedelta(hours=1), 1), (AFTER_FINAL + timedelta(hours=1), 0)):
        async with world.database.write() as session:
            await world.watches.expire(session, world.now + after)
        assert await count(world, dossier_watch) == left
    assert await count(world, watched_dossier) == 0


async def test_a_dossier_that_goes_on_after_its_end_is_watched_on(world: World) -> None:
    await world.put(record())
    await world.watch()
    for status in (Status.STOPPED, Status.IN_PROGRESS):
        world.now += timedelta(hours=1)
        await world.put(record(status=status))
        await world.teller.look()
    async with world.database.write() as session:
        assert await world.watches.expire(session, world.now + timedelta(days=300)) == 0


async def test_a_watch_that_is_made_again_never_takes_an_old_number(world: World) -> None:
    await world.put(record())
    await world.watch()
    await world.stop()
    await world.watch()
    async with world.database.read() as session:
        assert await session.scalar(select(dossier_watch.c.id)) == 2
