"""A message is read by its question words; what it asks about is a gap, whatever its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.asking_words import asking_signs, asking_words, is_question, questions
from nlu.text import fold


def test_names_of_procedures_leave_the_same_gap() -> None:
    assert asking_words("Đăng ký sáng chế ở đâu?") == ["^", "_", "o", "dau", "$"]
    assert asking_words("mua xe ở đâu") == asking_words("Đăng ký sáng chế ở đâu?")


def test_numbers_stops_and_shorthand_are_read() -> None:
    assert asking_words("Tôi 17 tuổi. Dc ko?") == ["^", "toi", "#", "tuoi", "|", "duoc", "khong", "$"]


def test_what_comes_after_the_last_stop_is_told_from_what_stands_before() -> None:
    signs = asking_signs("Tôi ở đâu cũng được. Lệ phí bao nhiêu")
    assert {"last:bao nhieu", "bao nhieu", "o dau", "cue0:fee"} <= signs
    assert "last:o dau" not in signs


@pytest.mark.parametrize(
    "text", ["làm ở phường hay xã?", "Mất bao lâu? Có mất phí không?", "khai sinh muộn bị phạt không"]
)
def test_accents_make_no_difference(text: str) -> None:
    assert asking_signs(text) == asking_signs(fold(text))


def test_a_message_with_several_questions_is_divided_and_one_with_a_single_question_is_not() -> None:
    assert questions("Tôi mất thẻ. Làm lại ở đâu? Mất bao lâu?") == ["Tôi mất thẻ. Làm lại ở đâu?", "Mất bao lâu?"]
    assert questions("Làm lại ở đâu???") == []
    assert questions("Làm lại ở đâu? ??") == []


@pytest.mark.parametrize(
    ("text", "asks"), [("làm hộ được không", True), ("Gì?", True), ("con em mới đẻ", False), ("", False)]
)
def test_a_few_words_that_end_in_one_of_asking_are_a_question(text: str, asks: bool) -> None:
    assert is_question(text) is asks


@given(st.text(max_size=80))
def test_no_text_is_without_signs(text: str) -> None:
    assert asking_signs(text)
