from __future__ import annotations

import pytest

from bot.figures.waits import BOUNDS, at_most, middle


def test_bounds_rise() -> None:
    assert list(BOUNDS) == sorted(set(BOUNDS))


@pytest.mark.parametrize(("share", "seconds"), [(0.5, 0.1), (0.9, 0.1), (0.95, 1.0), (1.0, float("inf"))])
def test_a_share_came_within_the_end_of_its_class(share: float, seconds: float) -> None:
    assert at_most({0: 18, BOUNDS.index(1.0): 1, len(BOUNDS): 1}, share) == seconds


def test_nothing_has_neither_percentile_nor_median() -> None:
    assert at_most({}, 0.5) is None
    assert middle({}) is None


def test_the_median_is_the_value_in_the_middle() -> None:
    assert middle({1: 1, 5: 1, 9: 1}) == 5
    assert middle({2: 3, 40: 2}) == 2
