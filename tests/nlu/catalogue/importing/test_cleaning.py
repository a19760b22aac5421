"""Tests of cleaning text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.importing.cleaning import capped, clean, official_name, said_once, without_bullet


def test_nul_control_and_invisible_characters_are_removed() -> None:
    assert clean("Tờ\x00 khai\x1b\u200b đăng\u00adký\ufeff \ud800x") == "Tờ khai đăngký x"


def test_lines_stay_and_spaces_become_single() -> None:
    assert clean("a \t b\r\n\r\n\r\n  c\u00a0d\u2028e") == "a b\nc d\ne"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") for char in once)


@given(st.text(max_size=300), st.integers(min_value=1, max_value=100))
def test_a_capped_text_is_never_longer(text: str, limit: int) -> None:
    assert len(capped(text, limit)) <= limit


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"),
        ("THỦ TỤC CẤP GIẤY PHÉP CHO DOANH NGHIỆP VIỆT NAM TNHH", "Cấp giấy phép cho doanh nghiệp Việt Nam TNHH"),
        ("Cấp phép cho tàu quân sự nước ngoài(2024)", "Cấp phép cho tàu quân sự nước ngoài"),
        ("Cấp giấy phép.\n(cấp tỉnh)", "Cấp giấy phép. (cấp tỉnh)"),
        ("Thủ tục hành chính liên thông", "Thủ tục hành chính liên thông"),
        ("Đăng ký kết hôn.", "Đăng ký kết hôn"),
        ("Cấp C/O", "Cấp C/O"),
    ],
)
def test_names_get_their_normal_form(raw: str, name: str) -> None:
    assert official_name(raw) == name


@pytest.mark.parametrize("raw", ["- Tờ khai", "+ Tờ khai", "* Tờ khai", "• •  Tờ khai", "– Tờ khai", "o Tờ khai"])
def test_list_marks_are_dropped(raw: str) -> None:
    assert without_bullet(raw) == "Tờ khai"


def test_a_note_says_each_thing_once() -> None:
    assert said_once("- Nộp tại xã.\n- Nộp tại xã.\nNộp\nqua mạng") == "Nộp tại xã.\nNộp qua mạng"
    assert (
        said_once("Không quá 02 ngày., Không quá 02 ngày., Xã đảo: 11 ngày.") == "Không quá 02 ngày.\nXã đảo: 11 ngày."
    )
