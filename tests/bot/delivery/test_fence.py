"""A call to a platform is on its way only while its conversation is ours."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field

import pytest

from bot.channels.contract import Ref
from bot.delivery.fence import Fence, LostError
from tests.bot.messages import ref

SOON = 0.001


@dataclass
class Platform:
    """Takes a call when its gate opens, and tells how far it came."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    began: bool = False
    ended: bool = False
    broken_off: bool = False

    async def call(self) -> str:
        self.began = True
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.broken_off = True
            raise
        self.ended = True
        return "accepted"


async def test_no_call_begins_in_a_name_that_holds_the_conversation_no_longer() -> None:
    platform = Platform()
    for owner in (None, "another"):
        with pytest.raises(LostError):
            await Fence(lambda _, owner=owner: owner, lambda _: 10.0).within(ref(), "me", platform.call)
    assert not platform.began


async def test_no_call_begins_in_the_last_part_of_a_lease() -> None:
    platform = Platform()
    with pytest.raises(LostError):
        await Fence(lambda _: "me", lambda _: 0.0).within(ref(), "me", platform.call)
    assert not platform.began


async def test_a_call_is_broken_off_when_the_lease_runs_out_before_the_platform_answers() -> None:
    platform, leases = Platform(), [SOON, SOON]

    def left(_: Ref) -> float:
        return leases.pop() if leases else 0.0

    with pytest.raises(LostError):
        await Fence(lambda _: "me", left).within(ref(), "me", platform.call)
    assert platform.broken_off


async def test_a_call_is_broken_off_when_the_lease_was_lost_before_its_time() -> None:
    platform, names = Platform(), ["me", "me"]

    def owner(_: Ref) -> str:
        return names.pop() if names else "the same process under its next name"

    with pytest.raises(LostError):
        await Fence(owner, lambda _: 3600.0, look=SOON).within(ref(), "me", platform.call)
    assert platform.broken_off


async def test_a_call_goes_on_while_the_lease_is_prolonged() -> None:
    platform, asked = Platform(), 0

    def left(_: Ref) -> float:
        nonlocal asked
        asked += 1
        if asked == 5:
            platform.gate.set()
        return SOON

    assert await Fence(lambda _: "me", left).within(ref(), "me", platform.call) == "accepted"
    assert asked >= 5


async def test_what_a_call_raises_is_handed_on() -> None:
    async def fails() -> None:
        raise ValueError

    for left in (math.inf, 10.0):
        with pytest.raises(ValueError):
            await Fence(lambda _: "me", lambda _, left=left: left).within(ref(), "me", fails)


async def test_a_caller_that_is_cancelled_takes_its_call_along() -> None:
    platform = Platform()
    calling = asyncio.create_task(Fence(lambda _: "me", lambda _: 10.0).within(ref(), "me", platform.call))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    assert platform.broken_off
