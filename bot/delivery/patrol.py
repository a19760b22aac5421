"""Looks again and again for work that nobody told us of: an operator's retry, or what another process left."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from bot.tracebacks import where

logger = logging.getLogger(__name__)


class Patrol:
    """Makes a round every so many seconds, and at once when asked to hurry."""

    def __init__(self, round: Callable[[], Awaitable[None]], seconds: float) -> None:
        """Take what one round does and the seconds between two."""
        self._round = round
        self._seconds = seconds
        self._now = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first round is made at once."""
        self._task = asyncio.create_task(self._run(), name="patrol")

    def hurry(self) -> None:
        """Make the next round now."""
        self._now.set()

    async def stop(self) -> None:
        """Finish the round in hand and make no other."""
        self._stopping = True
        self._now.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while not self._stopping:
            self._now.clear()
            try:
                await self._round()
            except Exception as error:
                # A database that is away is asked again at the next round.
                logger.error("A round failed: %s\n%s", type(error).__name__, where(error))
            if not self._stopping:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._seconds):
                        await self._now.wait()
