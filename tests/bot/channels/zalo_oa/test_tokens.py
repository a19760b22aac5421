"""Tokens: one renewal over all processes, stored before use, early, with alarm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.store import Pair, ZaloOaStore
from bot.channels.zalo_oa.tables import zalo_token
from bot.channels.zalo_oa.tokens import TokenKeeper
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Sleep
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.zalo_oa.conftest import CIPHER
from tests.fakes.zalo_oa.clock import VirtualClock

STORE = ZaloOaStore("oa", CIPHER)


class FakeZalo:
    """Gives pairs as Zalo does: each refresh token once."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.good = "r0"
        self.renewals = 0
        self.refuse: TokenError | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def renew(self, refresh: str) -> Pair:
        await self.gate.wait()
        if self.refuse is not None:
            raise self.refuse
        if refresh != self.good:
            raise TokenError("used up", passing=False)
        self.renewals += 1
        self.good = f"r{self.renewals}"
        return Pair(f"a{self.renewals}", self.good, self.clock() + timedelta(hours=25))

    async def exchange(self, code: str) -> Pair:
        raise AssertionError(code)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def platform(clock: VirtualClock) -> FakeZalo:
    return FakeZalo(clock)


async def hardly(seconds: float) -> None:
    """Sleep so short that nothing else need have come far meanwhile."""
    await asyncio.sleep(0.01)


def keeper(work: Any, platform: FakeZalo, alarms: list[str] | None = None, sleep: Sleep = hardly) -> TokenKeeper:
    """Return what one process has."""
    told = alarms if alarms is not None else []
    return TokenKeeper(STORE, work, platform, platform.clock, sleep, told.append)


async def first_pair(work: UnitOfWork, clock: VirtualClock) -> None:
    async with work.write() as session:
        await STORE.keep(session, Pair("a0", "r0", clock() + timedelta(hours=25)), clock())


async def test_before_the_first_pair_a_person_is_asked_for_it(transactions: UnitOfWork, platform: FakeZalo) -> None:
    with pytest.raises(TokenError, match="motcua zalo tokens") as caught:
        await keeper(transactions, platform).current()
    assert not caught.value.passing


