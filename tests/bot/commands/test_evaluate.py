"""``motcua evaluate`` refuses what it cannot read before it starts anything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.commands import evaluate
from bot.evaluation.cases import Case
from bot.evaluation.run import Result
from bot.evaluation.whole import Measured, evaluation_database
from nlu.understanding import Candidate
from tests.factories import procedure


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder."""
    monkeypatch.chdir(tmp_path)


def failed(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """Run a command that fails and return its one line."""
    assert main(["evaluate", *args], {}) == 1
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1, errors
    return errors


def test_without_questions_it_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no questions" in failed(capsys)


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "missing.jsonl" in failed(capsys, "missing.jsonl")


def test_a_bad_line_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("q.jsonl").write_text('{"text": "x", "kind": "answer", "accept": []}\noops\n', "utf-8")
    assert "q.jsonl line 2" in failed(capsys, "q.jsonl")


def test_a_missing_catalogue_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("q.jsonl").write_text('{"text": "x", "kind": "answer", "accept": []}\n', "utf-8")
    assert "gone.jsonl" in failed(capsys, "q.jsonl", "--catalogue", "gone.jsonl")


def test_another_catalogue_other_sayings_or_other_code_means_another_database(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    code, one, two = tmp_path / "nlu" / "a.py", tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    code.write_text("x = 1")
    one.write_text("{}")
    two.write_text("{ }")
    pairs = [(None, None), (one, None), (two, None), (None, two)]
    names = {evaluation_database(tmp_path, *pair) for pair in pairs}
    assert len(names) == 4
    assert evaluation_database(tmp_path, one, tmp_path / "gone.yml") in names
    code.write_text("x = 2")
    assert evaluation_database(tmp_path, one, None) not in names


REPORT = {"summary": {"answer": {"questions": 10, "R@1": 0.8, "declined": 0.1}}}


def test_two_reports_are_compared_without_asking_anything(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.json").write_text(json.dumps(REPORT), "utf-8")
    Path("new.json").write_text(json.dumps({"summary": {"answer": {"questions": 10, "R@1": 0.9}}}), "utf-8")
    assert main(["evaluate", "--json", "new.json", "--against", "old.json"], {}) == 0
    assert "0.800 → 0.900" in capsys.readouterr().out


def test_a_report_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.json").write_text("[]", "utf-8")
    assert "old.json is no report" in failed(capsys, "--against", "old.json")
    assert "gone.json is no report" in failed(capsys, "--against", "gone.json")


QUESTION = '{"text": "đăng ký khai sinh", "kind": "answer", "accept": ["1.001193"], "aspect": "fee"}\n'


class CannedBench:
    """A bench that answers every question with the birth registration."""

    def __init__(self, *_: Any) -> None:
        pass

    async def measure_sets(
        self, contender: Any, sets: Mapping[str, Sequence[Case]], parsed: Sequence[str] = ()
    ) -> Measured:
        """See ``Bench.measure_sets``."""
        found = (Candidate("1.001193", 0.9, "Đăng ký khai sinh"),)
        results = {
            name: [Result(case, "answered", found, "", ("fee",), 2.0) for case in some] for name, some in sets.items()
        }
        return Measured(results, tuple(3.0 for _ in parsed), {"1.001193": "Hộ tịch"})


@pytest.fixture
def canned(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Neither Rasa nor a picture; return the charts that would be drawn."""
    drawn: list[dict[str, Any]] = []

    async def draw(*args: Any) -> None:
        drawn.extend(args[-1])

    monkeypatch.setattr(evaluate, "Bench", CannedBench)
    monkeypatch.setattr(evaluate, "draw", draw)
    return drawn


def test_the_report_is_written_with_its_pictures(
    canned: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / ".venv-rasa" / "bin" / "python"
    monkeypatch.setattr("nlu.training.RasaHome.require_python", lambda home: python)
    Path("q.jsonl").write_text(QUESTION, "utf-8")
    assert main(["evaluate", "q.jsonl", "--report", "out", "--twins", "--json", "a.json"], {}) == 0
    page = Path("out/understanding.md").read_text("utf-8")
    for told in (
        "q.jsonl (",
        "| Hộ tịch | 1 | 1.000 |",
        "| capitals | 1 | 1.000 |",
        "| one `/model/parse` | 1 | 3.0 |",
    ):
        assert told in page
    assert str(tmp_path) not in page
    assert [chart["file"] for chart in canned] == ["calibration.png", "sure.png", "fields.png", "noise.png"]
    (case,) = json.loads(Path("a.json").read_text("utf-8"))["cases"]
    assert case["candidates"] == [{"code": "1.001193", "score": 0.9, "members": ["1.001193"]}]


def test_without_a_report_nothing_but_the_questions_is_asked(
    canned: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("q.jsonl").write_text(QUESTION, "utf-8")
    assert main(["evaluate", "q.jsonl", "--twins"], {}) == 0
    assert "the same without accents" in capsys.readouterr().out
    assert canned == []


def test_a_report_of_intents_that_is_none_is_named_before_anything_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("q.jsonl").write_text(QUESTION, "utf-8")
    assert "gone.json" in failed(capsys, "q.jsonl", "--report", "out", "--intents", "gone.json")


def test_the_ablation_prints_its_table_and_writes_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "read_procedures", lambda path: [procedure()])
    Path("q.jsonl").write_text(QUESTION, "utf-8")
    assert main(["evaluate", "q.jsonl", "--ablation", "--report", "out"], {}) == 0
    assert "fitted ranking, everything" in capsys.readouterr().out
    assert "q.jsonl (" in Path("out/ablation.md").read_text("utf-8")
