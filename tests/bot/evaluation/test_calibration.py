"""Confidence beside truth: tenths, the curve of what is at least so sure, and the worst answers."""

from __future__ import annotations

import pytest

from bot.evaluation.calibration import AtLeast, Tenth, at_least, calibration_error, reliability, worst
from tests.bot.evaluation.results import result

SURE_AND_RIGHT = result("right", confidence=0.95)
SURE_AND_WRONG = result("a", "right", confidence=0.91)
UNSURE_AND_WRONG = result("a", confidence=0.3)
ASKED_BACK = result("right", confidence=0.35, outcome="choose")
OUTSIDE = result("a", confidence=0.6, kind="out_of_scope", accept=())
FOLLOW_UP = result("a", confidence=1.0, kind="follow_up", context=("right",))
ALL = [SURE_AND_RIGHT, SURE_AND_WRONG, UNSURE_AND_WRONG, ASKED_BACK, OUTSIDE, FOLLOW_UP]


def test_each_tenth_tells_what_was_said_and_what_was_right() -> None:
    low, high = reliability(ALL)
    assert low == Tenth(0.3, 2, pytest.approx(0.325), 0.5)
    assert high == Tenth(0.9, 2, pytest.approx(0.93), 0.5)
    assert reliability([result("right", confidence=1.0)]) == [Tenth(0.9, 1, 1.0, 1.0)]


def test_the_error_is_the_mean_distance_weighed_by_questions() -> None:
    assert calibration_error([Tenth(0.0, 1, 0.1, 0.0), Tenth(0.9, 3, 0.9, 1.0)]) == pytest.approx(0.1)
    assert calibration_error([]) is None


def test_the_curve_counts_answers_alone_and_an_answer_to_what_nothing_answers_is_wrong() -> None:
    curve = {one.sure: one for one in at_least(ALL)}
    assert curve[0.0] == AtLeast(0.0, 4, 1.0, 0.25)
    assert curve[0.5] == AtLeast(0.5, 3, 0.75, pytest.approx(1 / 3))
    assert curve[0.95] == AtLeast(0.95, 1, 0.25, 1.0)


def test_the_worst_are_the_wrong_answers_the_surest_first() -> None:
    assert worst(ALL) == [SURE_AND_WRONG, OUTSIDE, UNSURE_AND_WRONG]
    assert worst(ALL, most=1) == [SURE_AND_WRONG]
