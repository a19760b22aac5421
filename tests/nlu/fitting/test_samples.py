"""Samples keep what is learned from apart from what is asked about, and know none of the words that they are asked in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlu.catalogue.entries import SAYINGS_DIR, load_requests, load_sayings
from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_features import FEATURES
from nlu.catalogue.index_weights import Weights
from nlu.catalogue.services import Entry
from nlu.catalogue.starter import load_starter
from nlu.fitting.samples import (
    CLOSEST,
    FOLDS,
    Asked,
    gather,
    labelled,
    nameless,
    own_questions,
    second_sayings,
    training_lines,
    unseen_requests,
)
from nlu.text import fold

THINGS = [
    "khai sinh",
    "kết hôn",
    "nhận nuôi",
    "tạm trú",
    "thường trú",
    "hộ chiếu",
    "căn cước",
    "lái xe",
    "xây nhà",
    "đất đai",
    "kinh doanh",
    "ly hôn",
]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """Twelve services; the last two records are one of them."""
    single = [
        Entry(
            f"1.0000{number:02}", f"Đăng ký {thing}", (f"làm {thing} x{number}", f"xin {thing} y{number}"),
            (f"Tôi muốn {thing} thì nộp ở đâu?",), family=f"f{number}",
        )
        for number, thing in enumerate(THINGS)
    ]  # fmt: skip
    return [*single, replace(single[-1], code="1.000099", name="Đăng ký ly hôn cấp xã")]


@pytest.fixture(scope="module")
def index(entries: list[Entry]) -> Index:
    """Their index."""
    return build_index(entries, 1)


def written(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_no_service_is_on_both_sides_of_a_fold(index: Index) -> None:
    asked = [
        Asked(index, text, frozenset({code}))
        for members in index.members
        for code in members
        for text in (f"một {code}", f"hai {code}")
    ]
    parts: dict[tuple[str, ...], set[int]] = {}
    for one in asked:
        owner = next(members for members in index.members if one.right & set(members))
        parts.setdefault(owner, set()).add(one.part)
    assert all(len(some) == 1 for some in parts.values())
    assert len({part for some in parts.values() for part in some}) > 1
    assert all(0 <= one.part < FOLDS for one in asked)


def test_records_of_one_service_and_indexes_of_other_words_are_in_the_same_part(
    entries: list[Entry], index: Index
) -> None:
    other = build_index([replace(entry, also_called=()) for entry in entries], 1)
    parts = {Asked(some, "?", frozenset({code})).part for some in (index, other) for code in ("1.000011", "1.000099")}
    assert len(parts) == 1


def test_every_labelled_question_has_its_twin_without_accents_right_after_it(index: Index, tmp_path: Path) -> None:
    path = written(
        tmp_path / "questions.jsonl",
        {"text": "làm khai sinh", "accept": ["1.000000"], "source": "one"},
        {"text": "giá vàng", "accept": [], "source": "one"},
        {"text": "cưới xin", "accept": ["1.000001", "1.000002"], "source": "other"},
    )
    asked = labelled(index, path)
    assert [one.text for one in asked] == ["làm khai sinh", "lam khai sinh", "cưới xin", "cuoi xin"]
    for one, twin in zip(asked[::2], asked[1::2], strict=True):
        assert twin.text == fold(one.text)
        assert (one.right, one.source, one.part) == (twin.right, twin.source, twin.part)


def test_the_projects_own_questions_are_asked_on_an_index_that_knows_none_of_them(entries: list[Entry]) -> None:
    asked = own_questions(entries, Weights.fitted())
    assert {one.text for one in asked} == {question for entry in entries for question in entry.questions}
    for one in asked:
        assert len(one.index.asked_words.vocabulary) == 0
        assert one.right <= {code for members in one.index.members for code in members}


def test_the_second_writers_sayings_are_asked_on_an_index_that_knows_only_the_first_ones() -> None:
    records = load_starter()[0][:40]
    asked = second_sayings(records, Weights.fitted())
    second = {line for lines in load_sayings(SAYINGS_DIR / "second").values() for line in lines}
    assert asked
    known = {said for said_of in asked[0].index.sayings for said in said_of}
    for one in asked:
        assert one.text in second
        assert one.text not in known


def test_the_samples_mark_the_right_rows_and_those_that_are_there(index: Index) -> None:
    asked = [
        Asked(index, "đăng ký ly hôn", frozenset({"1.000099"}), "one"),
        Asked(index, "đăng ký kết hôn", frozenset({"9.999999"}), "one"),
        Asked(index, "làm khai sinh", frozenset({"1.000000"}), "sayings"),
    ]
    samples = gather(asked, 0.01)
    assert samples.x.shape == (3, CLOSEST, len(FEATURES))
    assert samples.there.sum(axis=1).tolist() == [len(index.members)] * 3
    assert samples.right.sum(axis=1).tolist() == [1, 0, 1]
    assert not (samples.right & ~samples.there).any()
    assert samples.weight.tolist() == pytest.approx([2**-0.5, 2**-0.5, 0.01])
    assert samples.part.tolist() == [one.part for one in asked]
    row = samples.x[0][np.flatnonzero(samples.right[0])[0]]
    assert row[FEATURES.index("core_inside")] == 1


def test_what_names_nothing_comes_with_the_projects_own(index: Index, tmp_path: Path) -> None:
    asked = nameless(written(tmp_path / "some.jsonl", {"text": "mất bao lâu"}), index)
    assert asked[0].text == "mất bao lâu"
    assert len(asked) > 20
    assert not any(one.right for one in asked)


def test_training_lines_are_sentences_without_their_bullets() -> None:
    lines = list(training_lines())
    assert len(lines) > 100
    assert all(intent and line and not line.startswith("- ") for intent, line in lines)


def test_a_request_is_asked_on_an_index_that_does_not_know_it(index: Index) -> None:
    asked = unseen_requests(index)
    assert {one.kind for one in asked} == {"clarify"}
    assert len({id(one.index) for one in asked}) == FOLDS
    known = len(load_requests())
    assert len(asked) == known
    for one in (asked[0], asked[-1]):
        assert len(one.index.request_services) < known
