"""A clock that goes on only when somebody sleeps, so that hours take no time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class FakeTime:
    """Clock, sleep and ticks of one world; those who sleep side by side wake in the order of their times."""

    def __init__(self, start: datetime = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)) -> None:
        self._start = start
        self._now = 0.0
        self._sleepers: list[float] = []
        self.slept: list[float] = []
        """Every pause that was asked for."""
        self.held = False
        """While set, time stands still."""

    def clock(self) -> datetime:
        """See ``Clock``."""
        return self._start + timedelta(seconds=self._now)

    def pass_to(self, moment: datetime) -> None:
        """Let time go by until a moment."""
        self._now = max(self._now, (moment - self._start).total_seconds())

    def ticks(self) -> float:
        """Return seconds that never go back."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """See ``Sleep``: a moment for others to go on, then time moves to whoever wakes first."""
        self.slept.append(seconds)
        until = self._now + seconds
        self._sleepers.append(until)
        try:
            while self._now < until:
                await asyncio.sleep(0.002)
                if not self.held and min(self._sleepers) == until:
                    self._now = max(self._now, until)
        finally:
            self._sleepers.remove(until)
