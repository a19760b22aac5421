"""English words are said in Vietnamese; Vietnamese words that look English stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.index_english import in_vietnamese

PAIRS = frozenset({("health", "certificate"), ("xin", "license")})


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("đổi driving licence mất how long", "đổi giấy phép lái xe mất bao lâu"),
        ("birth certificate cho con", "giấy khai sinh cho con"),
        ("how to get a birth certificate for my baby", "làm thế nào giấy khai sinh con"),
        ("i muốn kết hôn", "muốn kết hôn"),
        ("đổi hộ chiếu please", "đổi hộ chiếu"),
        ("xin license", "xin giấy phép"),
    ],
)
def test_english_is_said_in_vietnamese(said: str, meant: str) -> None:
    assert " ".join(in_vietnamese(said.split(), PAIRS)) == meant


@pytest.mark.parametrize(
    "said", ["xin health certificate", "can to khai do an", "lam the tam tru", "hạng i", "đăng ký kết hôn"]
)
def test_names_and_vietnamese_words_stay(said: str) -> None:
    assert " ".join(in_vietnamese(said.split(), PAIRS)) == said


@given(st.lists(st.sampled_from(["i", "please", "to", "birth", "certificate", "giấy", "help", "me", "a"]), max_size=8))
def test_something_always_stays(said: list[str]) -> None:
    assert bool(in_vietnamese(said, PAIRS)) == bool(said)
