"""English wordings lead to Vietnamese words that the search knows."""

from __future__ import annotations

import pytest

from nlu.catalogue.entries import index_of
from nlu.catalogue.starter import load_starter
from nlu.english import load_english
from nlu.hotlines import emergency_of

ENGLISH = load_english()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("What documents do I need for a birth certificate?", "đăng ký khai sinh cần giấy tờ gì"),
        ("how do I replace a lost driving licence", "cấp lại giấy phép lái xe các bước làm thế nào"),
        ("How much does it cost to marry a foreigner", "đăng ký kết hôn có yếu tố nước ngoài lệ phí bao nhiêu"),
        ("how long?", "bao lâu"),
        ("Thank you!", "cảm ơn"),
        ("No.", "không"),
        ("yes", "vâng"),
        ("khai sinh can giay to gi", ""),
        ("đăng ký kết hôn", ""),
        ("", ""),
    ],
)
def test_a_question_in_english_becomes_vietnamese_words(said: str, meant: str) -> None:
    assert ENGLISH.in_vietnamese(said) == meant


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Help, my house is on fire", True),
        ("I want to die", True),
        ("call an ambulance please", True),
        ("fire prevention certificate", False),
        ("my husband is beating me", True),
        ("xin chao", False),
    ],
)
def test_an_emergency_in_english_is_one_in_vietnamese(said: str, known: bool) -> None:
    assert (emergency_of(ENGLISH.cry(said)) is not None) is known


def test_every_emergency_leads_to_a_telephone_number() -> None:
    assert all(emergency_of(cry) for cry in ENGLISH.emergencies)


def test_the_search_finds_something_clear_for_every_subject() -> None:
    procedures, _ = load_starter()
    index = index_of(procedures, 1)
    lost = [subject for subject in ENGLISH.subjects if index.rank(subject).in_scope < 0.5]
    assert lost == []
