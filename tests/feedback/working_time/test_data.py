"""What the law fixes about every year holds in the data files, so that a slip while entering a year's decision is found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.working_time.calendar import Calendar
from feedback.working_time.model import Holiday, Reason

YEARS = (2024, 2025, 2026, 2027)
SATURDAY = 5


def _days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(index) for index in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_of_a_year_cost_as_many_weekdays_as_the_law_gives(calendar: Calendar, year: int) -> None:
    given = 11 if year < 2026 else 12
    reasons = [why.reason for day in _days(year) if day.weekday() < SATURDAY and (why := calendar.why_off(day))]
    assert sum(reason in (Reason.HOLIDAY, Reason.COMPENSATORY) for reason in reasons) == given


@pytest.mark.parametrize("year", YEARS)
def test_every_swapped_day_is_worked_on_another(calendar: Calendar, year: int) -> None:
    days = _days(year)
    free = {day for day in days if (why := calendar.why_off(day)) and why.reason is Reason.SWAPPED}
    assert free == {made_up.instead_of for day in days if (made_up := calendar.made_up(day))}


@pytest.mark.parametrize("year", YEARS)
def test_every_holiday_of_the_law_is_in_every_year(calendar: Calendar, year: int) -> None:
    found = {why.holiday for day in _days(year) if (why := calendar.why_off(day)) and why.holiday}
    assert found == set(Holiday) - ({Holiday.CULTURE_DAY} if year < 2026 else set())
