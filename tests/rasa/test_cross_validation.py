"""The folds divide the written sentences fairly, and the file of a fold keeps every label."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message

from bot.evaluation.intents import read_intents
from nlu.components.aspect_classifier import asked_aspects
from nlu.components.cross_validation import KINDS, Asked, divide, score, spellings, training_file
from tests.rasa.conftest import QUESTIONS


def written(path: Path = QUESTIONS) -> list[Message]:
    return list(RasaFileImporter(training_data_paths=[str(path)]).get_nlu_data("vi").intent_examples)


def labels(examples: list[Message]) -> set[tuple[str, str, str]]:
    return {(one.get("text"), one.get("intent"), str(asked_aspects(one))) for one in examples}


def test_every_sentence_is_in_one_fold_and_every_intent_in_each() -> None:
    parts = divide(written(), 4)
    assert labels([one for part in parts for one in part]) == labels(written())
    assert sum(map(len, parts)) == len(written())
    assert all({one.get("intent") for one in part} == {one.get("intent") for one in written()} for part in parts)


def test_the_file_of_a_fold_keeps_intents_and_aspects(tmp_path: Path) -> None:
    file = tmp_path / "learnt.yml"
    file.write_text(training_file(written()), "utf-8")
    assert labels(written(file)) == labels(written())


def test_a_sentence_is_asked_in_three_spellings() -> None:
    assert list(spellings("Đăng ký  khai sinh").values())[:2] == ["Đăng ký khai sinh", "dang ky khai sinh"]


def test_scores_count_aspects_only_where_they_are_labelled() -> None:
    kind = KINDS[0]
    cases = [
        Asked(kind, "ask_procedure", "ask_procedure", ("fee",), ("fee",)),
        Asked(kind, "ask_procedure", "out_of_scope_law", ("fee", "time"), ("fee",)),
        Asked(kind, "greet", "greet", None, ("fee",)),
    ]
    found = score(kind, cases)
    assert (found.intent_accuracy, found.aspect_exact) == (0.667, 0.5)
    assert found.intent_said == {"ask_procedure": 2, "greet": 1}
    assert found.aspect_f1 == {"fee": 1.0, "time": 0.0}


def test_the_model_report_can_read_what_is_written(tmp_path: Path) -> None:
    cases = [Asked(KINDS[0], "greet", found, None, (), "chào") for found in ("greet", "greet", "thank", "thank")]
    file = tmp_path / "intents.json"
    file.write_text(json.dumps([asdict(score(KINDS[0], cases))]), "utf-8")
    found = read_intents(file)
    assert (found.said, found.confused) == ({"greet": 4}, (("greet", "thank", 2),))
