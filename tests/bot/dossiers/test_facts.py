"""Bringing second facts to one form and hashing them."""

from __future__ import annotations

import pytest

from bot.dossiers.facts import FactKeys, e164, identity, last_four


@pytest.mark.parametrize(
    "text",
    [
        "0100000123",
        "0100 000 123",
        "0100.000.123",
        "+84 100 000 123",
        "84100000123",
        "100000123",
        "0100000123; 0100000999",
    ],
)
def test_a_telephone_number_has_one_form_however_it_is_written(text: str) -> None:
    assert e164(text) == "+84100000123"


@pytest.mark.parametrize("text", ["", "không có", "0", "12345", "0" * 300])
def test_what_is_no_telephone_number_is_none(text: str) -> None:
    assert e164(text) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("000200001234", "000200001234"),
        ("000 200 001 234", "000200001234"),
        ("00200001234", "000200001234"),  # a spreadsheet dropped the zero
        ("0100000000-001", "0100000000001"),
        ("c1234567", "C1234567"),
        ("1234", None),
        ("", None),
    ],
)
def test_an_id_number_has_one_form(text: str, plain: str | None) -> None:
    assert identity(text) == plain


def test_the_last_four_digits_are_taken_of_long_numbers_only() -> None:
    assert last_four("+84100000123") == "0123"
    assert last_four("C1234567") is None
    assert last_four("1234") is None
    assert last_four(None) is None


def test_equal_digits_on_two_dossiers_and_under_two_keys_hash_differently() -> None:
    keys = FactKeys("k" * 40)
    assert keys.tail("a", "0123") == FactKeys("k" * 40).tail("a", "0123")
    assert len({keys.tail("a", "0123"), keys.tail("b", "0123"), FactKeys("m" * 40).tail("a", "0123")}) == 3
    assert keys.phone("000200001234") != keys.identity("000200001234")
