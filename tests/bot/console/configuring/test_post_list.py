"""Procedures come into the agency's lists of the post without YAML."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.configuration.kinds import Kind, faults_of
from bot.console.configuring.post_list import Listing, with_listed
from bot.console.configuring.standing import FormError
from feedback.file_reading import read_plain
from tests.bot.dialogue_house import TEXTS

FIRST = Listing("1.001193, 1.000894\n1.001193", "available", "both", " Quyết định  12 ", "2026-05-04")
KEPT = """lists:
  decision: Quyết định 1
  date: 2026-01-02
  url: https://x.vn/1
  procedures:
  - {code: 1.001193, available: [send], note: cũ}
tariffs: []
"""


def entries(body: str) -> list[dict[str, object]]:
    """What the list holds; it must be one that can hold."""
    assert faults_of(Kind.POSTAL, body, TEXTS) == []
    found: list[dict[str, object]] = read_plain(body)["lists"]["procedures"]
    return found


def test_several_codes_are_listed_once_each_with_document_and_day() -> None:
    document = {"decision": "Quyết định 12", "date": "2026-05-04", "available": ["send", "receive"]}
    assert entries(with_listed("", FIRST)) == [{"code": "1.001193", **document}, {"code": "1.000894", **document}]


def test_a_procedure_moves_to_the_other_list_and_loses_the_former_note_and_everything_else_stays() -> None:
    moved = replace(FIRST, codes="1.001193", into="excluded", note="phải  có mặt")
    body = with_listed(KEPT, moved)
    (one,) = entries(body)
    assert one["excluded"] == ["send", "receive"]
    assert (one["note"], one["decision"]) == ("phải có mặt", "Quyết định 12")
    assert "available" not in one
    assert read_plain(body)["lists"]["url"] == "https://x.vn/1"
    assert "tariffs" in body


def test_a_direction_is_added_under_the_same_document_but_not_under_another() -> None:
    more = Listing("1.001193", "available", "receive", "Quyết định 1", "2026-01-02")
    assert entries(with_listed(KEPT, more))[0]["available"] == ["send", "receive"]
    with pytest.raises(FormError, match="theo văn bản khác"):
        with_listed(KEPT, replace(more, decision="Quyết định 9"))


def test_taken_out_of_the_list_it_is_gone_or_keeps_the_other_direction() -> None:
    out = replace(FIRST, codes="1.001193", into="")
    assert entries(with_listed(KEPT, out)) == []
    both = with_listed("", FIRST)
    assert entries(with_listed(both, replace(out, direction="send")))[0]["available"] == ["receive"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"codes": " , "}, "ít nhất một mã"),
        ({"codes": "1.001193 khai-sinh"}, "“khai-sinh” không phải mã thủ tục"),
        ({"decision": "  "}, "văn bản công bố"),
        ({"day": "2026-02-30"}, "chọn ngày"),
        ({"direction": "x"}, "có sẵn"),
    ],
)
def test_what_is_missing_or_no_code_is_said_in_vietnamese(change: dict[str, str], said: str) -> None:
    with pytest.raises(FormError, match=said):
        with_listed("", replace(FIRST, **change))


@pytest.mark.parametrize("body", ["- 1", "lists: 3", "lists: {procedures: [x]}", "a: ["])
def test_settings_that_cannot_be_read_are_left_alone(body: str) -> None:
    with pytest.raises(FormError, match="không đọc được"):
        with_listed(body, FIRST)
