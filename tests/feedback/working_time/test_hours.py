from __future__ import annotations

from datetime import time, timedelta

import pytest

from feedback.working_time.calendar import Calendar
from feedback.working_time.errors import DataFaultError, ImpossiblePeriodError, NaiveTimeError
from feedback.working_time.hours import OfficeHours, OfficeWeek, Session
from feedback.working_time.model import Doubt, Holiday, Reason, Sure
from tests.feedback.factories import at, day

MORNING, AFTERNOON = Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17))
SATURDAY = 5


def _office(calendar: Calendar, **weekdays: tuple[Session, ...]) -> OfficeHours:
    sessions = dict.fromkeys(range(5), (MORNING, AFTERNOON))
    sessions |= {int(name.removeprefix("on_")): given for name, given in weekdays.items()}
    return OfficeHours(calendar, OfficeWeek("H48.1", sessions, "a test", Sure.OWN))


@pytest.mark.parametrize(
    ("now", "closes", "opens"),
    [
        ("25/11/2026 07:29", None, "25/11/2026 07:30"),
        ("25/11/2026 07:30", "25/11/2026 11:30", "25/11/2026 13:30"),
        ("25/11/2026 11:30", None, "25/11/2026 13:30"),
        ("25/11/2026 16:59", "25/11/2026 17:00", "26/11/2026 07:30"),
        ("25/11/2026 17:00", None, "26/11/2026 07:30"),
        ("24/11/2026 09:00", None, "25/11/2026 07:30"),
        ("13/02/2026 17:30", None, "23/02/2026 07:30"),
    ],
)
def test_an_office_says_when_it_closes_and_opens(hours: OfficeHours, now: str, closes: str | None, opens: str) -> None:
    opening = hours.at(at(now))
    assert opening.is_open == (closes is not None)
    assert opening.closes_at == (at(closes) if closes else None)
    assert opening.opens_at == at(opens)


def test_a_closed_day_says_why(hours: OfficeHours) -> None:
    closed = hours.at(at("24/11/2026 09:00")).closed_for
    assert closed is not None
    assert (closed.reason, closed.holiday) == (Reason.HOLIDAY, Holiday.CULTURE_DAY)
    assert hours.at(at("25/11/2026 12:00")).closed_for is None


def test_usual_hours_are_said_to_be_unverified(hours: OfficeHours) -> None:
    opening = hours.at(at("25/11/2026 09:00"))
    assert opening.unverified
    assert [doubt.doubt for doubt in opening.working.doubts] == [Doubt.HOURS_UNVERIFIED]


def test_an_agencys_own_hours_are_certain(calendar: Calendar) -> None:
    assert not _office(calendar).at(at("25/11/2026 09:00")).unverified


def test_a_saturday_morning_of_receiving_opens_the_door_but_is_no_working_time(calendar: Calendar) -> None:
    office = _office(calendar, on_5=(MORNING,))

    assert office.at(at("28/11/2026 09:00")).is_open
    assert office.at(at("27/11/2026 17:30")).opens_at == at("28/11/2026 07:30")
    assert office.next_working_moment(at("28/11/2026 09:00")) == at("30/11/2026 07:30")
    assert office.between(at("28/11/2026 00:00"), at("29/11/2026 00:00")) == timedelta(0)
    assert not calendar.is_working(day("28/11/2026"))


def test_a_saturday_morning_of_receiving_falls_away_on_a_holiday(calendar: Calendar) -> None:
    assert not _office(calendar, on_5=(MORNING,)).at(at("10/02/2024 09:00")).is_open


def test_an_office_may_close_on_a_weekday_afternoon(calendar: Calendar) -> None:
    office = _office(calendar, on_4=(MORNING,))
    assert not office.at(at("27/11/2026 14:00")).is_open
    assert office.closing(day("27/11/2026")) == at("27/11/2026 11:30")


def test_an_office_without_a_session_that_day_is_closed_by_itself(calendar: Calendar) -> None:
    closed = _office(calendar, on_4=()).at(at("27/11/2026 09:00")).closed_for
    assert closed is not None
    assert closed.reason is Reason.LOCAL


def test_a_day_worked_for_another_has_that_days_hours(calendar: Calendar) -> None:
    office = _office(calendar, on_0=(AFTERNOON,))
    assert office.closing(day("04/05/2024")) == at("04/05/2024 17:00")
    assert not office.at(at("04/05/2024 09:00")).is_open


def test_a_day_off_ends_at_midnight(hours: OfficeHours) -> None:
    assert hours.closing(day("22/11/2026")).time() == time(23, 59, 59)


def test_working_time_passes_only_in_sessions(hours: OfficeHours) -> None:
    assert hours.between(at("27/11/2026 16:00"), at("30/11/2026 08:00")) == timedelta(hours=1, minutes=30)
    assert hours.between(at("30/11/2026 08:00"), at("27/11/2026 16:00")) == timedelta(0)
    assert hours.after(at("27/11/2026 16:00"), timedelta(hours=1)) == at("27/11/2026 17:00")
    assert hours.after(at("27/11/2026 16:00"), timedelta(hours=1, minutes=1)) == at("30/11/2026 07:31")
    assert hours.after(at("28/11/2026 16:00"), timedelta(0)) == at("28/11/2026 16:00")


def test_negative_work_is_refused(hours: OfficeHours) -> None:
    with pytest.raises(ImpossiblePeriodError):
        hours.after(at("27/11/2026 16:00"), timedelta(hours=-1))


def test_a_moment_needs_its_zone(hours: OfficeHours) -> None:
    with pytest.raises(NaiveTimeError):
        hours.at(at("27/11/2026 16:00").replace(tzinfo=None))


def test_an_office_that_never_opens_is_a_fault(calendar: Calendar) -> None:
    with pytest.raises(DataFaultError, match="H48"):
        OfficeHours(calendar, OfficeWeek("H48.1", {SATURDAY: (MORNING,)}, "a test", Sure.OWN))
