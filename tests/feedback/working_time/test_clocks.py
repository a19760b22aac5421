from __future__ import annotations

from datetime import date

import pytest

from feedback.working_time.clocks import CalendarDays, add_months, run, run_months
from tests.feedback.factories import day


def _stays(end: date) -> date:
    return end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("31/01/2026", 1, "28/02/2026"),
        ("31/01/2028", 1, "29/02/2028"),
        ("30/11/2026", 3, "28/02/2027"),
        ("15/12/2026", 1, "15/01/2027"),
        ("15/01/2026", -1, "15/12/2025"),
        ("31/03/2026", -1, "28/02/2026"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_only_pauses_that_mattered_are_reported() -> None:
    pauses = [(day("03/11/2026"), day("05/11/2026")), (day("20/11/2026"), day("21/11/2026"))]
    ran = run(CalendarDays(), day("01/11/2026"), 5, pauses, _stays)
    assert (ran.end, ran.stood) == (day("08/11/2026"), (pauses[0],))
    assert run_months(day("01/10/2026"), 1, [(day("05/11/2026"), None)], _stays).end == day("01/11/2026")


def test_an_open_pause_keeps_what_is_left() -> None:
    ran = run(CalendarDays(), day("01/11/2026"), 5, [(day("03/11/2026"), None)], _stays)
    assert (ran.end, ran.left) == (None, 3)
