from __future__ import annotations

import pytest

from feedback.working_time.days import NumberedDays
from feedback.working_time.errors import OutsideCalendarError
from tests.feedback.factories import day

EVEN = NumberedDays(day("01/11/2026"), day("30/11/2026"), lambda each: each.day % 2 == 0)


def test_working_days_are_numbered_from_the_start() -> None:
    assert [EVEN.number(day(f"0{n}/11/2026")) for n in (1, 2, 3, 4)] == [0, 1, 1, 2]
    assert EVEN.numbered(2) == day("04/11/2026")
    assert EVEN.works(day("02/11/2026"))
    assert not EVEN.works(day("01/11/2026"))
    assert not EVEN.works(day("03/11/2026"))


@pytest.mark.parametrize("outside", ["31/10/2026", "01/12/2026"])
def test_days_outside_the_span_are_refused(outside: str) -> None:
    with pytest.raises(OutsideCalendarError, match=outside):
        EVEN.number(day(outside))


@pytest.mark.parametrize("number", [0, 16])
def test_numbers_that_no_day_has_are_refused(number: int) -> None:
    with pytest.raises(OutsideCalendarError, match="the day reached"):
        EVEN.numbered(number)
