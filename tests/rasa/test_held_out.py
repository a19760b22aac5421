"""What is asked of a model that has not learned it, and what is kept of its answer."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.held_out import kind_of, outside, sentences


def test_only_procedure_questions_and_those_out_of_scope_are_asked_with_the_sayings(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text('"1.000001":\n- làm giấy cho con\n', "utf-8")
    held = [
        Message({TEXT: "khai sinh cần gì", INTENT: "ask_procedure"}),
        Message({TEXT: "xin chào", INTENT: "greet"}),
        Message({TEXT: "giá vàng", INTENT: "out_of_scope_prices"}),
    ]
    assert sentences(held, tmp_path) == [
        ("khai sinh cần gì", "answer", ""),
        ("giá vàng", "out_of_scope", ""),
        ("làm giấy cho con", "saying", "1.000001"),
    ]
    assert kind_of("greet") == ""


def test_all_out_of_scope_intents_count_together() -> None:
    ranked = [
        {"name": "out_of_scope_law", "confidence": 0.5},
        {"name": "ask_procedure", "confidence": 0.25},
        {"name": "out_of_scope_news", "confidence": 0.25},
    ]
    assert outside({"intent_ranking": ranked}) == 0.75
