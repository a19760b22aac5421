"""Samples are there as long as no real dossier is, and as of today."""

from __future__ import annotations

from datetime import timedelta

from bot.dossiers.sample_loading import SOURCE, first_to_try, refresh_samples, remove_samples
from bot.dossiers.samples import COUNT
from bot.dossiers.samples_store import sample_lines
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.records import CODE, dossier_store, record
from tests.bot.messages import NOW

TOMORROW = NOW + timedelta(days=1)


async def codes(database: UnitOfWork) -> set[str]:
    async with database.read() as session:
        return {line.code for line in await sample_lines(session, SOURCE)}


async def test_they_are_loaded_once_a_day_and_made_anew_on_the_next(database: UnitOfWork) -> None:
    assert await refresh_samples(database, dossier_store(), NOW) == COUNT
    first = await codes(database)
    assert await refresh_samples(database, dossier_store(), NOW + timedelta(hours=2)) == 0
    assert await refresh_samples(database, dossier_store(), TOMORROW) == COUNT
    assert len(await codes(database)) == COUNT
    assert await codes(database) != first


async def test_they_go_when_a_real_dossier_is_there_and_do_not_come_back(database: UnitOfWork) -> None:
    await refresh_samples(database, dossier_store(), NOW)
    async with database.write() as session:
        await dossier_store().put(session, "file", [(record(), NOW)])
    assert await refresh_samples(database, dossier_store(), TOMORROW) == 0
    assert await codes(database) == set()
    async with database.read() as session:
        assert await dossier_store().get(session, CODE) is not None


async def test_a_few_are_named_to_try_with_the_digits_that_open_them(database: UnitOfWork) -> None:
    store = dossier_store()
    assert await first_to_try(database, store, NOW) == {}
    await refresh_samples(database, store, NOW)
    named = await first_to_try(database, store, NOW)
    assert len(named) == 3
    async with database.read() as session:
        for code, four in named.items():
            secrets = await store.secrets(session, code)
            assert secrets is not None
            assert secrets.phone_tail == store.tail_hash(code, four)
    assert await remove_samples(database) == COUNT
