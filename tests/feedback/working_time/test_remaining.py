from __future__ import annotations

from datetime import UTC

import pytest

from feedback.working_time.deadlines import due
from feedback.working_time.hours import OfficeHours
from feedback.working_time.model import Doubt, Reason, Sure
from feedback.working_time.remaining import State, expected_reply, remaining, remaining_of
from feedback.working_time.rules import Unit
from tests.feedback.factories import at, day, pause, rule


@pytest.mark.parametrize(
    ("now", "state", "days"),
    [
        ("20/11/2026 16:00", State.IN_TIME, 5),
        ("23/11/2026 08:00", State.IN_TIME, 4),
        ("24/11/2026 08:00", State.IN_TIME, 4),
        ("25/11/2026 08:00", State.IN_TIME, 3),
        ("29/11/2026 08:00", State.IN_TIME, 1),
        ("30/11/2026 08:00", State.DUE_TODAY, 0),
        ("30/11/2026 17:00", State.DUE_TODAY, 0),
        ("30/11/2026 17:01", State.LATE, 0),
        ("01/12/2026 08:00", State.LATE, -1),
        ("07/12/2026 08:00", State.LATE, -5),
    ],
)
def test_what_is_left_of_an_appointment(hours: OfficeHours, now: str, state: State, days: int) -> None:
    left = remaining(at("30/11/2026 17:00"), at(now), hours)
    assert (left.state, left.days) == (state, days)


def test_what_is_left_shows_the_days_that_do_not_count(hours: OfficeHours) -> None:
    left = remaining(at("30/11/2026 17:00"), at("20/11/2026 08:00"), hours)
    assert [skipped.day for skipped in left.working.skipped if skipped.reason is Reason.HOLIDAY] == [day("24/11/2026")]
    assert not left.unverified


def test_the_day_is_vietnams_whatever_the_clock_says(hours: OfficeHours) -> None:
    evening_in_utc = at("01/12/2026 00:30").astimezone(UTC)
    assert remaining(at("30/11/2026 17:00"), evening_in_utc, hours).days == -1


def test_nothing_runs_down_while_the_office_waits(hours: OfficeHours) -> None:
    waiting = due(rule(10), at("09/11/2026 09:00"), hours, [pause("12/11/2026 10:00")])
    left = remaining_of(waiting, at("30/12/2026 09:00"), hours)
    assert (left.state, left.days) == (State.WAITING, 7)


def test_a_wait_of_hours_or_months_names_no_days(hours: OfficeHours) -> None:
    waiting = due(rule(8, Unit.WORKING_HOUR), at("09/11/2026 09:00"), hours, [pause("09/11/2026 10:00")])
    assert remaining_of(waiting, at("10/11/2026 09:00"), hours).days is None


def test_a_message_at_night_is_read_in_the_morning_and_answered_in_working_hours(hours: OfficeHours) -> None:
    promise = rule(4, Unit.WORKING_HOUR, sure=Sure.OWN)
    reply = expected_reply(promise, at("23/11/2026 20:00"), hours)
    assert (reply.read_from, reply.by) == (at("25/11/2026 07:30"), at("25/11/2026 11:30"))
    assert [doubt.doubt for doubt in reply.working.doubts] == [Doubt.HOURS_UNVERIFIED]
    assert reply.unverified


def test_a_message_in_office_hours_is_read_at_once(hours: OfficeHours) -> None:
    sent = at("25/11/2026 09:00")
    assert expected_reply(rule(2), sent, hours).read_from == sent
