"""What a process holds counts until its lease runs out, and what it does not use it gives up."""

from __future__ import annotations

from bot.delivery.holding import Holding
from tests.bot.messages import ref


def test_what_is_held_counts_until_the_lease_runs_out_and_again_when_prolonged() -> None:
    now = [0.0]
    holding = Holding(lambda: now[0])
    holding.begin("me", 10.0)
    holding.take(ref())
    assert holding.holds(ref())
    assert (holding.left(ref()), holding.left(ref("other"))) == (10.0, 0.0)
    now[0] = 10.0
    assert not holding.holds(ref())
    assert holding.left(ref()) == 0.0
    assert not holding.keep(ref())
    holding.prolong(20.0)
    assert holding.holds(ref())
    holding.begin("another", 30.0)
    assert not holding.holds(ref())


def test_what_is_neither_used_nor_busy_is_given_up() -> None:
    now = [0.0]
    holding = Holding(lambda: now[0])
    holding.begin("me", 100.0)
    for name in ("idle", "used", "busy"):
        holding.take(ref(name))
    now[0] = 5.0
    assert holding.keep(ref("used"))
    assert holding.drop_idle(3.0, lambda one: one == ref("busy")) == [ref("idle")]
    assert [holding.holds(ref(name)) for name in ("idle", "used", "busy")] == [False, True, True]
