"""The ablation runs on the starter catalogue, and says what it cannot read or measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.ablation_run import NOT_ASKED, NOT_THERE, AblationError, ablation, read_procedures
from bot.evaluation.cases import Case
from tests.factories import procedure

ASKED = Case("đăng ký khai sinh", "answer", ("1.001193",), "none", (), "own")
SMALL = [procedure(), procedure("1.000894", name="Đăng ký kết hôn")]


def test_without_a_file_the_starter_catalogue_is_read() -> None:
    assert len(read_procedures(None)) > 100


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(AblationError, match=r"gone\.jsonl"):
        read_procedures(tmp_path / "gone.jsonl")


def test_without_an_answerable_question_nothing_is_measured() -> None:
    with pytest.raises(AblationError, match="nothing to measure"):
        ablation(SMALL, [Case("trời mưa", "out_of_scope", (), "none", (), "own")])


def test_every_way_has_its_row_and_embeddings_say_why_they_have_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {row.name: row for row in ablation(SMALL, [ASKED])}
    assert rows["fitted ranking, everything"].accented["all"] == (1.0, 1.0, 1.0)
    assert rows["sentence embeddings of the name"].remark == NOT_ASKED
    monkeypatch.setattr("bot.evaluation.ablation_run.embedding_way", lambda services: None)
    absent = {row.name: row for row in ablation(SMALL, [ASKED], embeddings=True)}
    assert absent["sentence embeddings of the name"].remark == NOT_THERE
