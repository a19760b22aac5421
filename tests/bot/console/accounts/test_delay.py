"""The wait after failures: it grows, it ends, and nothing goes beside it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.console.accounts.delay import CALM, OF_ACCOUNT, OF_NETWORK, Failures, Growth
from bot.console.accounts.patience_store import PatienceStore
from bot.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
KEY = (b"k" * 32, OF_ACCOUNT)
GROWTHS = some.builds(
    Growth,
    some.integers(0, 50),
    some.timedeltas(timedelta(seconds=1), timedelta(minutes=1)),
    some.timedeltas(timedelta(minutes=1), timedelta(days=1)),
    some.just(timedelta(hours=1)),
)


@given(GROWTHS, some.integers(0, 10_000))
def test_a_wait_never_shrinks_with_failures_and_never_passes_the_longest(growth: Growth, failures: int) -> None:
    wait = growth.wait(failures)
    assert timedelta() <= wait <= growth.wait(failures + 1) <= growth.most
    assert (wait == timedelta()) == (failures <= growth.free)


@given(some.lists(some.timedeltas(timedelta(), timedelta(hours=1)), max_size=60))
def test_who_tries_as_soon_as_allowed_gets_few_tries_in_an_hour(pauses: list[timedelta]) -> None:
    failures, now, tries = Failures(0, NOW, NOW), NOW, 0
    for pause in pauses:
        now += failures.left(now) + pause
        if now - NOW > timedelta(hours=1):
            break
        failures, tries = failures.one_more(OF_ACCOUNT, now), tries + 1
    # ASVS asks for at most a hundred.
    assert tries <= 20


@given(some.integers(0, 3000), some.timedeltas(timedelta(), timedelta(days=3)))
def test_failures_are_forgiven_one_by_one_and_after_a_day_all(count: int, quiet: timedelta) -> None:
    after = Failures(count, NOW, NOW).one_more(OF_NETWORK, NOW + quiet)
    forgiven = quiet // OF_NETWORK.forgives
    assert after.count == (1 if quiet > CALM else max(count - forgiven, 0) + 1)


@given(some.lists(some.timedeltas(timedelta(seconds=61), timedelta(minutes=9)), min_size=40, max_size=90))
def test_a_whole_office_that_mistypes_all_day_never_waits(pauses: list[timedelta]) -> None:
    failures, now = Failures(0, NOW, NOW), NOW
    for pause in pauses:
        now += pause
        assert failures.left(now) == timedelta()
        failures = failures.one_more(OF_NETWORK, now)


def test_short_pauses_add_up_to_what_forgives() -> None:
    failures, now = Failures(0, NOW, NOW), NOW
    for _ in range(60):
        now += timedelta(seconds=40)
        failures = failures.one_more(OF_NETWORK, now)
    # Forty minutes forgive forty of sixty.
    assert failures.count == 60 - 40


def test_who_tries_many_names_from_one_network_gets_about_one_in_a_minute() -> None:
    failures, now, tries = Failures(0, NOW, NOW), NOW, 0
    while now - NOW < timedelta(hours=2):
        failures, tries = failures.one_more(OF_NETWORK, now), tries + 1
        now += failures.left(now) + timedelta(milliseconds=10)
    assert tries <= OF_NETWORK.free + 130


async def test_tries_at_the_same_time_are_all_counted(database: UnitOfWork) -> None:
    store = PatienceStore()

    async def attempt() -> timedelta:
        async with database.write() as session:
            return await store.take(session, [KEY], NOW)

    waits = await asyncio.gather(*(attempt() for _ in range(12)))
    assert sum(wait == timedelta() for wait in waits) == OF_ACCOUNT.free + 1


async def test_a_good_try_is_given_back_and_those_before_it_still_count(copied: UnitOfWork) -> None:
    store = PatienceStore()
    async with copied.write() as session:
        for _ in range(OF_ACCOUNT.free):
            await store.take(session, [KEY], NOW)
        for _ in range(5):
            assert await store.take(session, [KEY], NOW) == timedelta()
            await store.give_back(session, [KEY])
        assert await store.take(session, [KEY], NOW) == timedelta()
        assert await store.take(session, [KEY], NOW) == OF_ACCOUNT.first
        await store.clear(session, KEY[0])
        assert await store.take(session, [KEY], NOW) == timedelta()


@pytest.mark.parametrize(("later", "left"), [(CALM, 1), (CALM + timedelta(seconds=1), 0)])
async def test_old_failures_are_deleted(copied: UnitOfWork, later: timedelta, left: int) -> None:
    store = PatienceStore()
    async with copied.write() as session:
        await store.take(session, [KEY], NOW)
        assert await store.forget(session, NOW + later) == 1 - left
