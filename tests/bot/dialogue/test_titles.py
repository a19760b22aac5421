"""Titles of buttons are short, and keep what tells the names apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.titles import TITLE_LENGTH, short_titles


def test_short_names_stay_whole() -> None:
    assert short_titles(["Đăng ký kết hôn", "Đăng ký lại kết hôn"]) == ["Đăng ký kết hôn", "Đăng ký lại kết hôn"]


@pytest.mark.parametrize(
    "names",
    [
        ["Cấp giấy chứng nhận " + "rất dài " * 15 + end for end in ("lần đầu", "lần hai", "lần ba")],
        [f"Cấp giấy chứng nhận {'rất dài ' * 10}{middle} {'cuối giống nhau ' * 6}" for middle in ("mới", "lại", "đổi")],
        ["Cấp giấy chứng nhận " + "rất dài " * 15 + "mới", "Cấp giấy chứng nhận " + "rất dài " * 15 + "lại", "Ngắn"],
    ],
)
def test_long_names_are_shortened_so_that_they_still_differ(names: list[str]) -> None:
    titles = short_titles(names)
    assert len(set(titles)) == len(names)
    assert all(0 < len(title) <= TITLE_LENGTH + 3 for title in titles)


@given(st.lists(st.text(alphabet="ab ", min_size=1, max_size=260), max_size=5))
def test_shortening_never_loses_a_name(names: list[str]) -> None:
    titles = short_titles(names)
    assert len(titles) == len(names)
    for name, title in zip(names, titles, strict=True):
        assert title == name or len(title) <= TITLE_LENGTH + 3


def test_what_nobody_chooses_by_is_left_out_of_a_title() -> None:
    names = [
        "Đổi chứng nhận đăng ký xe, biển số xe bằng dịch vụ công trực tuyến một phần hoặc trực tiếp thực hiện tại cấp tỉnh",
        "Cấp lại chứng nhận đăng ký xe, biển số xe thực hiện bằng dịch vụ công trực tuyến một phần",
        "Cấp hộ chiếu phổ thông ở trong nước (thực hiện tại cấp tỉnh)",
    ]
    assert short_titles(names) == [
        "Đổi chứng nhận đăng ký xe, biển số xe",
        "Cấp lại chứng nhận đăng ký xe, biển số xe",
        "Cấp hộ chiếu phổ thông ở trong nước",
    ]


def test_a_level_stays_where_it_is_all_that_differs() -> None:
    names = ["Tiếp công dân tại cấp tỉnh", "Khiếu nại (thực hiện tại cấp tỉnh)", "Khiếu nại (thực hiện tại cấp xã)"]
    assert short_titles(names)[1:] == names[1:]
