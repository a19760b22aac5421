"""The measurement of dossiers runs, and says what it found."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.dossiers import Answers, Imported, code, run, told
from nlu.codes import parse_dossier_code


def test_codes_are_codes_and_differ() -> None:
    codes = {code(number) for number in range(20_000)}
    assert len(codes) == 20_000
    assert all(parse_dossier_code(one).text == one for one in list(codes)[:500])


async def test_a_small_run_on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.dossiers.FOLDER", tmp_path)
    answers, loads = await run([50, 200], 20, 30, "sqlite")
    assert [(one.database, one.dossiers) for one in answers] == [("sqlite", 50), ("sqlite", 200)]
    assert [one.what for one in loads] == ["sqlite, new", "sqlite, again"]


def test_what_was_found_is_told_with_what_is_wanted_and_the_growth() -> None:
    answers = [Answers("sqlite", 10, 5, 1.0, 2.0, 3.0), Answers("sqlite", 1000, 5, 1.5, 3.0, 9.0)]
    lines = list(told(answers, [Imported("sqlite, new", 100_000, 50.0)]))
    assert lines[2].endswith("p50 × 1.50, p95 × 1.50")
    assert lines[3].endswith("wanted ≤ 60 s")
