"""Lets a running Rasa server take the model that was promoted meanwhile, without a restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from nlu.errors import NluError

logger = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""How often a promoted model is looked for."""


class ModelFollower:
    """Knows which model the server runs, and swaps it when another one is promoted."""

    def __init__(
        self,
        promoted: Callable[[], Path | None],
        load: Callable[[Path], Awaitable[None]],
        ready: Callable[[], bool],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Nothing happens before ``run``.

        Args:
            promoted: returns the promoted model that fits the program, if there is one.
            load: lets the server take a model; raises ``NluError`` when it did not.
            ready: tells whether the server runs and has loaded its model.
            sleep: waits between two looks.
        """
        self._promoted = promoted
        self._load = load
        self._ready = ready
        self._sleep = sleep
        self._running: Path | None = None
        self._failed: Path | None = None

    def started(self, model: Path) -> None:
        """Note that the server was started with a model."""
        self._running = model

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            await self._sleep(LOOK_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Look once, and swap when another model is promoted; one that cannot be loaded is not tried again."""
        wanted = await asyncio.to_thread(self._promoted)
        if wanted is None or wanted in (self._running, self._failed) or self._running is None or not self._ready():
            return
        try:
            await self._load(wanted)
        except NluError as error:
            self._failed = wanted
            logger.error("The promoted model %s was not taken: %s", wanted.name, error)
        else:
            self._running = wanted
            logger.info("The promoted model %s answers now.", wanted.name)
