"""How long one waits after failures: nothing at first, then twice as long each time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

CALM = timedelta(hours=24)
"""After so long without a try, failures are forgotten."""


@dataclass(frozen=True)
class Growth:
    """How the wait grows."""

    free: int
    """Failures after which one need not wait."""
    first: timedelta
    most: timedelta

    def wait(self, failures: int) -> timedelta:
        """Return the wait after so many failures in a row."""
        over = failures - self.free
        if over <= 0:
            return timedelta()
        # Beyond thirty doublings any wait is the longest.
        return min(self.most, self.first * (1 << min(over - 1, 30)))


OF_ACCOUNT = Growth(4, timedelta(seconds=2), timedelta(minutes=15))
"""Tries at one account, from wherever; fewer than thirty in an hour."""
OF_NETWORK = Growth(30, timedelta(seconds=2), timedelta(minutes=5))
"""Tries from one network, behind which a whole office may sit."""


@dataclass(frozen=True)
class Failures:
    """What was tried without success."""

    count: int
    last_at: datetime
    until: datetime
    """Before this nothing is tried."""

    def left(self, now: datetime) -> timedelta:
        """Return for how long nothing is tried yet."""
        return max(self.until - now, timedelta())

    def one_more(self, growth: Growth, now: datetime) -> Failures:
        """Return what they are after another try that is not known to be good."""
        count = 1 if now - self.last_at > CALM else self.count + 1
        return Failures(count, now, now + growth.wait(count))

    def one_less(self) -> Failures:
        """Return what they are after a try that was good as far as it went."""
        return Failures(max(self.count - 1, 0), self.last_at, self.last_at)
