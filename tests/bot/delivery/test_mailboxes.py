"""Messages in memory: in order, once, and only while the conversation is ours."""

from __future__ import annotations

import asyncio

from bot.channels.contract import Ref
from bot.delivery.mailboxes import Mailboxes
from bot.delivery.records import Received
from tests.bot.messages import inbound


def received(number: int) -> Received:
    return Received(number, inbound(str(number), str(number)))


async def test_a_message_that_others_took_in_earlier_stands_before_later_ones_and_none_is_handled_twice() -> None:
    handled: list[int] = []
    gate = asyncio.Event()

    async def handle(one: Received) -> None:
        await gate.wait()
        handled.append(one.id)

    boxes = Mailboxes(handle)
    for number in (1, 5, 3, 5, 1):
        boxes.post(received(number))
    await asyncio.sleep(0)
    boxes.post(received(1))
    assert boxes.known(3)
    gate.set()
    while boxes.busy(received(1).inbound.ref):  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert handled == [1, 3, 5]
    assert not boxes.known(3)


async def test_what_is_no_longer_ours_is_left_and_forgotten() -> None:
    handled: list[int] = []
    ours = True

    async def handle(one: Received) -> None:
        nonlocal ours
        handled.append(one.id)
        ours = False

    def held(_: Ref) -> bool:
        return ours

    boxes = Mailboxes(handle, ours=held)
    boxes.post(received(1))
    boxes.post(received(2))
    while boxes.busy(received(1).inbound.ref):  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert handled == [1]
    assert not boxes.known(2)


async def test_once_closed_nothing_is_begun_behind_a_message_that_was_left() -> None:
    handled: list[int] = []

    async def handle(one: Received) -> None:
        handled.append(one.id)
        boxes.close()

    boxes = Mailboxes(handle)
    boxes.post(received(1))
    boxes.post(received(2))
    await asyncio.sleep(0)
    await boxes.stop()
    assert handled == [1]
