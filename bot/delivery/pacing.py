"""How fast a platform lets us send: token buckets for each account and each conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.channels.contract import Ref

MOST_NAMES = 20_000
"""Buckets kept in memory; beyond these the full ones are forgotten."""


@dataclass(frozen=True)
class Rate:
    """So many calls in so many seconds; all of them may come at once."""

    calls: int
    seconds: float


@dataclass(frozen=True)
class Pace:
    """The limits of one platform."""

    account: Rate | None = None
    """Over all conversations of one of our accounts."""
    conversation: Rate | None = None
    """To one citizen."""


PACES: Mapping[str, Pace] = {
    "telegram": Pace(account=Rate(30, 1.0), conversation=Rate(3, 3.0)),
    "zalo_oa": Pace(account=Rate(4000, 60.0)),
    "zalo_bot": Pace(account=Rate(30, 1.0), conversation=Rate(3, 3.0)),
}
"""What the platforms publish; one message a second to a citizen, of which three may come at once."""


def with_rates(rates: Mapping[str, tuple[int, float]]) -> Mapping[str, Pace]:
    """Return the published limits with an operator's own for the accounts of some channels.

    Args:
        rates: calls and seconds by channel.
    """
    own = {name: replace(PACES.get(name, Pace()), account=Rate(*rate)) for name, rate in rates.items()}
    return {**PACES, **own}


class Buckets:
    """Token buckets of one rate by name; a place in the queue is reserved, never refused."""

    def __init__(self, rate: Rate, ticks: Callable[[], float]) -> None:
        """Take the rate and a clock in seconds that never goes back."""
        self._interval = rate.seconds / rate.calls
        self._ahead = rate.seconds - self._interval
        self._ticks = ticks
        self._full_at: dict[object, float] = {}

    def reserve(self, name: object, share: int = 1) -> float:
        """Reserve the next call and return in how many seconds it may be made.

        Args:
            name: whose bucket.
            share: how many processes use the rate together; each takes an equal part of it.
        """
        now = self._ticks()
        full_at = max(self._full_at.get(name, now), now)
        self._full_at[name] = full_at + self._interval * share
        if len(self._full_at) > MOST_NAMES:
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
        return max(0.0, full_at - self._ahead - now)


class Pacing:
    """The buckets of all platforms."""

    def __init__(self, paces: Mapping[str, Pace], ticks: Callable[[], float]) -> None:
        """Take the limits by channel; a channel without them is not slowed."""
        self._accounts = {name: Buckets(pace.account, ticks) for name, pace in paces.items() if pace.account}
        self._citizens = {name: Buckets(pace.conversation, ticks) for name, pace in paces.items() if pace.conversation}
        self._processes = 1

    def share(self, processes: int) -> None:
        """Leave the others their part: so many processes use the accounts' limits together."""
        self._processes = processes

    def reserve(self, ref: Ref) -> float:
        """Reserve the next call to a conversation and return in how many seconds it may be made."""
        citizens, accounts = self._citizens.get(ref.channel), self._accounts.get(ref.channel)
        own = citizens.reserve(ref) if citizens else 0.0
        common = accounts.reserve((ref.channel, ref.account), self._processes) if accounts else 0.0
        return max(own, common)
