"""How far a search goes through the records of a word."""

from __future__ import annotations

import pytest

from feedback.posting_store import WHOLE, bound


@pytest.mark.parametrize(
    ("words", "rarest", "most"),
    [(("a", "b"), WHOLE, 50), (("a",), WHOLE, 200), (("a", "b"), WHOLE - 1, WHOLE), (("a",), 3, WHOLE)],
)
def test_records_of_a_rare_word_are_gone_through_and_of_common_ones_a_few(
    words: tuple[str, ...], rarest: int, most: int
) -> None:
    assert bound(words, rarest, 50) == most
