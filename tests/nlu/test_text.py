"""Whatever people type comes out in one written form, and nothing they say is lost on the way to the search."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text import MAX_LENGTH, expand, fold, has_accents, looks_vietnamese, normalise, place_tones, tokens, words

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
NOISE = " /\\\t\n\u200b\u200d\ufeff\u00ad\u0301\u0300\u0309\u0303\u0323\x00\x1b\u2028😀.,?"
messages = st.one_of(st.text(), st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + NOISE, max_size=60))


@given(messages)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(messages)
def test_a_normalised_text_is_composed_and_has_no_control_characters(text: str) -> None:
    found = normalise(text)
    assert unicodedata.is_normalized("NFC", found)
    assert not any(unicodedata.category(letter) == "Cc" for letter in found)
    assert "\u200b" not in found
    assert "  " not in found
    assert found == found.strip()


@given(st.text(min_size=1, max_size=30), st.integers(1, 3000))
def test_a_normalised_text_is_never_longer_than_what_is_read(piece: str, times: int) -> None:
    assert len(normalise(piece * times)) <= MAX_LENGTH


@given(messages)
def test_no_text_can_reach_rasa_as_a_command(text: str) -> None:
    assert not normalise("/" + text).startswith("/")
    assert not normalise("\u200b / " + text).startswith("/")


@given(messages)
def test_placing_tones_twice_is_placing_them_once(text: str) -> None:
    once = place_tones(text)
    assert place_tones(once) == once


@given(st.text(alphabet=VIETNAMESE + " ", max_size=60))
def test_placing_tones_changes_no_letter_and_no_word(text: str) -> None:
    assert fold(place_tones(text)) == fold(text)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " 0123456789", max_size=60))
def test_vietnamese_folds_to_plain_letters_of_the_same_number(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(messages)
def test_composed_and_decomposed_writing_are_the_same_message(text: str) -> None:
    if len(text) * 4 < MAX_LENGTH:
        assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("typed", "one_form"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"),
        ("hoè", "hòe"),
        ("uỷ ban", "ủy ban"),
        ("thuỷ", "thủy"),
        ("quý", "quý"),
        ("quỳnh", "quỳnh"),
        ("hoàn", "hoàn"),
        ("xoá nợ thuế", "xóa nợ thuế"),
        ("loại", "loại"),
        ("khuya", "khuya"),
    ],
)
def test_tones_stand_where_the_modern_rule_puts_them(typed: str, one_form: str) -> None:
    assert place_tones(typed) == one_form


@pytest.mark.parametrize("typed", ["ko", "k", "kg", "hok", "hem"])
def test_short_forms_of_no_are_no(typed: str) -> None:
    assert tokens(f"cần {typed}") == ["can", "khong"]


def test_initials_are_written_out_for_search() -> None:
    assert tokens("Làm GPLX ntn") == ["lam", "giay", "phep", "lai", "xe", "nhu", "the", "nao"]
    assert expand(["cccd"]) == ["căn", "cước", "công", "dân"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dk tam tru", "dang ky tam tru"),
        ("muốn dk kết hôn", "muon dang ky ket hon"),
        ("làm dk không", "lam duoc khong"),
        ("con có dk hỗ trợ gì", "con co duoc ho tro gi"),
        ("nộp online dk", "nop online duoc"),
    ],
)
def test_dk_is_to_register_before_what_is_registered_and_may_elsewhere(typed: str, meant: str) -> None:
    assert " ".join(tokens(typed)) == meant


def test_regional_words_are_read_as_their_common_form() -> None:
    assert tokens("tui mần giấy khai sanh") == ["toi", "lam", "giay", "khai", "sinh"]


def test_words_keep_their_accents_and_lose_case_and_signs() -> None:
    assert words("Khai sinh, ở ĐÂU?") == ["khai", "sinh", "ở", "đâu"]


def test_who_writes_accents_is_told_from_who_does_not() -> None:
    assert has_accents("khai sinh ở đâu")
    assert not has_accents("Khai sinh o dau")


def test_case_is_kept_since_codes_have_capitals() -> None:
    assert normalise("mã H15.50") == "mã H15.50"


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u200d\ufeff", "////", "\x00\x01\n\t"])
def test_what_holds_nothing_is_empty(nothing: str) -> None:
    assert normalise(nothing) == ""


@pytest.mark.parametrize(
    "said",
    [
        "làm giấy khai sinh cho con cần giấy tờ gì",
        "lam giay khai sinh cho con can giay to gi",
        "doi bang lai xe het bao nhieu tien",
        "em muốn hỏi thủ tục online VNeID",
        "cty tnhh muốn đổi người đại diện",
        "xin giấy phép nuôi rồng",
        "1.001193",
        "H15.50.05.13-261008-0975",
    ],
)
def test_vietnamese_is_recognised_with_and_without_accents(said: str) -> None:
    assert looks_vietnamese(said)


@pytest.mark.parametrize("said", ["How do I register the birth of my child?", "出生登记需要什么", "как оформить брак"])
def test_other_languages_are_told_from_vietnamese(said: str) -> None:
    assert not looks_vietnamese(said)
