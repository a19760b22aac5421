"""Questions are read strictly: a bad line is named with its file and number, never passed over."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.cases import KINDS, OWN, Case, QuestionsError, accentless, read_cases


def line(**changes: Any) -> str:
    """A line with one question."""
    row = {"text": "làm giấy khai sinh cần gì", "kind": "answer", "accept": ["1.001193"], "aspect": "documents"}
    return json.dumps({**row, **changes}, ensure_ascii=False)


def file(folder: Path, *lines: str, name: str = "dev_questions.jsonl") -> Path:
    """Write lines to a file."""
    path = folder / name
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_question_is_read_with_its_codes_and_aspect_and_named_after_its_file(tmp_path: Path) -> None:
    path = file(tmp_path, line(), "", line(kind="out_of_scope", accept=[], aspect=None))
    assert read_cases([path]) == [
        Case("làm giấy khai sinh cần gì", "answer", ("1.001193",), "documents", (), "dev_questions"),
        Case("làm giấy khai sinh cần gì", "out_of_scope", (), "none", (), "dev_questions"),
    ]


def test_gzipped_questions_and_those_with_a_byte_order_mark_are_read_too(tmp_path: Path) -> None:
    packed = tmp_path / "q.jsonl.gz"
    packed.write_bytes(gzip.compress(line().encode()))
    marked = tmp_path / "m.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf" + line().encode())
    assert len(read_cases([packed, marked])) == 2


def test_a_follow_up_has_its_context_which_is_right_when_nothing_else_is_named(tmp_path: Path) -> None:
    path = file(tmp_path, line(kind="follow_up", accept=None, context_accept=["1.000894"]))
    (case,) = read_cases([path])
    assert case.context == case.accept == ("1.000894",)


def test_a_line_separator_inside_a_question_does_not_end_its_line(tmp_path: Path) -> None:
    (case,) = read_cases([file(tmp_path, line(text="khai sinh\u2028ở đâu\x85"))])
    assert "\u2028" in case.text


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "[]",
        "42",
        '{"text": "x"}',
        '{"kind": "answer"}',
        line(kind="riddle"),
        line(text=5),
        line(accept="1.001193"),
        line(accept=7),
        line(context_accept="1.001193"),
    ],
)
def test_a_bad_line_is_named_with_file_and_number(tmp_path: Path, bad: str) -> None:
    with pytest.raises(QuestionsError, match=r"dev_questions\.jsonl line 2"):
        read_cases([file(tmp_path, line(), bad)])


def test_a_file_that_is_missing_damaged_or_no_text_is_named(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.jsonl.gz"
    damaged.write_bytes(gzip.compress(line().encode())[:-12])
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "missing.jsonl", damaged, binary):
        with pytest.raises(QuestionsError, match=path.name):
            read_cases([path])


def test_the_twin_without_accents_keeps_everything_else(tmp_path: Path) -> None:
    cases = read_cases([file(tmp_path, line())])
    (twin,) = accentless(cases)
    assert twin.text == "lam giay khai sinh can gi"
    assert (twin.kind, twin.accept, twin.aspect) == (cases[0].kind, cases[0].accept, cases[0].aspect)


def test_every_kind_of_the_evaluation_is_known() -> None:
    assert KINDS == ("answer", "clarify", "out_of_scope", "not_in_catalogue", "follow_up", "feedback")


def test_a_question_is_called_by_its_id_or_by_its_line_and_is_not_ours_unless_it_lies_with_ours(tmp_path: Path) -> None:
    first, second = read_cases([file(tmp_path, line(id="dev#7"), line())])
    assert (first.place, second.place) == ("dev#7", "dev_questions.jsonl:2")
    assert not first.own
    ours = read_cases([OWN / "fixed.jsonl"])[0]
    assert ours.own
    assert str(OWN) not in ours.place


def test_a_text_of_feedback_has_a_label_and_perhaps_a_category(tmp_path: Path) -> None:
    (case,) = read_cases([file(tmp_path, line(kind="feedback", label="content", category=3, accept=None, aspect=None))])
    assert (case.label, case.category, case.accept) == ("content", 3, ())
    with pytest.raises(QuestionsError, match="has a label"):
        read_cases([file(tmp_path, line(kind="feedback", label="complaint"))])
