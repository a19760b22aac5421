"""What feedback borrows of the understanding: what a text is, and how it is folded and masked."""

from __future__ import annotations

import pytest

from bot.feedback.understanding import BorderReader, TextFolder
from feedback.record import About, Border, Kind

WORDS = TextFolder()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng Ký  KHAI sinh", "dang ky khai sinh"),
        ("\n\tĐường\u00a0đi ", "duong di"),
        ("Ho\u0302\u0300 so\u031b", "ho so"),
        ("", ""),
    ],
)
def test_words_are_compared_in_small_letters_without_accents(text: str, folded: str) -> None:
    assert WORDS.fold(text) == folded
    assert WORDS.fold(folded) == folded


def test_a_long_text_is_folded_and_masked_to_its_end() -> None:
    text = "Hồ sơ trễ hẹn. " * 400 + "Gọi tôi số 0912 345 678."
    assert WORDS.fold(text).endswith("0912 345 678.")
    masked = WORDS.mask(text)
    assert "345" not in masked
    assert masked.count("trễ hẹn") == 400


def test_a_suggestion_says_what_it_is_with_all_shares() -> None:
    suggested = BorderReader().suggest("Hồ sơ khai sinh của tôi trễ hẹn mười ngày, cán bộ không ai báo")
    assert suggested.classification.border is Border.CONDUCT
    assert suggested.classification.about is not About.CONTENT
    assert suggested.classification.kind is Kind.REPORT
    assert sum(suggested.others.values()) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("text", ["", " ", "\0", "x" * 20_000, "👍"])
def test_any_text_gets_a_suggestion(text: str) -> None:
    assert 0 <= BorderReader().suggest(text).sure <= 1
