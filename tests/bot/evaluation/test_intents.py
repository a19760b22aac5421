"""The cross-validation's report is read with its confusion matrix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.intents import IntentsError, read_intents

SCORE: dict[str, Any] = {
    "kind": "as written",
    "intent_accuracy": 0.8,
    "intent_macro_f1": 0.7,
    "intent_f1": {"deny": 0.5, "affirm": 0.9},
    "intent_said": {"deny": 4, "affirm": 6},
    "confused": [{"intent": "deny", "found": "affirm", "texts": ["không", "thôi"]}],
}


def test_of_each_intent_the_matrix_tells_the_share_taken_for_each(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_text(json.dumps([SCORE, {"kind": "without accents"}]), "utf-8")
    found = read_intents(path)
    assert list(found.said) == ["affirm", "deny"]
    assert found.shares == [[1.0, 0.0], [0.5, 0.5]]
    assert found.confused == (("deny", "affirm", 2),)
    assert list(found.f1) == ["deny", "affirm"]


@pytest.mark.parametrize("content", ["", "{}", "[]", "[3]", '[{"intent_accuracy": 1}]'])
def test_what_is_no_such_report_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "intents.json"
    path.write_text(content, "utf-8")
    with pytest.raises(IntentsError, match=r"intents\.json"):
        read_intents(path)


def test_a_missing_report_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match=r"gone\.json"):
        read_intents(tmp_path / "gone.json")
