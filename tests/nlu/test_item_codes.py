"""Numbers of postal items: the standard's check digit, slips of the finger, and words that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.item_codes import ItemKind, check_digit, find_item_code, read_item_code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EI123456785VN", "EI123456785VN"),
        ("ei123456785vn tới đâu rồi", "EI123456785VN"),
        ("mã EI 123 456 785 VN ạ", "EI123456785VN"),
        ("bưu gửi EI-123456785-VN.", "EI123456785VN"),
        ("RR473124829SE", "RR473124829SE"),
    ],
)
def test_a_whole_number_is_found_however_it_is_typed(text: str, found: str) -> None:
    code = find_item_code(text)
    assert code is not None
    assert (code.text, code.kind, code.usable) == (found, ItemKind.WHOLE, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("EI123456789VN", ItemKind.WRONG_CHECK),
        ("EI12345678VN", ItemKind.WRONG_LENGTH),
        ("EI1234567851VN", ItemKind.WRONG_LENGTH),
    ],
)
def test_a_mistyped_number_is_told_as_such(text: str, kind: ItemKind) -> None:
    code = find_item_code(text)
    assert code is not None
    assert (code.kind, code.usable) == (kind, False)


@pytest.mark.parametrize("text", ["em 123456785 la so cua em", "000.00.16.H48-261110-0012", "gọi 0905123427", "hôm nay 20/11/2026", ""])  # fmt: skip
def test_other_numbers_are_none(text: str) -> None:
    assert find_item_code(text) is None


def test_another_form_counts_only_where_a_number_was_asked_for() -> None:
    assert find_item_code("PHS12345678") is None
    asked = read_item_code("dạ PHS12345678 ạ")
    assert asked is not None
    assert (asked.text, asked.kind) == ("PHS12345678", ItemKind.UNSURE)
    assert read_item_code("em không nhớ") is None
    assert read_item_code("0905123427") is None


@given(st.integers(0, 99_999_999), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: int, place: int, more: int) -> None:
    digits = f"{number:08d}"
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    right = find_item_code(f"EI{digits}{check_digit(digits)}VN")
    assert right is not None
    assert right.kind is ItemKind.WHOLE
    # 10 and 0, and 11 and 5, share a check digit by the standard; any other change shows.
    if check_digit(wrong) != check_digit(digits):
        mistyped = find_item_code(f"EI{wrong}{check_digit(digits)}VN")
        assert mistyped is not None
        assert mistyped.kind is ItemKind.WRONG_CHECK
