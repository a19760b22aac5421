"""The linear model: what it learns, what it keeps, and how it counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from nlu.components.linear_model import LinearModel, sentence_blocks

COUNTS = [csr_matrix(np.array([[1, 0, 2], [0, 1, 0], [1, 0, 1], [0, 3, 0]], dtype=np.float32))]
HOLDS = np.array([[True, False, True], [False, False, True], [True, False, True], [False, False, True]])


def test_it_learns_what_can_be_learnt_and_leaves_out_what_always_or_never_holds() -> None:
    model = LinearModel.fit(COUNTS, HOLDS, ["a", "never", "always"], strength=10.0, balanced=False)
    assert model.labels == ("a",)
    assert (model.probabilities(COUNTS)[:, 0] > 0.5).tolist() == [True, False, True, False]


def test_a_saved_model_answers_the_same(tmp_path: Path) -> None:
    model = LinearModel.fit(COUNTS, HOLDS, ["a", "never", "always"], strength=10.0, balanced=True)
    model.save(tmp_path, "m")
    again = LinearModel.load(tmp_path, "m")
    assert again.labels == model.labels
    assert np.array_equal(again.probabilities(COUNTS), model.probabilities(COUNTS))


def test_the_length_of_a_sentence_does_not_count() -> None:
    model = LinearModel.fit(COUNTS, HOLDS, ["a", "never", "always"], strength=10.0, balanced=False)
    short, long = ([csr_matrix(np.array([[1, 0, 1]], dtype=np.float32) * times)] for times in (1, 5))
    assert model.probabilities(short)[0, 0] == pytest.approx(model.probabilities(long)[0, 0], abs=1e-6)


def test_a_sentence_of_unknown_words_gets_an_answer_all_the_same() -> None:
    model = LinearModel.fit(COUNTS, HOLDS, ["a", "never", "always"], strength=10.0, balanced=False)
    nothing = [csr_matrix((1, 3), dtype=np.float32)]
    assert 0.0 < model.probabilities(nothing)[0, 0] < 1.0


def test_messages_without_features_are_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match=r"config\.yml"):
        sentence_blocks([Message(data={"text": "a"})])
