"""Which dossiers an office should look at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.dossiers.due import Urgency, due_line, horizon
from bot.dossiers.record import Status
from feedback.working_time.loading import load_working_time
from feedback.working_time.zone import VIETNAM
from tests.bot.dossiers.records import BASE, apology, record

TIME = load_working_time()


def at(day: int, hour: int = 17, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


FRIDAY = at(20, 9)
"""The Tuesday after the weekend is a holiday: 24 November."""


def urgency(now: datetime = FRIDAY, **differing: Any) -> tuple[Urgency, int | None] | None:
    line = due_line(record(**differing), now, TIME)
    return (line.urgency, line.days) if line else None


def test_a_provinces_own_days_off_move_the_next_working_day_for_its_dossiers_alone(tmp_path: Path) -> None:
    (tmp_path / "h48.yml").write_text(
        "province: H48\ndays_off: [{from: 2026-11-26, to: 2026-11-27, source: x, sure: law}]", "utf-8"
    )
    time = load_working_time([tmp_path / "h48.yml"])
    wednesday, monday = at(25, 9), at(30)
    assert horizon(wednesday, time) == at(1, 0, month=12)
    own = due_line(record("H48.30.02-261110-0001", due_at=monday), wednesday, time)
    assert own is not None
    assert (own.urgency, own.days) == (Urgency.NEXT, 1)
    assert due_line(record("H15.30.02-261110-0001", due_at=monday), wednesday, time) is None


def test_what_is_due_until_the_next_working_day_is_listed_also_over_a_weekend_and_a_holiday() -> None:
    assert horizon(FRIDAY, TIME) == at(24, 0)
    assert horizon(at(23, 9), TIME) == at(26, 0)
    assert urgency(due_at=at(23)) == (Urgency.NEXT, 1)
    assert urgency(due_at=at(21)) == (Urgency.NEXT, 0)
    assert urgency(due_at=at(25)) is None
    assert urgency(at(23, 9), due_at=at(25)) == (Urgency.NEXT, 1)


def test_today_is_told_from_late_by_the_hour() -> None:
    assert urgency(due_at=at(20)) == (Urgency.TODAY, 0)
    assert urgency(at(20, 18), due_at=at(20)) == (Urgency.LATE, 0)
    assert urgency(at(26, 9), due_at=at(20)) == (Urgency.LATE, -3)


def test_an_appointment_in_a_year_without_a_calendar_is_late_by_an_unknown_number_of_days() -> None:
    assert urgency(due_at=at(20).replace(year=2012)) == (Urgency.LATE, None)


def test_an_apology_takes_a_dossier_off_the_list_until_its_new_appointment() -> None:
    slip = apology(new_due_at=at(27))
    assert urgency(due_at=at(18), slips=(slip,)) is None
    assert urgency(at(26, 9), due_at=at(18), slips=(slip,)) == (Urgency.NEXT, 1)
    assert urgency(at(30, 9), due_at=at(18), slips=(slip,)) == (Urgency.LATE_AGAIN, -1)
    assert urgency(due_at=at(18), slips=(apology(new_due_at=None),)) is None


@pytest.mark.parametrize("status", [one for one in Status if one.value in (3, 5, 6, 7, 8, 9, 10)])
def test_what_has_ended_or_waits_for_the_applicant_is_not_listed(status: Status) -> None:
    assert urgency(status=status, due_at=at(18)) is None


def test_without_an_appointment_there_is_nothing_to_list() -> None:
    assert urgency(due_at=None) is None


def test_where_it_lies_is_the_last_step_begun() -> None:
    line = due_line(record(due_at=at(18)), FRIDAY, TIME)
    assert line is not None
    assert line.step == BASE.steps[0]


def test_the_days_of_the_test_are_what_it_says() -> None:
    assert FRIDAY.weekday() == 4
    assert not TIME.calendar.is_working(date(2026, 11, 24))
    assert datetime.combine(FRIDAY.date(), time(9), VIETNAM) - FRIDAY == timedelta(0)
