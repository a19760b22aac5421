"""Buckets that refill."""

from __future__ import annotations

from bot.channels.web.limits import Rate, TokenBuckets


def test_a_burst_is_allowed_then_one_waits_as_long_as_told() -> None:
    now = [0.0]
    buckets = TokenBuckets(Rate(burst=3, per_second=0.25), lambda: now[0])
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 4]
    assert buckets.take("b") == 0
    now[0] += 4
    assert buckets.take("a") == 0
    assert buckets.take("a") == 4


def test_unused_buckets_are_forgotten() -> None:
    buckets = TokenBuckets(Rate(burst=1, per_second=1), lambda: 0.0, kept=2)
    for name in ("a", "b", "c"):
        assert buckets.take(name) == 0
    assert buckets.take("c") == 1
    assert buckets.take("a") == 0
