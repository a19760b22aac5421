"""Lets messages that are coming in go before those that are being answered.

A platform waits two seconds for its acknowledgement, a citizen gladly waits a moment for an answer. Without this, dozens
of turns that all have something to compute would keep every arrival waiting.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

PATIENCE = 0.05
"""Seconds that a turn lets arrivals go first: at least twenty turns a second begin while they never stop coming."""


class Courtesy:
    """Counts the arrivals in hand, and holds the beginnings of turns back one after the other."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Take how long one turn waits for calm."""
        self._patience = patience
        self._arriving = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._door = asyncio.Lock()

    @contextlib.contextmanager
    def arriving(self) -> Iterator[None]:
        """Count an arrival for the length of a block."""
        self._arriving += 1
        self._calm.clear()
        try:
            yield
        finally:
            self._arriving -= 1
            if not self._arriving:
                self._calm.set()

    async def wait(self) -> None:
        """Wait for calm, but not for long."""
        if self._calm.is_set() and not self._door.locked():
            return
        async with self._door:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._patience):
                    await self._calm.wait()
            # What is ready now runs before the next one begins.
            await asyncio.sleep(0)
