from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import Figures, figures, medians, percentile, ratio
from benchmarks.load import Outcome

TIMES = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1)


@given(TIMES, st.floats(min_value=0, max_value=1))
def test_a_percentile_lies_between_the_least_and_the_most(values: list[float], share: float) -> None:
    assert min(values) <= percentile(values, share) <= max(values)


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.5
    assert percentile([10.0], 0.95) == 10.0


def test_nothing_answered_has_no_percentile() -> None:
    assert math.isnan(percentile([], 0.5))


def test_a_phase_comes_to_its_times_rate_and_failures() -> None:
    found = figures(Outcome(milliseconds=(10.0, 20.0, 30.0), failures=("pending",), seconds=1.5))
    assert found.p95 == pytest.approx(29.0)
    assert found == Figures(p50=20.0, p95=found.p95, turns_per_second=2.0, turns=3, failures=1)


def test_medians_are_over_rounds_and_counts_are_added_up() -> None:
    rounds = [Figures(p50, 2 * p50, 100 / p50, 10, 1) for p50 in (10.0, 50.0, 20.0)]
    assert medians(rounds) == Figures(20.0, 40.0, 5.0, 30, 3)


def test_a_ratio_compares_round_by_round() -> None:
    assert ratio([10.0, 20.0, 90.0], [5.0, 10.0, 30.0]) == 2.0


def test_there_is_no_ratio_to_nothing() -> None:
    assert math.isnan(ratio([1.0], [0.0]))
