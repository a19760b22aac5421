"""Rounds are made at once, when asked to hurry, and after a failure too."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery.patrol import Patrol


async def test_a_failed_round_does_not_end_the_patrol_and_hurrying_needs_no_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rounds = asyncio.Queue[int]()
    words = "what a citizen wrote"

    async def one_round() -> None:
        rounds.put_nowait(1)
        if rounds.qsize() == 1:
            raise RuntimeError(words)

    patrol = Patrol(one_round, 3600)
    patrol.start()
    await asyncio.sleep(0.01)
    patrol.hurry()
    await asyncio.sleep(0.01)
    await patrol.stop()
    assert rounds.qsize() == 2
    assert "RuntimeError" in caplog.text
    assert words not in caplog.text
