"""Tests of distances."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.postal.geography import VIETNAM, around, kilometres, lies_within

POINTS = st.tuples(st.floats(VIETNAM.south, VIETNAM.north), st.floats(VIETNAM.west, VIETNAM.east))
HANOI, SAIGON = (21.0285, 105.8542), (10.7769, 106.7009)


def test_hanoi_and_saigon_lie_some_1140_kilometres_apart() -> None:
    assert kilometres(HANOI, SAIGON) == pytest.approx(1140, abs=10)


@given(one=POINTS, other=POINTS)
def test_it_is_as_far_there_as_back_and_nowhere_is_farther_than_itself(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))
    assert kilometres(one, one) == 0


@given(point=POINTS, other=POINTS, radius=st.floats(0.1, 2000))
def test_a_box_holds_everything_within_its_radius(
    point: tuple[float, float], other: tuple[float, float], radius: float
) -> None:
    if kilometres(point, other) <= radius:
        assert lies_within(other, around(point, radius))
