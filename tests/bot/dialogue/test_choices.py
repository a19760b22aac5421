"""Ids behind buttons are short and safe, and what people type instead of tapping means the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.choices import (
    NONE_OF_THESE,
    Picked,
    ask_about,
    choose,
    read_choice,
    typed_option,
)
from bot.dialogue.state import Option
from nlu.text import fold
from nlu.understanding import Aspect

LONGEST_CODE = "1.001193.000.00.00.H17"
OPTIONS = (
    Option("tt:1.000894", "Đăng ký kết hôn"),
    Option("tt:2.000806", "Đăng ký kết hôn có yếu tố nước ngoài"),
    Option("tt:1.004746", "Thu hồi giấy chứng nhận kết hôn"),
)


@pytest.mark.parametrize("aspect", list(Aspect))
def test_no_id_is_longer_than_the_tightest_channel_allows(aspect: Aspect) -> None:
    assert len(ask_about(LONGEST_CODE, aspect).encode()) <= 64
    assert len(choose(LONGEST_CODE).encode()) <= 64


@pytest.mark.parametrize("aspect", list(Aspect))
def test_what_was_written_into_an_id_is_read_out_of_it(aspect: Aspect) -> None:
    assert read_choice(ask_about(LONGEST_CODE, aspect)) == Picked(LONGEST_CODE, aspect)
    assert read_choice(choose(LONGEST_CODE)) == Picked(LONGEST_CODE)
    assert read_choice(NONE_OF_THESE) == Picked(none_of_these=True)


@pytest.mark.parametrize("payload", ["", "tt:", "tt", "x:1.001193", "tt:1.001193:nonsense", "tt::fee", "none:"])
def test_an_id_that_was_never_ours_is_not_read(payload: str) -> None:
    assert read_choice(payload) is None


@given(st.text(max_size=80))
def test_no_id_makes_the_reading_fail(payload: str) -> None:
    read_choice(payload)


@pytest.mark.parametrize(
    "typed",
    [
        "2",
        "2.",
        "số 2",
        "so 2",
        "cái 2",
        "chọn 2",
        "em chọn số 2 nhé",
        "cái thứ hai",
        "thứ 2",
        "hai",
        "2 ạ",
        "2. Đăng ký kết hôn có yếu tố nước ngoài",
        "Đăng ký kết hôn có yếu tố nước ngoài",
        "dang ky ket hon co yeu to nuoc ngoai",
        "ĐĂNG KÝ KẾT HÔN CÓ YẾU TỐ NƯỚC NGOÀI.",
        "đăng ký kết hôn có yếu tố",
    ],
)
def test_number_name_name_without_accents_and_beginning_mean_the_same(typed: str) -> None:
    assert typed_option(typed, OPTIONS) == OPTIONS[1]


@pytest.mark.parametrize(("typed", "place"), [("cái đầu tiên", 0), ("thứ nhất", 0), ("cái cuối", 2), ("ba", 2)])
def test_ordinals_are_understood(typed: str, place: int) -> None:
    assert typed_option(typed, OPTIONS) == OPTIONS[place]


def test_a_title_that_begins_like_an_ordinal_is_still_found_by_its_name() -> None:
    assert typed_option("Thu hồi giấy chứng nhận kết hôn", OPTIONS) == OPTIONS[2]


def test_the_whole_title_wins_over_a_longer_one_that_begins_so() -> None:
    assert typed_option("đăng ký kết hôn", OPTIONS) == OPTIONS[0]


@pytest.mark.parametrize(
    "typed", ["4", "0", "-1", "99", "năm", "đăng ký", "đăng ký khai sinh", "không", "", "²", "1 2"]
)
def test_what_names_no_option_chooses_none(typed: str) -> None:
    assert typed_option(typed, OPTIONS) is None


@pytest.mark.parametrize("option", OPTIONS)
def test_every_offered_title_can_be_typed_without_accents(option: Option) -> None:
    assert typed_option(fold(option.title), OPTIONS) == option


@given(st.text(max_size=60))
def test_no_typed_text_makes_the_reading_fail(text: str) -> None:
    typed_option(text, OPTIONS)
