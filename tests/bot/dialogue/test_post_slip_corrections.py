"""What takes an answer of a slip back."""

from __future__ import annotations

import pytest

from bot.dialogue.post_slip_corrections import changed_phone, changes_way, is_correction


@pytest.mark.parametrize(
    "said",
    ["thôi đổi sang số 0905999888", "0905 999 888 nha", "sai địa chỉ rồi", "à nhầm rồi", "sua ten", "dia chi bi sai"],
)
def test_words_that_correct_something_are_no_paper(said: str) -> None:
    assert is_correction(said)


@pytest.mark.parametrize(
    "said", ["Điều lệ sửa đổi", "Sửa đổi điều lệ", "Giấy xác nhận thay đổi họ tên", "Đơn đổi giấy phép", "to khai"]
)
def test_papers_about_changes_are_papers(said: str) -> None:
    assert not is_correction(said)


def test_a_number_alone_changes_nothing_but_with_words_that_take_the_first_back_it_does() -> None:
    assert changed_phone("0905999888") is None
    assert changed_phone("à nhầm, số 0905 999 888 nha") == "+84905999888"
    assert changed_phone("đổi 0905999888 hay 0905999777") is None


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("a nham, gui ca nhan ket qua luon", True),
        ("doi sang ca hai chieu", True),
        ("thoi gui them giay nhan ket qua", False),
        ("ket qua", False),
    ],
)
def test_another_service_is_told_from_a_paper(said: str, changed: bool) -> None:
    assert changes_way(said) is changed
