"""How heavy papers are, as people say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.weights import Weight, read_weight, without_weight


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("nặng 300 gam", 300), ("300g", 300), ("nửa ký", 500), ("nua ki", 500), ("1,5kg", 1500), ("1.500 g", 1500), ("một ký rưỡi", 1500),
        ("1 ký 2", 1200), ("2 lạng", 200), ("hai chục ký", 20_000), ("gửi 2 kg rưỡi nhé", 2500), ("half a kilo", 500), ("500 grams", 500),
        ("1 kg 2 bộ hồ sơ", 1000),
    ],
)  # fmt: skip
def test_weights_are_read_with_and_without_accents(text: str, grams: int) -> None:
    assert read_weight(text) == Weight(grams)


@pytest.mark.parametrize(
    ("text", "sheets"), [("20 tờ", 20), ("khoảng hai chục tờ giấy", 20), ("12 trang A4", 12), ("3 sheets", 3)]
)
def test_sheets_are_counted_and_not_weighed(text: str, sheets: int) -> None:
    assert read_weight(text) == Weight(sheets=sheets)


@pytest.mark.parametrize(
    "text", ["0 g", "nặng lắm", "căn cước", "ba căn cước", "5000 kg", "20 triệu", "", "2 tờ khai sinh 2024"]
)
def test_what_is_no_weight_of_an_envelope_is_none(text: str) -> None:
    found = read_weight(text)
    assert found is None or (text.startswith("2 tờ") and found.sheets == 2)


@given(st.integers(1, 999_999))
def test_grams_come_back_as_they_were_written(grams: int) -> None:
    assert read_weight(f"nặng {grams} gam") == Weight(grams)


def test_the_words_around_a_weight_are_left() -> None:
    assert without_weight("Thế nặng 1,5 kg thì sao").split() == ["the", "nang", "thi", "sao"]
