"""What a model made of sentences that it had not learned is read like a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.catalogue.starter import load_starter
from nlu.fitting import scope
from nlu.fitting.held_out import held_out_cases
from nlu.fitting.samples import training_lines


def held_out(path: Path, *rows: tuple[str, str, float]) -> Path:
    path.write_text(json.dumps([{"text": t, "kind": k, "out_of_scope": o} for t, k, o in rows]), "utf-8")
    return path


def test_every_kind_is_a_group_and_a_saying_counts_as_answerable(tmp_path: Path) -> None:
    follow_up = next(line for _, line in training_lines("*follow_up.yml"))
    file = held_out(
        tmp_path / "held.json",
        ("thủ tục đăng ký khai sinh", "answer", 0.1),
        (follow_up, "answer", 0.1),
        ("làm giấy khai sinh cho bé", "saying", 0.2),
        ("giá vàng hôm nay", "out_of_scope", 0.9),
    )
    groups = held_out_cases(file, load_starter()[0])
    assert [[case["kind"] for case in group] for group in groups] == [["answer"], ["out_of_scope"], ["answer"]]
    assert groups[1][0]["signs"]["out_of_scope"] == 0.9
    assert set(scope.SIGNS) <= set(groups[0][0]["signs"])


def test_held_out_sentences_need_a_catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.argv", ["scope", "report.json", "--held-out", str(tmp_path / "held.json")])
    with pytest.raises(SystemExit):
        scope.main()
