"""Tokens of organisations: long enough, read as people type them, and never taken for something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.commands import read_command
from bot.dialogue.secrets_sent import secret_in
from bot.dossiers.organisations.tokens import GROUPS, LETTERS, SIZE, TokenKeys, is_attempt, new_token, read_token
from nlu.codes import find_codes

LETTER = st.sampled_from(LETTERS)
TOKENS = st.lists(LETTER, min_size=GROUPS * SIZE, max_size=GROUPS * SIZE).map(lambda letters: "MCDN" + "".join(letters))


@given(TOKENS, st.sampled_from(["", "-", " ", " – ", "."]), st.booleans())
def test_a_token_is_read_with_other_breaks_and_in_small_letters(token: str, gap: str, small: bool) -> None:
    typed = gap.join((token[:4], *(token[at : at + SIZE] for at in range(4, len(token), SIZE))))
    assert read_token(typed.lower() if small else typed) == token


@given(TOKENS)
def test_a_token_is_no_secret_of_another_kind_and_no_code(token: str) -> None:
    assert secret_in(token) is None
    assert list(find_codes(token)) == []
    called = read_command(token)
    assert called is not None
    assert (called.name, called.rest) == ("madoanhnghiep", token)


def test_new_tokens_are_read_and_differ() -> None:
    made = {new_token() for _ in range(50)}
    assert len(made) == 50
    assert all(read_token(one) and is_attempt(one) for one in made)


@pytest.mark.parametrize("text", ["MCDN", "mã doanh nghiệp", "MC-2222-3333", "thủ tục mcdn"])
def test_other_words_are_no_attempt(text: str) -> None:
    assert read_token(text) is None
    assert not is_attempt(text)


@pytest.mark.parametrize("cut", [1, 4, 20])
def test_a_token_with_letters_missing_is_an_attempt_and_no_token(cut: int) -> None:
    token = new_token()[:-cut]
    assert is_attempt(token)
    assert read_token(token) is None


def test_hashes_depend_on_the_key_and_on_what_is_hashed() -> None:
    one, other = TokenKeys("a" * 40), TokenKeys("b" * 40)
    assert len({one.token("X"), other.token("X"), one.address("X"), one.token("Y")}) == 4
