"""All signs of a text, each kind as long as a vector whatever the text's length."""

from __future__ import annotations

import math

import pytest

from nlu.border.signs import ACCENTED, LETTERS, LISTS, PATTERNS, WORDS, kinds_of, signs_of


def test_a_text_without_words_has_no_signs() -> None:
    assert signs_of("") == {}
    assert kinds_of("") == []


@pytest.mark.parametrize("text", ["cán bộ đòi hối lộ", "cán bộ đòi hối lộ, " * 20])
def test_each_kind_is_as_long_in_a_brief_and_in_a_long_text(text: str) -> None:
    signs = signs_of(text)
    for first, length in (("!", PATTERNS), ("+", LISTS), ("'", ACCENTED), ("~", LETTERS)):
        found = [weight for sign, weight in signs.items() if sign[0] == first]
        assert math.hypot(*found) == pytest.approx(length)
    words = [weight for sign, weight in signs.items() if sign[0] not in "!+'~" and "&" not in sign]
    assert math.hypot(*words) == pytest.approx(WORDS)


def test_the_signs_are_those_of_the_kinds() -> None:
    text = "đường hỏng, đề nghị sửa"
    assert signs_of(text) == {sign: weight for kind, weight in kinds_of(text) for sign in kind}
    assert sum(len(kind) for kind, _ in kinds_of(text)) == len(signs_of(text))


def test_an_entry_that_stands_more_often_is_told_beside_its_list() -> None:
    assert {"+bribe", "+bribe:2"} <= signs_of("hoi lo, phong bi").keys()
    assert "+bribe:2" not in signs_of("hoi lo")


def test_an_emergency_is_told_with_its_kind_and_the_length_is_told() -> None:
    assert {"!emergency", "!emergency:fire"} <= signs_of("nhà đang cháy lớn").keys()
    assert "!emergency" not in signs_of("giấy khai sinh")
    assert "!length:0" in signs_of("chậm quá")
    assert "!length:2" in signs_of("hồ sơ này nộp lâu rồi đó")
