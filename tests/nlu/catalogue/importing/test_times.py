"""Tests of reading time limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.importing.times import read_time
from nlu.catalogue.model import TimeLimit, TimeUnit


@pytest.mark.parametrize(
    ("value", "unit", "text", "amount", "expected"),
    [
        (5, "Ngày làm việc", "5 Ngày làm việc", 5, TimeUnit.WORKING_DAY),
        (8.0, "ngày", "8.0", 8, TimeUnit.DAY),
        (4, "Giờ", "", 4, TimeUnit.HOUR),
        (2, "Tháng", "", 2, TimeUnit.MONTH),
        (None, "", "20 Ngày làm việc", 20, TimeUnit.WORKING_DAY),
        (None, "", "07 Ngày", 7, TimeUnit.DAY),
        (None, "", "Không quá 10 ngày làm việc.", 10, TimeUnit.WORKING_DAY),
        (None, "", "Trong thời hạn 02 (hai) giờ làm việc", 2, TimeUnit.HOUR),
        (None, "", "1,5 tháng", 1.5, TimeUnit.MONTH),
    ],
)
def test_a_number_with_its_unit_is_read(
    value: float | None, unit: str, text: str, amount: float, expected: TimeUnit
) -> None:
    assert read_time(value, unit, text) == (TimeLimit(amount=amount, unit=expected), "")


@pytest.mark.parametrize(("value", "text"), [(1, "1"), (None, "1"), (12, "12"), (None, "05"), (None, "3-5")])
def test_a_number_without_a_unit_is_unknown_and_doubtful(value: float | None, text: str) -> None:
    time, reason = read_time(value, "", text)

    assert not time.known
    assert "không có đơn vị" in reason


@given(st.floats(min_value=0.1, max_value=1e6), st.text(alphabet="0123456789 .,-/", max_size=8))
def test_no_number_alone_ever_becomes_days(value: float, text: str) -> None:
    assert not read_time(value, "", text)[0].known
    assert read_time(None, "", text)[0].unit is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    time, _ = read_time(None, "", text)

    assert (time.amount is None) == (time.unit is None)
    assert len(time.text) <= 600


@pytest.mark.parametrize("text", ["", "Không", "Theo mô tả", "Không xác định", " - "])
def test_texts_that_say_nothing_are_unknown_without_a_doubt(text: str) -> None:
    assert read_time(None, "", text) == (TimeLimit(), "")


def test_conditions_are_kept_in_words() -> None:
    words = "Không quá 10 ngày làm việc. Đối với xã miền núi: tăng thêm không quá 10 ngày làm việc."

    assert read_time(None, "", words) == (TimeLimit(text=words), "")


def test_zero_may_mean_that_nothing_was_filled_in() -> None:
    time, reason = read_time(0, "Giờ", "0 Giờ")

    assert not time.known
    assert "chưa nhập" in reason


def test_two_numbers_glued_together_are_not_believed() -> None:
    time, reason = read_time(20261, "Ngày", "20261 Ngày")

    assert not time.known
    assert "dính" in reason
