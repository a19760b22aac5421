"""Two administrators at the same moment, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.officials import make_officials
from bot.console.accounts.administration import AccountError, Administration, Fault
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.unit_of_work import UnitOfWork
from tests.bot.console.accounts.house import CHEAP, START, settings_of

ADMINISTRATOR = frozenset({ConsoleRole.ADMINISTRATOR})
Step = Callable[[Administration, str, str], Awaitable[None]]


@dataclass(frozen=True)
class Slow:
    """Writes are committed only when they may be."""

    inner: UnitOfWork
    done: asyncio.Event
    may_end: asyncio.Event

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self.inner.write() as session:
            yield session
            self.done.set()
            await self.may_end.wait()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self.inner.read() as session:
            yield session


def administration(transactions: UnitOfWork | Slow) -> Administration:
    return make_officials(settings_of(), transactions, lambda _: True, lambda: START, CHEAP).administration


async def disabled(by: Administration, account: str, who: str) -> None:
    await by.disable(account, who, "thử")


async def demoted(by: Administration, account: str, who: str) -> None:
    await by.change(account, account, "", frozenset({ConsoleRole.EDITOR}), who)


@pytest.mark.parametrize("step", [disabled, demoted])
async def test_of_two_who_take_each_other_away_at_once_one_stays(database: UnitOfWork, step: Step) -> None:
    plain = administration(database)
    for account in ("binh", "lan"):
        await plain.add(Official(account, account, "", ADMINISTRATOR), "test")
    slow = Slow(database, asyncio.Event(), asyncio.Event())
    first = asyncio.ensure_future(step(administration(slow), "binh", "lan"))
    await slow.done.wait()
    second = asyncio.ensure_future(step(plain, "lan", "binh"))
    # It waits for the first one; where it does not, it is done by then.
    await asyncio.wait({second}, timeout=0.5)
    slow.may_end.set()
    await first
    with pytest.raises(AccountError) as refused:
        await second
    assert refused.value.fault is Fault.LAST
    async with database.read() as session:
        accounts = {one.name: one for one in await plain.kept.accounts.listed(session)}
    assert accounts["lan"].disabled_at is None
    assert accounts["lan"].official.roles == ADMINISTRATOR
