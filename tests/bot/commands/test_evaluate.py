"""``motcua evaluate`` refuses what it cannot read before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.evaluate import _database


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


def test_another_catalogue_or_other_code_means_another_database(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    code, one, two = tmp_path / "nlu" / "a.py", tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    code.write_text("x = 1")
    one.write_text("{}")
    two.write_text("{ }")
    names = {_database(tmp_path, None), _database(tmp_path, one), _database(tmp_path, two)}
    assert len(names) == 3
    assert _database(tmp_path, one) in names
    code.write_text("x = 2")
    assert _database(tmp_path, one) not in names
