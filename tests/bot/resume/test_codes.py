"""Resume codes as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.resume.codes import ALPHABET, is_attempt, new_code, read_code


def test_a_new_code_is_read_back_and_is_never_twice_the_same() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(read_code(code) == code for code in codes)


@given(st.text(alphabet=ALPHABET, min_size=8, max_size=8).filter(lambda code: any(one.isdecimal() for one in code)))
def test_a_code_is_found_however_it_is_typed(letters: str) -> None:
    code = f"MC-{letters[:4]}-{letters[4:]}"
    for typed in (
        code.lower(),
        f"mc{letters.lower()}",
        f"MC {letters[:4]} {letters[4:]}",
        f"tiep tuc {code} giup em",
        f"{code}.",
    ):
        assert read_code(typed) == code
    assert read_code(code.replace("-", "–")) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MC",
        "mc mua nha",
        "1.001193",
        "MC-1111-1111",
        "AMC-7KQM-2XWP",
        "mc dang quen",
        "MC đang quen tay",
        "H48.28.8-260601-0001",
    ],
)
def test_other_words_are_no_code(text: str) -> None:
    assert read_code(text) is None


@given(st.text(max_size=80))
def test_any_text_may_be_asked(text: str) -> None:
    found = read_code(text)
    assert found is None or len(found) == 12


@pytest.mark.parametrize("text", ["MC-12", "mc 1234", "MC-1", "mc-7kqm-2xw", "MC–7KQM", "mc7kqm2xw.", "MC-ABCD-EFGH"])
def test_a_code_cut_short_is_still_meant_for_one(text: str) -> None:
    assert is_attempt(text)


@pytest.mark.parametrize("text", ["", "MC", "mc mua nha", "mcb", "1.001193", "lấy mã MC-12 ở đâu", "MC-" + "1" * 60])
def test_words_are_not_meant_for_a_code(text: str) -> None:
    assert not is_attempt(text)
