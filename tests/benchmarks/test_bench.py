from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.bench import build_parser, main, make_plan
from benchmarks.measure import phases
from benchmarks.questions import load_questions


def test_without_development_data_the_starter_catalogue_is_measured(tmp_path: Path) -> None:
    plan = make_plan(build_parser().parse_args([]), tmp_path / "project")
    assert plan.catalogue is None
    assert any(question.endswith("cần giấy tờ gì") for question in plan.questions)
    assert len(plan.questions) > 100


def test_development_data_beside_the_project_are_taken(tmp_path: Path) -> None:
    data = tmp_path / "shared" / "data"
    data.mkdir(parents=True)
    (data / "procedures.jsonl.gz").write_bytes(b"")
    (data / "dev_questions.jsonl").write_text(json.dumps({"text": "làm hộ chiếu", "kind": "answer"}), "utf-8")
    (tmp_path / "project").mkdir()
    plan = make_plan(build_parser().parse_args([]), tmp_path / "project")
    assert plan.catalogue is not None
    assert plan.questions == ["làm hộ chiếu"]


def test_the_default_plan_loads_less_than_six_minutes(tmp_path: Path) -> None:
    plan = make_plan(build_parser().parse_args([]), tmp_path / "project")
    assert plan.rounds >= 3
    assert plan.conversations == (1, 16, 64)
    assert 2 * plan.rounds * sum(phase.seconds for phase in phases(plan)) < 300


def test_a_round_loads_with_thinking_and_without(tmp_path: Path) -> None:
    plan = make_plan(build_parser().parse_args(["--conversations", "2", "5"]), tmp_path / "project")
    assert [(phase.conversations, phase.thinking > 0) for phase in phases(plan)] == [
        (2, True),
        (5, True),
        (2, False),
        (5, False),
    ]


@pytest.mark.parametrize("arguments", [["--rounds", "0"], ["--questions", "/nowhere.jsonl"]])
def test_what_cannot_be_measured_is_one_line_and_a_failure(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith("bench: ")


def test_questions_that_are_empty_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", "utf-8")
    assert main(["--questions", str(tmp_path / "none.jsonl")]) == 1


def test_every_saying_of_the_starter_catalogue_is_asked() -> None:
    assert "" not in {question.strip() for question in load_questions(None)}
