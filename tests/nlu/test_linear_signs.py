"""Linear scores: signs never learned from say nothing, shares add up, broken files are refused."""

from __future__ import annotations

import pytest

from nlu.linear_signs import LinearSigns, softmax, weighed

COLUMNS = ("a", "b")


def test_a_sign_moves_the_score_by_its_weight_and_an_unknown_one_does_not() -> None:
    signs = LinearSigns.from_json({"bias": {"b": 1.0}, "weights": {"x": {"a": 2.0}}}, COLUMNS)

    assert signs.scores([({"x", "unknown"}, 0.5)]).tolist() == [1.0, 1.0]
    assert signs.scores([]).tolist() == [0.0, 1.0]


def test_a_kind_with_many_signs_says_no_more_than_one_with_few_and_empty_kinds_are_left_out() -> None:
    assert weighed([({"x"}, 1.0), (set(), 1.0), ({"a", "b", "c", "d"}, 1.0)]) == [
        ({"x"}, 1.0),
        ({"a", "b", "c", "d"}, 0.5),
    ]


@pytest.mark.parametrize("data", [{"bias": {}}, {"weights": {}}, {"bias": {}, "weights": {"x": {"c": 1.0}}}])
def test_a_file_that_lacks_something_or_names_what_is_unknown_is_refused(data: dict[str, dict[str, object]]) -> None:
    with pytest.raises(KeyError):
        LinearSigns.from_json(data, COLUMNS)


def test_shares_add_up_and_large_scores_do_no_harm() -> None:
    assert softmax([0.0, 0.0]) == [0.5, 0.5]
    assert softmax([1000.0, 0.0]) == [1.0, 0.0]
    assert sum(softmax([3.0, -2.0, 0.5])) == pytest.approx(1)
