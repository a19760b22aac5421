from __future__ import annotations

import pytest

from feedback.working_time.calendar import Calendar
from feedback.working_time.errors import ImpossiblePeriodError, OutsideCalendarError
from feedback.working_time.model import Doubt, Holiday, Reason
from tests.feedback.factories import day


@pytest.mark.parametrize(
    ("off", "reason", "holiday"),
    [
        ("01/01/2026", Reason.HOLIDAY, Holiday.NEW_YEAR),
        ("02/01/2026", Reason.SWAPPED, Holiday.NEW_YEAR),
        ("17/02/2026", Reason.HOLIDAY, Holiday.LUNAR_NEW_YEAR),
        ("27/04/2026", Reason.COMPENSATORY, Holiday.HUNG_KINGS),
        ("30/04/2026", Reason.HOLIDAY, Holiday.REUNIFICATION),
        ("01/05/2026", Reason.HOLIDAY, Holiday.LABOUR),
        ("02/09/2026", Reason.HOLIDAY, Holiday.NATIONAL_DAY),
        ("24/11/2026", Reason.HOLIDAY, Holiday.CULTURE_DAY),
        ("21/11/2026", Reason.WEEKEND, None),
        ("10/02/2024", Reason.HOLIDAY, Holiday.LUNAR_NEW_YEAR),
    ],
)
def test_days_off_have_their_reason(calendar: Calendar, off: str, reason: Reason, holiday: Holiday | None) -> None:
    why = calendar.why_off(day(off))
    assert why is not None
    assert (why.reason, why.holiday) == (reason, holiday)
    assert bool(why.source) == (reason is not Reason.WEEKEND)


@pytest.mark.parametrize("working", ["24/11/2025", "23/11/2026", "10/01/2026", "04/05/2024", "31/12/2026"])
def test_working_days_are_working_days(calendar: Calendar, working: str) -> None:
    assert calendar.is_working(day(working))
    assert calendar.why_off(day(working)) is None


def test_a_saturday_worked_for_another_day_names_that_day(calendar: Calendar) -> None:
    made_up = calendar.made_up(day("04/05/2024"))
    assert made_up is not None
    assert made_up.instead_of == day("29/04/2024")


def test_counting_backwards_is_negative(calendar: Calendar) -> None:
    counted = calendar.count(day("30/11/2026"), day("25/11/2026"))
    assert counted.days == -3
    assert [skipped.day for skipped in counted.working.skipped] == [day("28/11/2026"), day("29/11/2026")]


def test_no_days_between_a_day_and_itself(calendar: Calendar) -> None:
    assert calendar.count(day("25/11/2026"), day("25/11/2026")).days == 0


def test_adding_nothing_is_the_day_itself(calendar: Calendar) -> None:
    sunday = day("22/11/2026")
    assert calendar.add(sunday, 0).day == calendar.subtract(sunday, 0).day == sunday


def test_the_nearest_working_days_of_a_day_off(calendar: Calendar) -> None:
    assert calendar.on_or_after(day("14/02/2026")) == day("23/02/2026")
    assert calendar.on_or_before(day("22/02/2026")) == day("13/02/2026")
    assert calendar.on_or_after(day("13/02/2026")) == calendar.on_or_before(day("13/02/2026")) == day("13/02/2026")


def test_decided_years_are_certain(calendar: Calendar) -> None:
    assert not calendar.add(day("09/02/2026"), 10).unverified


def test_an_undecided_year_is_said_with_its_unverified_days(calendar: Calendar) -> None:
    reached = calendar.add(day("15/04/2027"), 1)
    assert reached.day == day("19/04/2027")
    assert reached.unverified
    assert [(doubt.doubt, doubt.year) for doubt in reached.working.doubts] == [
        (Doubt.YEAR_PROVISIONAL, 2027),
        (Doubt.DAY_UNVERIFIED, 2027),
    ]


def test_each_unknown_year_is_said(calendar: Calendar) -> None:
    doubts = calendar.count(day("30/12/2028"), day("04/01/2030")).working.doubts
    assert [(doubt.doubt, doubt.year) for doubt in doubts] == [
        (Doubt.YEAR_UNKNOWN, 2028),
        (Doubt.YEAR_UNKNOWN, 2029),
        (Doubt.YEAR_UNKNOWN, 2030),
    ]


def test_holidays_of_fixed_date_are_known_in_unknown_years(calendar: Calendar) -> None:
    assert not calendar.is_working(day("02/09/2031"))
    assert not calendar.is_working(day("24/11/2031"))


@pytest.mark.parametrize("far", ["31/12/2013", "01/01/2038"])
def test_far_days_are_refused(calendar: Calendar, far: str) -> None:
    with pytest.raises(OutsideCalendarError, match="01/01/2014 to 31/12/2037"):
        calendar.is_working(day(far))


def test_counting_out_of_the_calendar_is_refused(calendar: Calendar) -> None:
    with pytest.raises(OutsideCalendarError):
        calendar.add(day("30/12/2037"), 30)


def test_negative_amounts_are_refused(calendar: Calendar) -> None:
    with pytest.raises(ImpossiblePeriodError):
        calendar.add(day("25/11/2026"), -1)
    with pytest.raises(ImpossiblePeriodError):
        calendar.subtract(day("25/11/2026"), -1)
