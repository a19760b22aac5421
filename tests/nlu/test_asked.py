"""What is asked is found in the order in which it is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.asked import all_asked, is_bare_question, listed_aspects, without_cues
from nlu.understanding import Aspect


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cần giấy gì, bao lâu và nộp ở đâu", (Aspect.DOCUMENTS, Aspect.TIME, Aspect.WHERE)),
        ("het bao nhieu tien; may ngay xong", (Aspect.FEE, Aspect.TIME)),
        ("đăng ký kết hôn cần giấy tờ gì", ()),
        ("được cấp lại không, có bắt buộc không", ()),
    ],
)
def test_what_is_listed_in_one_breath_is_all_found_in_order(text: str, asked: tuple[Aspect, ...]) -> None:
    assert listed_aspects(text) == asked


def test_what_was_learned_is_kept_and_sorted_by_where_it_is_asked() -> None:
    learned = (Aspect.DOCUMENTS, Aspect.FEE)
    assert all_asked("lệ phí bao nhiêu và cần giấy tờ gì", learned) == (Aspect.FEE, Aspect.DOCUMENTS)
    assert all_asked("làm hộ", (Aspect.CONDITIONS,)) == (Aspect.CONDITIONS,)


@pytest.mark.parametrize(
    ("text", "left"), [("cấp lại bao lâu", "cấp lại"), ("cap lai o dau", "cap lai"), ("Đổi thẻ", "Đổi thẻ"), ("", "")]
)
def test_a_message_without_its_ways_of_asking_is_what_it_asks_about(text: str, left: str) -> None:
    assert without_cues(text) == left


@given(st.text(max_size=80))
def test_no_text_makes_the_listing_fail(text: str) -> None:
    all_asked(text, ())
    without_cues(text)


@pytest.mark.parametrize("text", ["bao nhiêu tiền", "het bao nhieu tien", "mất bao lâu?", "ở đâu vậy em", "mấy ngày"])
def test_a_bare_question_names_nothing(text: str) -> None:
    assert is_bare_question(text)


@pytest.mark.parametrize(
    "text", ["vàng bao nhiêu tiền", "lương cán bộ bao nhiêu", "", "thời tiết thế nào", "khai sinh"]
)
def test_a_question_that_names_something_is_not_bare(text: str) -> None:
    assert not is_bare_question(text)
