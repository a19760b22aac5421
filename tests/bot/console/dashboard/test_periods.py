from __future__ import annotations

from datetime import date

import pytest

from bot.console.dashboard import periods
from bot.console.dashboard.periods import PeriodError, chosen

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("kind", "first"),
    [("tuan", date(2026, 11, 23)), ("thang", date(2026, 11, 1)), ("quy", date(2026, 10, 1)), ("nam", date(2026, 1, 1))],
)
def test_a_running_period_begins_at_its_first_day_and_ends_today(kind: str, first: date) -> None:
    days = chosen({"ky": kind, "tu": "2020-01-01"}, TODAY)
    assert (days.first, days.last) == (first, TODAY)


def test_without_a_word_it_is_this_month_and_with_days_alone_those_days() -> None:
    assert chosen({}, TODAY).first == date(2026, 11, 1)
    days = chosen({"tu": "2026-10-01", "den": "2026-10-31"}, TODAY)
    assert (days.count, days.words) == (31, "từ 01/10/2026 đến 31/10/2026")
    assert chosen({"ky": "khac", "tu": "2026-10-01", "den": "2026-10-31"}, TODAY) == days


def test_days_to_come_are_cut_off() -> None:
    assert chosen({"tu": "2026-11-20", "den": "2027-01-01"}, TODAY).last == TODAY


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ky": "mai"}, periods.UNKNOWN),
        ({"ky": "khac"}, periods.UNREADABLE),
        ({"tu": "2026-13-01", "den": "2026-11-01"}, periods.UNREADABLE),
        ({"tu": "2026-11-02", "den": "2026-11-01"}, periods.TURNED),
        ({"tu": "2026-11-27", "den": "2026-11-28"}, periods.AHEAD),
        ({"tu": "1999-12-31", "den": "2026-11-01"}, periods.TOO_OLD),
        ({"tu": "2019-11-01", "den": "2026-11-01"}, periods.TOO_LONG),
    ],
)
def test_what_is_wrong_is_said(asked: dict[str, str], said: str) -> None:
    with pytest.raises(PeriodError, match=said[:20]):
        chosen(asked, TODAY)
