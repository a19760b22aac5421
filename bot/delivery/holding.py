"""Which conversations this process holds, as far as it knows without asking the database."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.contract import Ref


class Holding:
    """What is held counts only until the lease runs out; it is prolonged by every sign of life that was stored."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        """Take a clock in seconds that never goes back."""
        self._ticks = ticks
        self._until = 0.0
        self._used: dict[Ref, float] = {}
        self.me = ""
        """The name under which this process holds; a new one after it was silent for too long."""

    def begin(self, me: str, until: float) -> None:
        """Begin afresh under a new name, holding nothing."""
        self.me = me
        self._until = until
        self._used.clear()

    def prolong(self, until: float) -> None:
        """Count what is held until then."""
        self._until = until

    def holds(self, ref: Ref) -> bool:
        """Tell whether a conversation is ours at this moment."""
        return ref in self._used and self._ticks() < self._until

    def left(self, ref: Ref) -> float:
        """Return for how many seconds a conversation is surely ours; nothing when it is not."""
        return max(0.0, self._until - self._ticks()) if ref in self._used else 0.0

    def keep(self, ref: Ref) -> bool:
        """Tell whether a conversation is ours, and keep it from being given back as idle."""
        if not self.holds(ref):
            return False
        self._used[ref] = self._ticks()
        return True

    def take(self, ref: Ref) -> None:
        """Note that a conversation is ours."""
        self._used[ref] = self._ticks()

    def all(self) -> list[Ref]:
        """Return all that was held, whether it still counts or not."""
        return list(self._used)

    def drop_idle(self, seconds: float, busy: Callable[[Ref], bool]) -> list[Ref]:
        """Give up what was not used for so long and is not busy; return it."""
        before = self._ticks() - seconds
        idle = [ref for ref, used in self._used.items() if used <= before and not busy(ref)]
        for ref in idle:
            del self._used[ref]
        return idle
