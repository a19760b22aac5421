"""Lets answers leave at beats of the clock, so that how long one took to find says nothing."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Beat:
    """A beat must be longer than nearly every answer takes: those that take longer leave at the next one."""

    ticks: Callable[[], float]
    """Seconds that never go back."""
    sleep: Callable[[float], Awaitable[None]]
    seconds: float = 0.3

    def now(self) -> float:
        """Return when an answer is begun."""
        return self.ticks()

    async def wait(self, began: float) -> None:
        """Wait until a whole number of beats, at least one, has gone by."""
        gone = self.ticks() - began
        beats = max(1, math.ceil(gone / self.seconds))
        await self.sleep(max(0.0, began + beats * self.seconds - self.ticks()))
