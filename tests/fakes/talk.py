"""A conversation that needs no assistant: its answers take a set time on a clock of its own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from benchmarks.errors import NoAnswerError


@dataclass
class FakeTime:
    """A clock that goes on when somebody waits; all who wait at once wait together."""

    now: float = 0.0
    rests: list[float] = field(default_factory=list)
    _sleeping: list[tuple[float, asyncio.Event]] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        woken = asyncio.Event()
        self._sleeping.append((self.now + seconds, woken))
        # Everybody else goes on first; then the one who is due earliest moves the clock.
        for _ in range(10):
            await asyncio.sleep(0)
        while not woken.is_set():
            due, event = min(self._sleeping, key=lambda one: one[0])
            self._sleeping.remove((due, event))
            self.now = max(self.now, due)
            event.set()
            await asyncio.sleep(0)


@dataclass
class FakeTalk:
    """Answers after ``seconds``, or fails with ``failure``; notes what it was asked."""

    time: FakeTime
    seconds: float = 0.05
    failure: str = ""
    said: list[str] = field(default_factory=list)

    async def say(self, text: str) -> str:
        self.said.append(text)
        await self.time.sleep(self.seconds)
        if self.failure:
            raise NoAnswerError(self.failure)
        return f"về: {text}"
