"""Hashes by which rows are found again: each that is kept must stay the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.dossiers.access.marks import Marks
from bot.dossiers.facts import FactKeys
from bot.dossiers.organisations.tokens import TokenKeys
from bot.keyed_hash import KeyedHash
from tests.bot.messages import ref

KEY = "s" * 40


def test_another_purpose_another_key_and_another_division_give_another_hash() -> None:
    hashes = [KeyedHash("a", KEY).of("x", "y"), KeyedHash("b", KEY).of("x", "y"), KeyedHash("a", "t" * 40).of("x", "y")]
    assert len({*hashes, KeyedHash("a", KEY).of("xy")}) == 4


@pytest.mark.parametrize(
    ("made", "begins"),
    [
        (lambda: FactKeys(KEY).tail("a", "0123"), "2a303a850381cf441224d795"),
        (lambda: FactKeys(KEY).phone("+841"), "fc9398950b7210bd6d97d02f"),
        (lambda: Marks(KEY).person(ref()), "019b55873e71b49355780a66"),
        (lambda: Marks(KEY).of("q", "1", "2"), "c22d5fbc3621936023e918af"),
        (lambda: TokenKeys(KEY).token("T"), "a25938f8bb6dcf62acfa6289"),
        (lambda: TokenKeys(KEY).address("A"), "f5b6316ca23881c110e2b129"),
    ],
)
def test_what_is_kept_in_databases_is_found_again(made: Callable[[], bytes], begins: str) -> None:
    assert made().hex().startswith(begins)


def test_pages_and_one_time_codes_follow_from_their_row_as_before() -> None:
    assert (Marks(KEY).token(b"n" * 16), Marks(KEY).one_time(b"n" * 16)) == ("rtYxrhHR-3F4d2hUK1reZS-0", "728293")
