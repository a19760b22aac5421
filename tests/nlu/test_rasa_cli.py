"""``make rasa`` supplies the paths that Rasa's commands need."""

from __future__ import annotations

import pytest

from nlu.rasa_cli import complete

DATA = "nlu/data/training"


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        ("shell nlu", "shell nlu --model models"),
        ("shell nlu -m other", "shell nlu -m other"),
        ("train nlu", f"train nlu --nlu {DATA}"),
        ("train nlu --nlu x.yml", "train nlu --nlu x.yml"),
        ("train nlu -u x.yml", "train nlu -u x.yml"),
        ("train --fixed-model-name a", f"train --fixed-model-name a --data {DATA}"),
        ("test nlu --cross-validation", f"test nlu --cross-validation --nlu {DATA}"),
        ("data validate", f"data validate --data {DATA}"),
        ("data validate --data=x", "data validate --data=x"),
        ("data split nlu", f"data split nlu --nlu {DATA}"),
        ("--version", "--version"),
        ("", ""),
    ],
)
def test_the_path_that_a_command_needs_is_added_unless_given(typed: str, run: str) -> None:
    assert complete(typed.split()) == run.split()
