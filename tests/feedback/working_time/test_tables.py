from __future__ import annotations

from datetime import date, time
from typing import Any

import msgspec
import pytest

from feedback.working_time.errors import DataFaultError
from feedback.working_time.model import Holiday, Sure
from feedback.working_time.shapes import (
    EveryYearFile,
    FixedHolidayShape,
    OfficeShape,
    RuleShape,
    WeekendShape,
    YearFile,
)
from feedback.working_time.tables import deadline_rules, national_table, office_week

WEEKEND = WeekendShape(days=("saturday", "sunday"), source="a test", sure=Sure.LAW)
YEAR = msgspec.convert({"year": 2026, "status": "decided"}, YearFile)


def _rule(**changes: Any) -> RuleShape:
    values = {"id": "r", "amount": 5, "unit": "working_day", "start": "receipt", "basis": "b", "sure": "law"}
    return msgspec.convert({**values, "valid_from": date(2026, 1, 1), **changes}, RuleShape)


def _office(*sessions: str) -> OfficeShape:
    return OfficeShape(name="H48", source="a test", sure=Sure.LAW, sessions={"monday": sessions})


def _fixed(day: int, month: int, **changes: Any) -> FixedHolidayShape:
    values = {"source": "a test", "sure": Sure.LAW, "valid_from": date(2026, 7, 1)}
    return FixedHolidayShape(holiday=Holiday.CULTURE_DAY, day=day, month=month, **{**values, **changes})


def test_a_fixed_holiday_holds_while_its_law_does() -> None:
    holiday = _fixed(24, 11, valid_to=date(2028, 12, 31))
    days_off = national_table(EveryYearFile(weekend=WEEKEND, holidays=(holiday,)), [YEAR]).days_off
    assert sorted(day.year for day in days_off) == [2026, 2027, 2028]


def test_a_fixed_holiday_is_a_day_of_every_year() -> None:
    with pytest.raises(DataFaultError, match="29/2"):
        national_table(EveryYearFile(weekend=WEEKEND, holidays=(_fixed(29, 2),)), [YEAR])


def test_a_year_has_one_file() -> None:
    with pytest.raises(DataFaultError, match="given twice"):
        national_table(EveryYearFile(weekend=WEEKEND, holidays=()), [YEAR, YEAR])


@pytest.mark.parametrize("sessions", [("07:30",), ("11:30-07:30",), ("7h30-11h30",), ("07:30-11:30", "11:00-17:00")])
def test_impossible_sessions_are_refused(sessions: tuple[str, ...]) -> None:
    with pytest.raises(DataFaultError, match="H48"):
        office_week(_office(*sessions))


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": -1},
        {"amount": 0, "first_day": "same_day"},
        {"valid_to": date(2025, 1, 1)},
        {"unit": "hour", "late_after": "15:00"},
        {"unit": "working_hour", "first_day": "same_day"},
        {"unit": "working_hour", "direction": "before"},
        {"direction": "before", "late_after": "15:00"},
        {"late_after": "3pm"},
    ],
)
def test_rules_that_contradict_themselves_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(DataFaultError, match="'r'"):
        deadline_rules([_rule(**changes)])


def test_a_rule_keeps_its_hour_and_its_province() -> None:
    built = deadline_rules([_rule(late_after="15:00")], "H48")[0]
    assert (built.late_after, built.province) == (time(15), "H48")
