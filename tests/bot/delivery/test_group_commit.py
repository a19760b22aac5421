"""Shared transactions: fast together, harmless to each other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import StoppedError
from bot.delivery.group_commit import GroupCommit
from tests.fakes.transactions import FakeTransactions


async def doubled(_: AsyncSession, entries: Sequence[int]) -> list[int]:
    if 13 in entries:
        raise ValueError("thirteen")
    return [2 * entry for entry in entries]


async def named(_: AsyncSession, entries: Sequence[int]) -> list[str]:
    return [f"n{entry}" for entry in entries]


async def test_what_comes_together_is_committed_together_and_told_in_order() -> None:
    transactions = FakeTransactions()
    writer = GroupCommit(transactions)
    told: list[object] = []
    tasks: list[asyncio.Task[object]] = [
        asyncio.create_task(writer.run(doubled, 1, told.append)),
        asyncio.create_task(writer.run(named, 2, told.append)),
        asyncio.create_task(writer.run(doubled, 3, told.append)),
    ]
    await asyncio.sleep(0)
    writer.start()
    assert await asyncio.gather(*tasks) == [2, "n2", 6]
    assert told == [2, "n2", 6]
    assert transactions.committed == 1
    await writer.close()


async def test_one_bad_entry_does_not_take_its_neighbours_down() -> None:
    transactions = FakeTransactions()
    writer = GroupCommit(transactions)
    told: list[int] = []
    tasks = [asyncio.ensure_future(writer.run(doubled, entry, told.append)) for entry in (1, 13, 3)]
    await asyncio.sleep(0)
    writer.start()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert (results[0], results[2]) == (2, 6)
    assert isinstance(results[1], ValueError)
    assert told == [2, 6]
    assert (transactions.committed, transactions.rolled_back) == (2, 2)
    await writer.close()


async def test_closing_writes_what_was_handed_in_and_takes_nothing_more() -> None:
    writer = GroupCommit(FakeTransactions())
    writer.start()
    task = asyncio.ensure_future(writer.run(doubled, 1, lambda _: None))
    await asyncio.sleep(0)
    await writer.close()
    assert await task == 2
    with pytest.raises(StoppedError):
        await writer.run(doubled, 1, lambda _: None)


async def test_what_is_urgent_goes_first_but_not_for_ever() -> None:
    writer = GroupCommit(FakeTransactions(), largest=1)
    told: list[int] = []
    tasks = [
        asyncio.ensure_future(writer.run(doubled, entry, told.append, urgent=entry >= 100))
        for entry in (1, 100, 2, 101, 102, 103, 104, 105, 106)
    ]
    await asyncio.sleep(0)
    writer.start()
    await asyncio.gather(*tasks)
    assert told == [200, 202, 204, 206, 208, 210, 2, 212, 4]
    await writer.close()


@pytest.mark.parametrize("late", [100, 13])
async def test_what_is_urgent_joins_the_transaction_in_hand_and_does_it_no_harm(late: int) -> None:
    transactions = FakeTransactions()
    writer = GroupCommit(transactions)
    told: list[object] = []
    urgent: list[asyncio.Future[int]] = []

    async def slow(_: AsyncSession, entries: Sequence[int]) -> list[int]:
        if not urgent:
            urgent.append(asyncio.ensure_future(writer.run(doubled, late, told.append, urgent=True)))
            await asyncio.sleep(0)
        return list(entries)

    writer.start()
    assert await writer.run(slow, 1, told.append) == 1
    (outcome,) = await asyncio.gather(*urgent, return_exceptions=True)
    if late == 100:
        assert (outcome, told) == (200, [1, 200])
    else:
        assert isinstance(outcome, ValueError)
        assert told == [1]
    assert transactions.committed == 1
    await writer.close()


async def test_whoever_fails_when_told_of_a_commit_does_not_stop_the_writer() -> None:
    writer = GroupCommit(FakeTransactions())
    writer.start()

    def fails(_: int) -> None:
        raise RuntimeError

    async with asyncio.timeout(5):
        assert await writer.run(doubled, 1, fails) == 2
        assert await writer.run(doubled, 2, lambda _: None) == 4
    await writer.close()


async def test_should_the_writer_die_nobody_waits_in_vain_and_it_is_known() -> None:
    writer = GroupCommit(FakeTransactions(), largest=1)
    writer.start()
    stuck = asyncio.Event()

    async def hangs(_: AsyncSession, entries: Sequence[int]) -> list[int]:
        stuck.set()
        await asyncio.Event().wait()
        return []

    in_hand = asyncio.ensure_future(writer.run(hangs, 1, lambda _: None))
    await stuck.wait()
    behind = asyncio.ensure_future(writer.run(doubled, 2, lambda _: None))
    await asyncio.sleep(0)
    assert writer._writer is not None
    writer._writer.cancel()
    await writer.ended()
    for task in (in_hand, behind):
        with pytest.raises(StoppedError):
            await task
    with pytest.raises(StoppedError):
        await writer.run(doubled, 3, lambda _: None)
    await writer.close()


async def test_should_it_die_while_it_tries_entries_one_by_one_nobody_waits_in_vain_either() -> None:
    writer = GroupCommit(FakeTransactions())

    async def dies_alone(_: AsyncSession, entries: Sequence[int]) -> list[int]:
        if len(entries) > 1:
            raise ValueError
        raise asyncio.CancelledError

    tasks = [asyncio.ensure_future(writer.run(dies_alone, entry, lambda _: None)) for entry in (1, 2)]
    await asyncio.sleep(0)
    writer.start()
    async with asyncio.timeout(5):
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StoppedError, StoppedError]
    await writer.close()
