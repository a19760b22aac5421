"""Time that passes when a test says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class VirtualClock:
    """Gives the present moment when called."""

    def __init__(self, now: datetime = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **spans: float) -> None:
        """Let time pass: ``hours=1``."""
        self.now += timedelta(**spans)

    @property
    def milliseconds(self) -> str:
        """The moment as Zalo writes it."""
        return str(int(self.now.timestamp() * 1000))
