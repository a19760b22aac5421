"""Rates are kept to the call, for each name on its own, and shared among processes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import PACES, Buckets, Pace, Pacing, Rate, with_rates
from tests.bot.messages import ref


def test_as_many_as_allowed_go_at_once_and_the_next_wait_their_turn() -> None:
    buckets = Buckets(Rate(3, 3.0), lambda: 100.0)
    assert [buckets.reserve("a") for _ in range(5)] == pytest.approx([0, 0, 0, 1, 2])
    assert buckets.reserve("b") == 0


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(Rate(1, 1.0), lambda: now[0])
    assert buckets.reserve("a") == 0
    now[0] = 1.0
    assert buckets.reserve("a") == 0


@given(st.lists(st.floats(0, 0.3), min_size=40, max_size=80))
def test_no_second_holds_more_calls_than_the_rate_allows(pauses: list[float]) -> None:
    now, made = 0.0, []
    buckets = Buckets(Rate(5, 1.0), lambda: now)
    for pause in pauses:
        now += pause
        made.append(now + buckets.reserve("a"))
    for first in made:
        # Twice the rate in the worst window: a full bucket at its end, a filled one at the beginning of the next.
        assert sum(first <= other < first + 1.0 - 1e-6 for other in made) <= 10


def test_processes_share_an_account_but_not_a_citizen() -> None:
    pacing = Pacing({"web": Pace(account=Rate(2, 1.0), conversation=Rate(1, 0.1))}, lambda: 0.0)
    pacing.share(2)
    waits = [pacing.reserve(ref(f"c{number}")) for number in range(4)]
    assert waits == pytest.approx([0, 0.5, 1.5, 2.5])


def test_a_channel_without_limits_is_not_slowed() -> None:
    pacing = Pacing({}, lambda: 0.0)
    assert [pacing.reserve(ref()) for _ in range(1000)] == [0.0] * 1000


def test_an_operator_sets_what_an_account_is_allowed_and_the_rest_stays() -> None:
    paces = with_rates({"telegram": (20, 1.0), "other": (1, 2.0)})
    assert paces["telegram"] == Pace(Rate(20, 1.0), PACES["telegram"].conversation)
    assert paces["other"] == Pace(Rate(1, 2.0))
    assert paces["zalo_oa"] == PACES["zalo_oa"]
