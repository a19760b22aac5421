"""Quiet hours by Vietnam's clock."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.dossiers.watching.quiet import QuietHours, parse_quiet


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"), [(14, 0, True), (13, 59, False), (23, 59, True), (0, 0, False), (3, 0, False)]
)
def test_from_nine_in_the_evening_to_seven_in_the_morning(hour: int, minute: int, quiet: bool) -> None:
    assert QuietHours().at(datetime(2026, 11, 23, hour, minute, tzinfo=UTC)) is quiet


def test_hours_may_lie_within_one_day_or_be_none() -> None:
    noon = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert parse_quiet("11:30-13:30").at(noon)
    assert not parse_quiet("none").at(noon)
    assert parse_quiet(" 22:00-06:30 ") == QuietHours(time(22), time(6, 30))


@pytest.mark.parametrize("text", ["", "21-7", "25:00-07:00", "21:00", "21:60-07:00"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="21:00-07:00"):
        parse_quiet(text)
