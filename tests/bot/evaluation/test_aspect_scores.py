"""Precision, recall and F1 of each aspect, counted over the questions that have a label."""

from __future__ import annotations

from bot.evaluation.aspect_scores import AspectScore, aspect_scores, macro_f1
from tests.bot.evaluation.results import result

RESULTS = [
    result(aspect="fee", aspects=("fee",)),
    result(aspect="fee", aspects=("time", "fee")),
    result(aspect="time", aspects=("fee", "where", "time")),
    result(aspect="none", aspects=("fee",)),
]


def test_the_first_two_aspects_count_as_told_and_only_labelled_questions_are_scored() -> None:
    scores = aspect_scores(RESULTS)
    assert scores == {"fee": AspectScore(2, 3, 2), "time": AspectScore(1, 1, 0), "where": AspectScore(0, 1, 0)}
    assert (scores["fee"].precision, scores["fee"].recall, scores["fee"].f1) == (2 / 3, 1.0, 0.8)
    assert (scores["where"].precision, scores["where"].recall, scores["where"].f1) == (0.0, 0.0, 0.0)


def test_the_macro_mean_is_over_the_aspects_that_were_asked() -> None:
    assert macro_f1(aspect_scores(RESULTS)) == 0.4
    assert macro_f1(aspect_scores([result(aspects=("fee",))])) is None
