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
    forgives: timedelta
    """After each such span one failure is forgiven: a busy office mistypes every day."""

    def wait(self, failures: int) -> timedelta:
        """Return the wait after so many failures in a row."""
        over = failures - self.free
        if over <= 0:
            return timedelta()
        # Beyond thirty doublings any wait is the longest.
        return min(self.most, self.first * (1 << min(over - 1, 30)))


OF_ACCOUNT = Growth(4, timedelta(seconds=2), timedelta(minutes=15), timedelta(hours=1))
"""Tries at one account, from wherever; fewer than thirty in an hour."""
OF_NETWORK = Growth(30, timedelta(seconds=2), timedelta(minutes=5), timedelta(minutes=1))
"""Tries from one network, behind which a whole office may sit: after the first thirty about one in a minute."""


@dataclass(frozen=True)
class Failures:
    """What was tried without success."""

    count: int
    last_at: datetime
    """From when on spans are counted by which failures are forgiven: the last try, or less than a span before it."""
    until: datetime
    """Before this nothing is tried."""

    def left(self, now: datetime) -> timedelta:
        """Return for how long nothing is tried yet."""
        return max(self.until - now, timedelta())

    def one_more(self, growth: Growth, now: datetime) -> Failures:
        """Return what they are after another try that is not known to be good."""
        passed = max(now - self.last_at, timedelta())
        if passed > CALM:
            return Failures(1, now, now + growth.wait(1))
        forgiven, begun = divmod(passed, growth.forgives)
        count = max(self.count - forgiven, 0) + 1
        return Failures(count, now - begun, now + growth.wait(count))

    def one_less(self) -> Failures:
        """Return what they are after a try that was good as far as it went."""
        return Failures(max(self.count - 1, 0), self.last_at, self.last_at)
