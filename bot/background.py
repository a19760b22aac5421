"""The endless work beside the server: started anew when it dies, and at the end not cut off within a statement.

A task that is cancelled while its database driver works may leave a connection behind that nobody closes; on SQLite that
connection can hold the writer's lock, and whoever writes next waits for it in vain. So work that uses the database is
asked to stop, and ends where it rests; only what does not come to rest in time is cancelled.

Work that dies is started anew, with growing pauses, rather than taking the process along: none of it is needed to take
messages in and to answer them, and a restart of the whole process would stop just that. Each death is told at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass

from bot.tracebacks import where

logger = logging.getLogger(__name__)

GRACE = 3.0
"""Seconds in which work comes to rest by itself."""
LAST = 10.0
"""Seconds in which work that was cancelled clears up, such as the Rasa server with its children."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
STEADY = 600.0
"""Seconds after which work counts as sound again: its next death is taken for a first one."""

_closing: ContextVar[asyncio.Event | None] = ContextVar("closing", default=None)


async def rest(seconds: float) -> None:
    """Wait as ``asyncio.sleep`` does; within background work this is where it ends when the house closes.

    Raises:
        asyncio.CancelledError: the house is closing.
    """
    closing = _closing.get()
    if closing is None:
        await asyncio.sleep(seconds)
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await closing.wait()
    if closing.is_set():
        raise asyncio.CancelledError


@dataclass(frozen=True)
class Work:
    """One endless thing to do."""

    name: str
    """For the log."""
    do: Callable[[], Awaitable[None]]
    """Does it, and does it once more after it died; waits with ``rest``."""
    at_once: bool = False
    """Whether it may be cancelled at any point, since it touches no database."""


class Background:
    """All work beside the server of one process."""

    def __init__(
        self, grace: float = GRACE, last: float = LAST, sleep: Callable[[float], Awaitable[None]] = rest
    ) -> None:
        """Take the seconds for coming to rest and for clearing up, and what waits before a new start."""
        self._grace = grace
        self._last = last
        self._sleep = sleep
        self._closing = asyncio.Event()
        self._resting: set[asyncio.Task[None]] = set()
        self._at_once: set[asyncio.Task[None]] = set()

    def start(self, *works: Work) -> None:
        """Begin work; work that returns is done."""
        for work in works:
            task = asyncio.create_task(self._keep(work), name=work.name)
            (self._at_once if work.at_once else self._resting).add(task)

    async def stop(self) -> None:
        """End all work: where it rests, else by cancelling it; returns within ``grace`` and ``last`` whatever it does."""
        self._closing.set()
        for task in self._at_once:
            task.cancel()
        late = await _unfinished(self._resting, self._grace)
        for task in late:
            logger.warning("%s did not come to rest in %.0f s and is cut off.", task.get_name(), self._grace)
            task.cancel()
        for task in await _unfinished(late | self._at_once, self._last):
            logger.error("%s does not end; it is left behind.", task.get_name())

    async def _keep(self, work: Work) -> None:
        _closing.set(self._closing)
        ticks, pause = asyncio.get_running_loop().time, FIRST_PAUSE
        while True:
            began = ticks()
            try:
                await work.do()
                return
            except Exception as error:
                pause = FIRST_PAUSE if ticks() - began >= STEADY else pause
                _report(work.name, error, pause)
            await self._sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def _unfinished(tasks: set[asyncio.Task[None]], seconds: float) -> set[asyncio.Task[None]]:
    return (await asyncio.wait(tasks, timeout=seconds))[1] if tasks else set()


def _report(name: str, error: Exception, pause: float) -> None:
    """Log where it died."""
    for cause in _causes(error):
        died = type(cause).__name__
        logger.error("ALARM: %s died (%s) and starts anew in %.0f s.\n%s", name, died, pause, where(cause))


def _causes(error: Exception) -> list[Exception]:
    """Return what went wrong in the parts of work that has several."""
    if isinstance(error, ExceptionGroup):
        return [cause for one in error.exceptions for cause in _causes(one)]
    return [error]
