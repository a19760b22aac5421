"""A training sentence is told apart by text and labels, and a copy of it can be changed alone."""

from __future__ import annotations

import copy

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.training_sentence import TrainingSentence


def sentence(text: str, intent: str = "greet", **more: object) -> TrainingSentence:
    return TrainingSentence.of(Message(data={TEXT: text, INTENT: intent, **more}))


def test_the_same_text_with_the_same_labels_is_the_same_sentence() -> None:
    assert sentence("xin chào") == sentence("xin chào")
    assert len({sentence("xin chào"), sentence("xin chào"), sentence("chào")}) == 2


def test_another_intent_or_other_aspects_make_another_sentence() -> None:
    assert sentence("chào") != sentence("chào", "goodbye")
    assert sentence("phí", metadata={"intent": {"aspects": ["fee"]}}) != sentence("phí")


def test_what_a_component_adds_to_a_copy_is_not_in_the_original() -> None:
    first = sentence("chào")
    second = copy.deepcopy(first)
    second.set("text_tokens", ["chào"])
    assert first.get("text_tokens") is None
    assert first != second
