"""Days and moments in words."""

from __future__ import annotations

import pytest

from bot.dialogue.say_moments import tells_a_day


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Cổng Dịch vụ công quốc gia, bản chụp 06–07/2026", True),
        ("danh sách ngày 20/11/2026", True),
        ("Quyết định 12/2026/QĐ-UBND", False),
        ("Quyết định 5568/QĐ-BCA", False),
    ],
)
def test_the_number_of_a_document_is_no_day(source: str, *, told: bool) -> None:
    assert tells_a_day(source) is told
