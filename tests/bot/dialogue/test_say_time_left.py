"""Appointments in working days, and how they were counted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.say_time_left import TimeLeft, say_hours
from feedback.working_time.hours import OfficeHours, OfficeWeek, Session
from feedback.working_time.model import Sure
from feedback.working_time.zone import VIETNAM
from tests.bot.dialogue_house import TEXTS, TIME

SAY = TimeLeft(TEXTS, TIME.hours())


def at(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "due", "said"),
    [
        (at(11, 25), at(11, 30, 17), "Còn 3 ngày làm việc (hẹn 17:00 thứ Hai 30/11/2026)."),
        (at(11, 30, 9), at(11, 30, 17), "Hẹn trả hôm nay (17:00 thứ Hai 30/11/2026)."),
        (
            at(11, 30, 18),
            at(11, 30, 17),
            "Đã quá giờ hẹn (hẹn 17:00 thứ Hai 30/11/2026), chưa trễ sang ngày làm việc nào.",
        ),
        (at(12, 2), at(11, 30, 17), "Trễ hẹn 2 ngày làm việc (hẹn 17:00 thứ Hai 30/11/2026)."),
        (at(11, 23), at(11, 24, 10), "Hẹn trả 10:00 thứ Ba 24/11/2026; từ nay đến đó không còn ngày làm việc nào."),
    ],
)
def test_what_is_left_is_said_with_the_appointment(now: datetime, due: datetime, said: str) -> None:
    assert SAY.line(due, now) == said


def test_one_day_is_one_day_in_english_too() -> None:
    say = TimeLeft(TEXTS.speaking("en"), TIME.hours())
    assert say.line(at(11, 30, 17), at(11, 27)) == "1 working day left (due 17:00 on Monday 30/11/2026)."
    assert say.line(at(11, 30, 17), at(12, 1)) == "1 working day late (was due 17:00 on Monday 30/11/2026)."


def test_the_working_names_the_days_that_count_and_why_others_do_not() -> None:
    said = SAY.working(at(11, 30, 17), at(11, 20, 16))
    assert "thứ Hai 23/11; thứ Tư 25/11; thứ Năm 26/11; thứ Sáu 27/11; thứ Hai 30/11." in said
    assert "- thứ Bảy 21/11 đến Chủ nhật 22/11: nghỉ cuối tuần" in said
    assert "- thứ Ba 24/11: nghỉ lễ (Ngày Văn hóa Việt Nam)" in said


def test_a_swapped_day_is_told_as_worked() -> None:
    said = SAY.working(at(9, 4, 17), at(8, 20))
    assert "thứ Bảy 22/08/2026 là ngày làm bù" in said
    assert "Quốc khánh" in said


def test_a_year_that_is_not_decided_is_told_as_unsure() -> None:
    said = SAY.working(at(2, 20, 17, 2027), at(12, 1))
    assert "2027 chưa có quyết định chính thức" in said
    assert "và " in said
    assert "chưa được công bố" in SAY.line(at(2, 20, 17, 2027), at(12, 1))


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 1)),
    st.integers(min_value=-400, max_value=400),
    st.sampled_from(["vi", "en"]),
)
def test_every_appointment_can_be_said(now: datetime, hours: int, language: str) -> None:
    say = TimeLeft(TEXTS.speaking(language), TIME.hours())
    now = now.replace(tzinfo=VIETNAM)
    said = say.working(now + timedelta(hours=hours), now)
    assert "{" not in said
    assert len(said) < 4000


def test_usual_hours_that_nobody_compared_are_not_told() -> None:
    assert say_hours(TEXTS, TIME.hours()) == ""
    morning, afternoon = (
        Session(datetime(2026, 1, 1, 7).time(), datetime(2026, 1, 1, 11).time()),
        Session(datetime(2026, 1, 1, 13).time(), datetime(2026, 1, 1, 17).time()),
    )
    week = dict.fromkeys(range(5), (morning, afternoon)) | {5: (morning,)}
    hours = OfficeHours(TIME.calendar, OfficeWeek("H48.16", week, "Quyết định", Sure.LAW))
    assert say_hours(TEXTS, hours) == "thứ Hai đến thứ Sáu 07:00–11:00, 13:00–17:00; thứ Bảy 07:00–11:00"
