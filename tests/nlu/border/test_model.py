"""Linear scores made into shares; unknown words say nothing."""

from __future__ import annotations

import pytest

from nlu.border.labels import Label
from nlu.border.model import COLUMNS, LABELS, BorderModel, fitted
from nlu.border.signs import signs_of
from nlu.linear_signs import softmax


def model(bias: dict[str, object] | None = None, **weights: dict[str, object]) -> BorderModel:
    """A model of few signs, which are words."""
    return BorderModel.from_json({"bias": bias or {}, "weights": weights})


def test_words_that_were_never_learned_from_leave_only_the_bias() -> None:
    found = model({"other": 2.0}).read("chua tung thay")
    assert max(found.shares, key=found.shares.__getitem__) is Label.OTHER
    assert len({share for label, share in found.shares.items() if label is not Label.OTHER}) == 1


def test_a_known_word_moves_the_score_by_its_weight_in_the_text() -> None:
    found = model(cham={"conduct": 5.0}).read("cham")
    others = [share for label, share in found.shares.items() if label is not Label.CONDUCT]
    assert found.shares[Label.CONDUCT] / others[0] == pytest.approx(2.718281828459045 ** (5 * signs_of("cham")["cham"]))


def test_the_categories_are_the_likeliest_of_their_own_columns() -> None:
    found = model({"3": 1.0, "8": 0.5}, trai={"4": 9.0}).read("trai")
    assert (found.problem, found.proposal) == (4, 8)
    assert (model({"3": 1.0}).read("x").problem, model().read("x").proposal) == (3, 7)


def test_a_text_without_words_is_the_bias() -> None:
    assert model({"advert": 3.0}).read("").shares[Label.ADVERT] > 0.6


@pytest.mark.parametrize("data", [{"bias": {}}, {"weights": {}}, {"bias": {}, "weights": {"a": {"nothing": 1.0}}}])
def test_a_file_that_lacks_something_or_names_what_is_unknown_is_refused(data: dict[str, dict[str, object]]) -> None:
    with pytest.raises(KeyError):
        BorderModel.from_json(data)


def test_shares_add_up_and_large_scores_do_no_harm() -> None:
    assert softmax([0.0, 0.0]) == [0.5, 0.5]
    assert softmax([1000.0, 0.0]) == [1.0, 0.0]
    assert sum(softmax([3.0, -2.0, 0.5])) == pytest.approx(1)


def test_the_shipped_model_has_every_column_and_is_read_once() -> None:
    assert fitted() is fitted()
    assert fitted().signs.weights.shape == (len(fitted().signs.rows), len(COLUMNS))
    assert tuple(Label) == LABELS
