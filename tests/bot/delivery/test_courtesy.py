"""Messages that come in go before those that are being answered."""

from __future__ import annotations

import asyncio

from bot.delivery.courtesy import Courtesy


async def test_while_nothing_comes_in_nobody_waits() -> None:
    courtesy = Courtesy(patience=60)
    async with asyncio.timeout(5):
        await courtesy.wait()


async def test_a_turn_begins_when_the_arrivals_are_in() -> None:
    courtesy = Courtesy(patience=60)
    with courtesy.arriving():
        turn = asyncio.create_task(courtesy.wait())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not turn.done()
    async with asyncio.timeout(5):
        await turn


async def test_arrivals_that_never_stop_hold_turns_back_one_by_one_and_not_for_ever() -> None:
    courtesy = Courtesy(patience=0.001)
    begun: list[int] = []

    async def turn(number: int) -> None:
        await courtesy.wait()
        begun.append(number)

    with courtesy.arriving():
        async with asyncio.timeout(10):
            await asyncio.gather(*(turn(number) for number in range(5)))
    assert begun == [0, 1, 2, 3, 4]
