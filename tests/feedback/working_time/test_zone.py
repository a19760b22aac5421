from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedback.working_time.errors import NaiveTimeError
from feedback.working_time.zone import VIETNAM, here


def test_the_fixed_offset_is_that_of_the_zone_files() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    for year in range(1976, 2040):
        for month in (1, 7):
            moment = datetime(year, month, 1, tzinfo=UTC)
            assert moment.astimezone(zone).utcoffset() == moment.astimezone(VIETNAM).utcoffset()


def test_moments_are_read_on_vietnamese_clocks() -> None:
    assert here(datetime(2026, 11, 24, 18, tzinfo=UTC)).isoformat() == "2026-11-25T01:00:00+07:00"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(NaiveTimeError, match="2026-11-24"):
        here(datetime(2026, 11, 24))
