"""One way of writing a word wrongly is told from another, and costs what it is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.index_slips import (
    BESIDE,
    DOUBLED,
    LEFT_OUT,
    OTHER,
    OTHER_TONE,
    PUT_IN,
    SWAPPED,
    marks_cost,
    respelt,
    slip_cost,
    without_telex,
)
from nlu.noise import telex_keys

PLAIN = st.text(alphabet="abcdeghiklmnopqrstuvxy", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("sihn", "sinh", SWAPPED),
        ("snh", "sinh", LEFT_OUT),
        ("siinh", "sinh", DOUBLED),
        ("sinhj", "sinh", BESIDE),
        ("sonh", "sinh", BESIDE),
        ("sqinh", "sinh", PUT_IN),
        ("ainh", "qinh", BESIDE),
        ("sanh", "sinh", OTHER),
        ("khai", "sinh", None),
        ("sinh", "sinh", None),
    ],
)
def test_each_slip_is_known(typed: str, meant: str, cost: float | None) -> None:
    assert slip_cost(typed, meant) == cost


@given(PLAIN, PLAIN)
def test_any_two_words_are_compared(typed: str, meant: str) -> None:
    cost = slip_cost(typed, meant)
    assert cost is None or (cost > 0 and abs(len(typed) - len(meant)) <= 1)


@pytest.mark.parametrize("word", ["giấy", "đường", "nước", "khải", "ký", "đỏ"])
def test_what_telex_keys_type_is_among_its_readings(word: str) -> None:
    assert word in set(without_telex(telex_keys(word)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fai", "phai"), ("khog", "khong"), ("bink", "binh"), ("kai", "khai"), ("nhiu", "nhieu"), ("xinh", "sinh")],
)
def test_other_spellings_hold_what_was_meant(typed: str, meant: str) -> None:
    assert meant in dict(respelt(typed))


@given(PLAIN)
def test_other_spellings_are_hardly_longer_and_never_free(word: str) -> None:
    assert all(cost > 0 and len(one) <= len(word) + 4 for one, cost in respelt(word))


def test_accents_left_out_cost_less_than_other_accents() -> None:
    assert marks_cost("nước", "nước") == 0
    assert 0 < marks_cost("nươc", "nước") < marks_cost("nườc", "nước")
    assert marks_cost("nghỉa", "nghĩa") == OTHER_TONE
