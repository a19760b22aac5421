"""Background work starts anew when it dies, is never cut off where it need not be, and always lets the house close."""

from __future__ import annotations

import asyncio

import pytest

from bot.background import LONGEST_PAUSE, Background, Work, rest


async def test_outside_of_background_work_resting_is_sleeping() -> None:
    resting = asyncio.create_task(rest(0.02))
    await asyncio.sleep(0)
    await Background().stop()
    assert not resting.done()
    await resting
    assert not resting.cancelled()


async def test_work_ends_where_it_rests_and_not_within_what_it_does() -> None:
    steps: list[str] = []
    working = asyncio.Event()

    async def work() -> None:
        while True:
            working.set()
            steps.append("begun")
            await asyncio.sleep(0.05)
            steps.append("done")
            await rest(3600)

    background = Background()
    background.start(Work("work", work))
    await working.wait()
    await background.stop()
    assert steps == ["begun", "done"]


async def test_work_of_several_parts_ends_when_all_of_them_rest() -> None:
    done: list[int] = []

    async def part(number: int) -> None:
        await asyncio.sleep(0.02 * number)
        done.append(number)
        await rest(3600)

    async def work() -> None:
        async with asyncio.TaskGroup() as parts:
            for number in range(3):
                parts.create_task(part(number))

    background = Background()
    background.start(Work("work", work))
    await asyncio.sleep(0.001)
    await background.stop()
    assert done == [0, 1, 2]


async def test_work_that_touches_no_database_is_cut_off_at_once() -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    background = Background(grace=3600)
    background.start(Work("work", work, at_once=True))
    await begun.wait()
    await background.stop()
    assert cancelled.is_set()


async def test_work_that_does_not_come_to_rest_is_cut_off_and_one_that_ignores_even_that_is_left_behind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    release = asyncio.Event()

    async def deaf() -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    async def slow() -> None:
        await asyncio.sleep(3600)

    background = Background(grace=0.01, last=0.01)
    background.start(Work("the slow one", slow))
    background.start(Work("the deaf one", deaf))
    await asyncio.sleep(0)
    await background.stop()
    assert "the slow one did not come to rest" in caplog.text
    assert "the slow one does not end" not in caplog.text
    assert "the deaf one does not end" in caplog.text
    release.set()


async def test_work_that_dies_is_told_of_at_once_and_started_anew_with_growing_pauses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pauses: list[float] = []
    words = "what a citizen wrote"
    enough = asyncio.Event()

    async def dies() -> None:
        if len(pauses) == 12:
            enough.set()
            return
        raise ValueError(words)

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    background = Background(sleep=sleep)
    background.start(Work("telling of changes", dies))
    await enough.wait()
    await background.stop()
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == LONGEST_PAUSE
    assert caplog.text.count("ALARM: telling of changes died (ValueError)") == 12
    assert words not in caplog.text


async def test_work_that_returns_is_done(caplog: pytest.LogCaptureFixture) -> None:
    times: list[int] = []

    async def once() -> None:
        times.append(1)

    background = Background()
    background.start(Work("once", once))
    for _ in range(5):
        await asyncio.sleep(0)
    await background.stop()
    assert times == [1]
    assert caplog.text == ""


async def test_of_work_with_several_parts_it_is_told_which_one_died_and_of_what(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = asyncio.Event()

    async def part() -> None:
        raise KeyError

    async def work() -> None:
        async with asyncio.TaskGroup() as parts:
            parts.create_task(part())

    async def sleep(_: float) -> None:
        told.set()
        await rest(3600)

    background = Background(sleep=sleep)
    background.start(Work("the account", work))
    await told.wait()
    await background.stop()
    assert "the account died (KeyError)" in caplog.text
    assert "in part" in caplog.text