async def test_a_pair_is_renewed_after_twenty_hours_and_the_one_before_is_kept(
    database: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(database, clock)
    tokens = keeper(database, platform)
    clock.advance(hours=19.9)
    assert (await tokens.current()).pair.access == "a0"
    clock.advance(hours=0.2)
    assert (await tokens.current()).pair.access == "a1"
    async with database.read() as session:
        row = (await session.execute(select(zalo_token))).mappings().one()
        kept = await STORE.pair(session)
    assert kept is not None
    assert (kept.pair.access, kept.pair.refresh, kept.version) == ("a1", "r1", 2)
    assert CIPHER.open(row["previous"], "zalo_token:oa:1") == b'["a0","r0"]'
    assert b"a1" not in row["pair"]


async def test_many_at_once_in_several_processes_renew_once(
    database: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(database, clock)
    clock.advance(hours=26)
    stored = asyncio.Event()

    async def until_stored(seconds: float) -> None:
        await stored.wait()

    processes = [keeper(database, platform, sleep=until_stored) for _ in range(3)]
    calls = [asyncio.create_task(one.current()) for one in processes * 4]
    # However long it takes on a busy machine: nobody has a pair before the one that renews has stored it.
    await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
    stored.set()
    found = await asyncio.gather(*calls)
    assert {one.pair.access for one in found} == {"a1"}
    assert platform.renewals == 1


async def test_a_pair_that_another_process_renewed_is_taken_over(
    transactions: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(transactions, clock)
    one, other = keeper(transactions, platform), keeper(transactions, platform)
    refused = await other.current()
    await one.renewed(await one.current())
    assert (await other.renewed(refused)).pair.access == "a1"
    assert platform.renewals == 1


async def test_the_old_access_token_serves_on_while_zalo_is_away(
    transactions: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(transactions, clock)
    alarms: list[str] = []
    tokens = keeper(transactions, platform, alarms)
    platform.refuse = TokenError("away", passing=True)
    clock.advance(hours=21)
    assert (await tokens.current()).pair.access == "a0"
    assert (await tokens.current()).pair.access == "a0"
    assert len(alarms) == 1, "one alarm for each try, not for each message"
    clock.advance(minutes=6)
    platform.refuse = None
    assert (await tokens.current()).pair.access == "a1"


async def test_a_refused_renewal_is_told_and_noted_and_a_persons_new_pair_ends_it(
    transactions: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(transactions, clock)
    alarms: list[str] = []
    tokens = keeper(transactions, platform, alarms)
    platform.good = "another"
    clock.advance(hours=26)
    with pytest.raises(TokenError):
        await tokens.current()
    assert "motcua zalo tokens" in alarms[0]
    async with transactions.read() as session:
        kept = await STORE.pair(session)
    assert kept is not None
    assert (kept.failure, kept.failed_at) == ("used up", clock())
    async with transactions.write() as session:
        await STORE.keep(session, Pair("a9", "r9", clock() + timedelta(hours=25)), clock())
    assert (await tokens.current()).pair.access == "a9"


async def test_a_process_that_died_while_renewing_is_waited_for_a_minute(
    transactions: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(transactions, clock)
    clock.advance(hours=26)
    async with transactions.write() as session:
        assert await STORE.lease(session, 1, "dead", clock(), clock() + timedelta(seconds=60))
    tokens = keeper(transactions, platform)
    with pytest.raises(TokenError) as caught:
        await tokens.current()
    assert caught.value.passing
    clock.advance(seconds=61)
    assert (await tokens.current()).pair.access == "a1"


async def test_a_cancelled_message_does_not_lose_the_pair(
    transactions: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(transactions, clock)
    clock.advance(hours=26)
    tokens = keeper(transactions, platform)
    platform.gate.clear()
    message = asyncio.create_task(tokens.current())
    await asyncio.sleep(0.05)
    message.cancel()
    platform.gate.set()
    await tokens.close()
    assert (await tokens.current()).pair.access == "a1"
    assert platform.renewals == 1


class SlowCommit:
    """A database that takes its time to commit, after some quick ones."""

    def __init__(self, work: UnitOfWork, quick: int) -> None:
        self._work = work
        self.quick = quick
        self.committing, self.gate = asyncio.Event(), asyncio.Event()

    def read(self) -> Any:
        return self._work.read()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._work.write() as session:
            yield session
            if not self.quick:
                self.committing.set()
                await self.gate.wait()
            self.quick = max(0, self.quick - 1)


async def test_what_is_read_while_a_new_pair_is_committed_does_not_take_its_place(
    database: UnitOfWork, platform: FakeZalo, clock: VirtualClock
) -> None:
    await first_pair(database, clock)
    clock.advance(hours=26)
    work = SlowCommit(database, quick=1)
    tokens = keeper(work, platform)
    message = asyncio.create_task(tokens.current())
    await work.committing.wait()
    assert (await tokens.stored()).pair.access == "a0"
    other = asyncio.create_task(tokens.current())
    work.gate.set()
    assert [(await one).pair.access for one in (message, other)] == ["a1", "a1"]
    assert (await tokens.current()).pair.access == "a1"
    assert platform.renewals == 1


class FailingWrites:
    """A database whose next commits fail."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self.failures = 0
        self.after = 0

    def read(self) -> Any:
        return self._work.read()

    def write(self) -> Any:
        if self.after:
            self.after -= 1
        elif self.failures:
            self.failures -= 1
            raise OperationalError("x", {}, Exception("disk full"))
        return self._work.write()


@pytest.mark.parametrize(("failures", "alarmed"), [(2, False), (6, True)])
async def test_a_new_pair_is_not_used_before_it_is_stored(
    transactions: UnitOfWork, platform: FakeZalo, clock: VirtualClock, failures: int, alarmed: bool
) -> None:
    await first_pair(transactions, clock)
    clock.advance(hours=26)
    alarms: list[str] = []
    work = FailingWrites(transactions)
    work.after, work.failures = 1, failures
    tokens = keeper(work, platform, alarms)
    if alarmed:
        with pytest.raises(TokenError):
            await tokens.current()
    assert (await tokens.current()).pair.access == "a1"
    assert bool(alarms) is alarmed
    assert platform.renewals == 1


async def test_with_another_encryption_key_there_are_no_tokens(transactions: UnitOfWork, clock: VirtualClock) -> None:
    await first_pair(transactions, clock)
    async with transactions.read() as session:
        assert await ZaloOaStore("oa", AesGcmCipher("x" * 40)).pair(session) is None


def test_a_pair_never_prints() -> None:
    assert "a0" not in repr(Pair("a0", "r0", VirtualClock()()))
