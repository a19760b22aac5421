"""The measurement of dossiers runs, and says what it found."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.answer_times import Answers, answers
from benchmarks.dossiers import Imported, code, run, told
from nlu.codes import parse_dossier_code


def test_codes_are_codes_and_differ() -> None:
    codes = {code(number) for number in range(20_000)}
    assert len(codes) == 20_000
    assert all(parse_dossier_code(one).text == one for one in list(codes)[:500])


async def test_a_small_run_on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.dossiers.FOLDER", tmp_path)
    monkeypatch.setattr("benchmarks.whole_answers.WARMING", 2)
    found, loads = await run([50, 200], 20, 6, 30, "sqlite")
    assert [(one.what, one.database, one.dossiers, one.asked) for one in found] == [
        ("look-up", "sqlite", 50, 20),
        ("look-up", "sqlite", 200, 20),
        ("whole", "sqlite", 50, 6),
        ("whole", "sqlite", 200, 6),
    ]
    assert [one.what for one in loads] == ["sqlite, new", "sqlite, again"]
    assert all(one.cpu_seconds > 0 for one in loads)


def test_what_was_found_is_told_with_what_is_wanted_and_the_growth() -> None:
    found = [Answers("whole", "sqlite", 10, 5, 1.0, 2.0, 3.0), Answers("whole", "sqlite", 1000, 5, 1.5, 3.0, 9.0)]
    lines = list(told(found, [Imported("sqlite, new", 100_000, 50.0, 40.0)]))
    assert lines[2].endswith("p50 × 1.50, p95 × 1.50")
    assert lines[3].endswith("wanted ≤ 60 s")


def test_times_become_figures() -> None:
    found = answers("whole", "sqlite", 10, [1.0, 2.0, 3.0])
    assert (found.asked, found.p50, found.worst) == (3, 2.0, 3.0)
