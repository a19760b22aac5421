"""Each kind of noise is repeatable and does what its name says, on any text."""

from __future__ import annotations

import re
import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.noise import (
    AS_WRITTEN,
    NOISES,
    by_ear,
    capitals,
    english,
    no_punctuation,
    noisy,
    run_together,
    teencode,
    telex_keys,
)
from nlu.text import fold, normalise

WORDS = (
    "làm",
    "giấy",
    "khai",
    "sinh",
    "đường",
    "cần",
    "gì",
    "đăng",
    "ký",
    "quyền",
    "phải",
    "hộ",
    "khẩu",
    "nghỉ",
    "ưởng",
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
KINDS = st.sampled_from((AS_WRITTEN, *NOISES))


@given(st.text(max_size=60).map(normalise), KINDS, st.integers(0, 5))
def test_noise_never_fails_and_never_leaves_nothing(text: str, kind: str, seed: int) -> None:
    assert noisy(text, kind, seed).strip() or not text.strip()


@given(SENTENCES, KINDS, st.integers(0, 5))
def test_the_same_seed_gives_the_same_noise(text: str, kind: str, seed: int) -> None:
    assert noisy(text, kind, seed) == noisy(text, kind, seed)


@given(SENTENCES)
def test_as_written_is_as_written(text: str) -> None:
    assert noisy(text, AS_WRITTEN) == text


@given(SENTENCES, st.sampled_from(("without accents", "tone marks lost", "capitals", "no punctuation")))
def test_noise_of_accents_case_and_punctuation_keeps_the_letters(text: str, kind: str) -> None:
    assert fold(noisy(text, kind)) == fold(text)


@given(st.sampled_from(WORDS))
def test_the_keys_of_telex_are_plain_letters_that_type_the_word(word: str) -> None:
    keys = telex_keys(word)
    assert keys.isascii()
    toned = keys != telex_keys(_toneless(word))
    bare = keys[:-1] if toned else keys
    assert re.sub(r"([aeod])\1|([aou])w", lambda found: found[1] or found[2], bare) == fold(word)


def _toneless(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", parts))


@pytest.mark.parametrize(
    ("word", "keys"), [("giấy", "giaays"), ("đường", "dduwowngf"), ("Đỏ", "DDor"), ("ĐỎ", "DDOR"), ("xe", "xe")]
)
def test_telex_is_typed_as_the_keyboard_types_it(word: str, keys: str) -> None:
    assert telex_keys(word) == keys


@given(SENTENCES, st.integers(0, 99))
def test_running_together_loses_spaces_only(text: str, seed: int) -> None:
    assert run_together(text, Random(seed)).replace(" ", "") == text.replace(" ", "")


@given(SENTENCES, st.integers(0, 99))
def test_teencode_makes_no_more_words(text: str, seed: int) -> None:
    assert len(teencode(text, Random(seed)).split()) <= len(text.split())


def test_teencode_spells_as_teenagers_do() -> None:
    made = {teencode("phải", Random(seed)) for seed in range(30)}
    assert made == {"phải", "fải"}


def test_capitals_and_punctuation_and_numbers() -> None:
    assert capitals("đăng ký", Random(1)) == "ĐĂNG KÝ"
    assert no_punctuation("Lệ phí, ở đâu? Mã 1.001193.", Random(1)) == "Lệ phí ở đâu Mã 1.001193"


@given(SENTENCES, st.integers(0, 99))
def test_english_is_always_mixed_in(text: str, seed: int) -> None:
    assert english(text, Random(seed)) != text


def test_english_takes_the_place_of_whole_words() -> None:
    made = {english("đổi hộ chiếu", Random(seed)) for seed in range(30)}
    assert "đổi passport" in made
    assert all(english("xét duyệt", Random(seed)).startswith("xét duyệt ") for seed in range(30))


def test_by_ear_hears_as_one_region_does() -> None:
    made = {by_ear("sổ lẻ", Random(seed)) for seed in range(200)}
    assert {"sỗ lẻ", "xổ lẻ", "sổ nẻ"} <= made
    assert not made & {"xỗ lẻ", "sỗ nẻ"}


@given(SENTENCES, st.integers(0, 99))
def test_by_ear_keeps_the_number_of_words(text: str, seed: int) -> None:
    assert len(by_ear(text, Random(seed)).split()) == len(text.split())
