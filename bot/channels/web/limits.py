"""How many messages one conversation or one address may send (a bucket that refills steadily), and how large they may be."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.channels.web.errors import RefusedError

BUCKETS_KEPT = 20_000


@dataclass(frozen=True)
class Rate:
    """A generous limit for people that stops machines."""

    burst: float
    """Messages that may come at once."""
    per_second: float
    """Messages per second in the long run."""


class TokenBuckets:
    """One bucket per name; those unused for longest are dropped, which only ever forgives."""

    def __init__(self, rate: Rate, clock: Callable[[], float], kept: int = BUCKETS_KEPT) -> None:
        """Take the rate, a clock in seconds that never goes back, and how many buckets to keep."""
        self._rate = rate
        self._clock = clock
        self._kept = kept
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> int:
        """Take one message out of the bucket.

        Returns:
            0 when it was there; else the whole seconds after which it will be.
        """
        now = self._clock()
        left, then = self._buckets.get(name, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - then) * self._rate.per_second)
        allowed = left >= 1
        self._buckets[name] = (left - 1 if allowed else left, now)
        self._buckets.move_to_end(name)
        if len(self._buckets) > self._kept:
            self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) / self._rate.per_second)


def open_buckets(rate: Rate | None, ticks: Callable[[], float]) -> TokenBuckets | None:
    """Return buckets of a rate; ``None`` where there is no limit."""
    return None if rate is None else TokenBuckets(rate, ticks)


def spend(buckets: TokenBuckets | None, name: str | None) -> None:
    """Take one message out of the bucket of a name, where there is a limit and somebody to limit.

    Raises:
        RefusedError: it is empty.
    """
    seconds = buckets.take(name) if buckets is not None and name is not None else 0
    if seconds:
        raise RefusedError(429, "too_many", retry_after=seconds)


async def read_body(request: web.Request, most: int) -> bytes:
    """Return the body of a request.

    Raises:
        RefusedError: it is larger than so many bytes.
    """
    if (request.content_length or 0) > most:
        raise RefusedError(413, "too_large")
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > most:
            raise RefusedError(413, "too_large")
    return bytes(body)
