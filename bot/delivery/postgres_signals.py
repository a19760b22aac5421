"""Hears what other processes tell over PostgreSQL's ``LISTEN``; what is missed meanwhile is found by looking."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.lease_store import CHANNEL
from bot.delivery.ports import Hear

logger = logging.getLogger(__name__)

PAUSE = 2.0
"""Seconds before a lost connection is made again."""


class PostgresSignals:
    """See ``Signals``."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Take the database's connections; one of them is kept."""
        self._engine = engine
        self._task: asyncio.Task[None] | None = None

    async def start(self, hear: Hear) -> None:
        """See ``Signals.start``; returns when it listens, or when the first attempt failed."""
        listening = asyncio.Event()
        self._task = asyncio.create_task(self._run(hear, listening), name="signals")
        await listening.wait()

    async def stop(self) -> None:
        """See ``Signals.stop``."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self, hear: Hear, listening: asyncio.Event) -> None:
        while True:
            try:
                await self._listen(hear, listening)
            except Exception as error:
                # Without signals work is found by looking, a second later.
                logger.warning("Other processes cannot be heard for a moment: %s", type(error).__name__)
            listening.set()
            await asyncio.sleep(PAUSE)

    async def _listen(self, hear: Hear, listening: asyncio.Event) -> None:
        heard: asyncio.Queue[str | None] = asyncio.Queue()

        def told(_connection: object, _process: int, _channel: str, content: str) -> None:
            heard.put_nowait(content)

        async with self._engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            driver.add_termination_listener(lambda _: heard.put_nowait(None))
            await driver.add_listener(CHANNEL, told)
            listening.set()
            try:
                while (content := await heard.get()) is not None:
                    await _tell(hear, content)
            finally:
                # Not given back to be used by others: it goes on listening.
                await connection.invalidate()


async def _tell(hear: Hear, content: str) -> None:
    try:
        await hear(content)
    except Exception as error:
        # One signal that cannot be followed must not end the listening; looking makes up for it.
        logger.warning("A signal of another process could not be followed: %s", type(error).__name__)
