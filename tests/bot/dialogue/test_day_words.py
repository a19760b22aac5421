"""Days in words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.day_words import day_in

TODAY = date(2026, 11, 26)
"""A Thursday."""


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("hôm nay", TODAY),
        ("sang nay", TODAY),
        ("hôm qua tôi ra phường", date(2026, 11, 25)),
        ("chiều qua", date(2026, 11, 25)),
        ("hom kia", date(2026, 11, 24)),
        ("3 ngày trước", date(2026, 11, 23)),
        ("tuần trước", date(2026, 11, 19)),
        ("thứ Hai tuần trước", date(2026, 11, 16)),
        ("thứ 2", date(2026, 11, 23)),
        ("thứ năm", date(2026, 11, 19)),
        ("chủ nhật", date(2026, 11, 22)),
        ("2 tuần trước", date(2026, 11, 12)),
        ("hai tuần rồi", date(2026, 11, 12)),
        ("bữa qua", date(2026, 11, 25)),
        ("tháng trước", date(2026, 10, 27)),
        ("12/11", date(2026, 11, 12)),
        ("12/11/2026", date(2026, 11, 12)),
        ("ngày 12", date(2026, 11, 12)),
        ("ngày 28", date(2026, 10, 28)),
        ("ngày 12 tháng 10", date(2026, 10, 12)),
        ("30/12", date(2025, 12, 30)),
        ("yesterday", date(2026, 11, 25)),
        ("last week", date(2026, 11, 19)),
    ],
)
def test_a_day_is_read_from_its_words(said: str, day: date) -> None:
    assert day_in(said, TODAY) == day


@pytest.mark.parametrize("said", ["", "không nhớ", "31/02", "30/12/2026", "lâu rồi", "hồ sơ H48.16-261110-0012"])
def test_what_names_no_day_that_was_is_none(said: str) -> None:
    assert day_in(said, TODAY) is None
