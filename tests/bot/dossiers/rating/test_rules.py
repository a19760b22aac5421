"""The files about grading: the rule with its source and validity, and what officials say of units."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.dossiers.rating.grade import Index
from bot.dossiers.rating.rules import DATA, GradingFileError, load_rule, load_units


def test_the_rule_names_its_source_and_its_doubt() -> None:
    rule = load_rule(date(2026, 11, 26))
    assert "01/2018" in rule.source
    assert rule.doubt


def test_a_rule_holds_in_its_time_only(tmp_path: Path) -> None:
    with pytest.raises(GradingFileError, match="does not hold"):
        load_rule(date(2018, 1, 1))
    ended = tmp_path / "grading.yml"
    ended.write_text(DATA.read_text("utf-8").replace("valid_to: null", "valid_to: 2025-01-01"), "utf-8")
    with pytest.raises(GradingFileError, match="does not hold"):
        load_rule(date(2026, 1, 1), ended)


def test_units_points_are_read_with_their_source(tmp_path: Path) -> None:
    file = tmp_path / "units.yml"
    file.write_text("Phường Mẫu: {source: Báo cáo quý IV, points: {5: 1, 6: 2}}\n", "utf-8")
    assert load_units(file) == {"Phường Mẫu": {Index.ONE_STOP: 1, Index.PUBLICATION: 2}}


@pytest.mark.parametrize(
    "wrong",
    [
        "A: {source: '', points: {5: 1}}",
        "A: {source: x, points: {1: 1}}",
        "A: {source: x, points: {5: 3}}",
        "A: {points: {5: 1}}",
        "- A",
        "A: [",
    ],
)
def test_points_that_cannot_be_are_refused(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "units.yml"
    file.write_text(wrong, "utf-8")
    with pytest.raises(GradingFileError, match=r"units\.yml"):
        load_units(file)
