"""Cutting long texts."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import split_text


def squeezed(text: str) -> str:
    # Composed after the blanks are gone: a cut may bring a letter and a lone tone together.
    return unicodedata.normalize("NFC", "".join(text.split()))


@given(st.text(alphabet="aế\u0301 .\n-*", max_size=400), st.integers(1, 60))
def test_every_part_fits_and_no_letter_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(len(part) <= limit for part in parts)
    assert squeezed("".join(parts)) == squeezed(text)
    assert all(parts) or parts == [""]


def test_a_cut_between_paragraphs_is_preferred() -> None:
    assert split_text("Một hai ba.\n\nBốn năm sáu.", 20) == ["Một hai ba.", "Bốn năm sáu."]
    assert split_text("Một hai ba. Bốn năm sáu.", 16) == ["Một hai ba.", "Bốn năm sáu."]
    assert split_text("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
