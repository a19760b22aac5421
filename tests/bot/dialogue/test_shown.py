"""What a typed message means of what was shown."""

from __future__ import annotations

import pytest

from bot.dialogue.shown import nearly
from bot.dialogue.state import Option
from nlu.text import fold

SHOWN = (
    Option("do:postal_compare:1.000894", "So sánh các cách nộp"),
    Option("do:postal_price:1.000894", "Cước gửi bao nhiêu"),
    Option("do:postal_offices", "Bưu cục gần tôi"),
    Option("tt:1.000894:documents", "Giấy tờ cần có"),
    Option("do:list:1.000894", "Giấy tờ cho trường hợp của tôi"),
    Option("tt:1.001193", "Đăng ký khai sinh"),
    Option("", "Mở trang chính thức"),
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("so sánh", "So sánh các cách nộp"),
        ("cho em so sánh đi", "So sánh các cách nộp"),
        ("so sánh cách nộp", "So sánh các cách nộp"),
        ("cước bao nhiêu", "Cước gửi bao nhiêu"),
        ("bưu cục gần", "Bưu cục gần tôi"),
        ("giấy tờ cần", "Giấy tờ cần có"),
    ],
)
def test_a_shortened_title_is_that_choice_with_and_without_accents(text: str, title: str) -> None:
    for said in (text, fold(text)):
        chosen = nearly(said, SHOWN)
        assert chosen is not None
        assert chosen.title == title


@pytest.mark.parametrize(
    "text",
    ["giấy tờ", "cước", "so sánh giá vàng", "đăng ký khai", "mở trang", "giá bao nhiêu", "gửi bao nhiêu", "", "nộp các cách"],
)  # fmt: skip
def test_what_fits_two_titles_none_or_a_procedure_is_no_choice(text: str) -> None:
    assert nearly(text, SHOWN) is None
