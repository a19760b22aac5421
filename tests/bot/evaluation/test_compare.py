"""Before and after: what became worse is found whatever else became better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.compare import ReportError, changes, comparison, missing, read_summary, regressions

BASE: dict[str, Any] = {
    "answer": {
        "questions": 600,
        "R@1": 0.70,
        "R@3": 0.84,
        "answered": 0.7,
        "asked back": 0.2,
        "declined": 0.10,
        "aspect": 0.56,
    },
    "out_of_scope": {"questions": 71, "R@1": None, "R@3": None, "answered": 0.0, "asked back": 0.1, "declined": 0.87},
    "not_in_catalogue": {"questions": 10, "answered": 0.1, "declined": 0.5},
}


def after(kind: str, **figures: float) -> dict[str, Any]:
    """The same figures but for some of one kind."""
    names = {name.replace("_", " ") if name == "asked_back" else name: value for name, value in figures.items()}
    names = {name.replace("R_", "R@"): value for name, value in names.items()}
    return {**BASE, kind: {**BASE[kind], **names}}


def worse(found: dict[str, Any], tolerance: float = 0.005) -> list[tuple[str, str]]:
    """What the gate would refuse."""
    return [(one.kind, one.figure) for one in regressions(changes(BASE, found), tolerance)]


def test_nothing_changed_is_nothing_worse() -> None:
    assert worse(BASE) == []


@pytest.mark.parametrize(
    ("kind", "figures", "found"),
    [
        ("answer", {"R_1": 0.69}, "R@1"),
        ("answer", {"R_3": 0.83, "R_1": 0.9}, "R@3"),
        ("answer", {"aspect": 0.5}, "aspect"),
        ("answer", {"declined": 0.12}, "declined"),
        ("out_of_scope", {"declined": 0.85}, "declined"),
        ("not_in_catalogue", {"answered": 0.2}, "answered"),
    ],
)
def test_each_guarded_figure_is_guarded_in_its_direction(kind: str, figures: dict[str, float], found: str) -> None:
    assert worse(after(kind, **figures)) == [(kind, found)]


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("answer", {"R_1": 0.71, "declined": 0.0, "asked_back": 0.5, "answered": 0.3}),
        ("out_of_scope", {"declined": 0.9}),
        ("not_in_catalogue", {"answered": 0.0, "declined": 0.0}),
    ],
)
def test_what_is_better_or_not_guarded_is_no_reason_to_refuse(kind: str, figures: dict[str, float]) -> None:
    assert worse(after(kind, **figures)) == []


def test_a_drop_of_exactly_the_tolerance_is_allowed_and_a_little_more_is_not() -> None:
    assert worse(after("answer", R_1=0.695)) == []
    assert worse(after("answer", R_1=0.6949)) == [("answer", "R@1")]
    assert worse(after("answer", R_1=0.6), tolerance=0.1) == []


def test_the_kinds_of_named_sets_are_guarded_alike() -> None:
    before, now = {"mine: answer": {"R@1": 0.9}}, {"mine: answer": {"R@1": 0.5}}
    assert [one.kind for one in regressions(changes(before, now), 0.005)] == ["mine: answer"]


def test_the_table_shows_what_changed_and_marks_what_is_worse() -> None:
    found = changes(BASE, after("answer", R_1=0.6, R_3=0.9))
    lines = comparison(found, 0.005).splitlines()
    assert "0.700 → 0.600 !" in lines[1]
    assert "0.840 → 0.900  " in lines[1]
    assert "0.560" in lines[1]
    assert lines[2].split()[:3] == ["out_of_scope", "–", "–"]
    assert "!" not in comparison(found)


def test_other_questions_cannot_be_compared() -> None:
    assert missing(BASE, BASE) == []
    assert missing(BASE, after("answer", questions=601)) == ["answer"]
    assert missing({}, {"answer": {"questions": 1}}) == ["answer"]


def test_a_summary_is_read_from_a_report(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"summary": BASE, "cases": []}))
    assert read_summary(path) == BASE


@pytest.mark.parametrize("content", ["", "[]", '{"summary": 3}', '{"summary": {"answer": 4}}'])
def test_what_is_no_report_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content)
    with pytest.raises(ReportError, match=r"report\.json"):
        read_summary(path)
