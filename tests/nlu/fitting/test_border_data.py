"""The texts that the border learns from: sound, of all sides, and none of the set that it is measured on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from nlu.border.labels import PROBLEMS, PROPOSALS, Label
from nlu.fitting.border_data import INTENTS, LISTS, MOST, Told, intent_texts, listed_words, own_texts
from nlu.fitting.samples import FOLDS
from nlu.text import fold

QUESTIONS = Path(__file__).parents[3] / "nlu" / "data" / "questions"
MEASURED = (QUESTIONS / "feedback.jsonl", QUESTIONS / "feedback_told.jsonl")


def test_no_text_of_the_evaluation_sets_is_learned_from() -> None:
    lines = [line for path in MEASURED for line in path.read_text("utf-8").splitlines()]
    measured = {fold(json.loads(line)["text"]) for line in lines}
    assert not measured & {fold(one.text) for one in own_texts()}


def test_no_text_stands_twice() -> None:
    times = Counter(fold(one.text) for one in own_texts())
    assert [text for text, often in times.items() if often > 1] == []


def test_every_side_of_the_border_has_texts_of_several_situations() -> None:
    situations = {(one.label, one.situation) for one in own_texts()}
    assert min(Counter(label for label, _ in situations).values()) >= 5
    assert {label for label, _ in situations} == set(Label)


def test_a_category_is_one_of_its_label() -> None:
    allowed = {Label.CONDUCT: {1}, Label.CONTENT: set(PROBLEMS), Label.RECOMMENDATION: set(PROPOSALS)}
    assert all(one.category in allowed.get(one.label, {None}) for one in own_texts())


def test_all_texts_of_a_situation_are_in_one_part_and_those_of_intents_in_none() -> None:
    parts = {
        one.situation: {other.part for other in own_texts() if other.situation == one.situation}
        for one in own_texts()[:40]
    }
    assert all(len(some) == 1 and some <= set(range(FOLDS)) for some in parts.values())
    assert Told("xin chào", Label.OTHER, None, 0.2, "").part == -1


def test_sentences_of_intents_are_drawn_alike_each_time_and_not_too_many() -> None:
    found = intent_texts()
    assert found == intent_texts()
    often = Counter(one.label for one in found)
    assert all(often[label] <= MOST[label] * sum(one is label for one in INTENTS.values()) for label in often)
    assert not any("?" in one.text for one in found if one.label is Label.DENUNCIATION)


def test_a_listed_word_is_learned_from_only_where_one_list_has_it() -> None:
    found = {one.text: one.label for one in listed_words()}
    assert found["hoi lo"] is Label.DENUNCIATION
    assert set(found.values()) <= set(LISTS.values())
    assert "duong" not in found
