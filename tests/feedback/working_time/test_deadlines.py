from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from feedback.working_time.deadlines import Due, due, event_day
from feedback.working_time.errors import ImpossiblePeriodError, NaiveTimeError, OutsideCalendarError
from feedback.working_time.hours import OfficeHours
from feedback.working_time.loading import WorkingTime
from feedback.working_time.rules import DeadlineRule, Direction, EndsOff, Supplement, Unit
from feedback.working_time.shapes import RuleShape
from feedback.working_time.tables import deadline_rules
from nlu.yaml_files import read_yaml
from tests.feedback.factories import at, day, pause, rule

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("deadline_cases.yml"))


def _rule(case: dict[str, Any], working_time: WorkingTime) -> DeadlineRule:
    if isinstance(case["rule"], str):
        return working_time.rules.on(case["rule"], at(case["event"]).date())
    rest = {"id": "sample", "start": "receipt", "basis": "a test", "sure": "law", "valid_from": date(2000, 1, 1)}
    return deadline_rules([msgspec.convert({**rest, **case["rule"]}, RuleShape)])[0]


def _told(result: Due) -> dict[str, str]:
    """The skipped days as the cases write them."""
    return {
        f"{skipped.day:%d/%m/%Y}": " ".join(
            filter(None, (skipped.reason.value, skipped.holiday and skipped.holiday.value))
        )
        for skipped in result.working.skipped
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_deadlines_end_as_the_lawyers_table_says(case: dict[str, Any], working_time: WorkingTime) -> None:
    pauses = [pause(*times) for times in case.get("pauses", [])]

    result = due(_rule(case, working_time), at(case["event"]), working_time.hours(), pauses)

    assert result.on == (day(case["due"]) if case["due"] else None)
    assert result.left == case.get("left")
    if "at" in case:
        assert result.at == at(case["at"])
    if "skipped" in case:
        assert list(_told(result).items()) == list(case["skipped"].items())
    if "made_up" in case:
        assert [made_up.day for made_up in result.working.made_up] == [day(text) for text in case["made_up"]]
    if "doubts" in case:
        assert list(dict.fromkeys(doubt.doubt.value for doubt in result.working.doubts)) == case["doubts"]
        assert result.unverified == bool(case["doubts"])


def test_a_deadline_in_days_ends_when_the_office_closes(hours: OfficeHours) -> None:
    assert due(rule(1), at("25/11/2026 09:00"), hours).at == at("26/11/2026 17:00")


def test_pauses_may_come_in_any_order_and_overlap(hours: OfficeHours) -> None:
    first, second = pause("10/11/2026 09:00", "13/11/2026 09:00"), pause("12/11/2026 09:00", "16/11/2026 09:00")
    whole = pause("10/11/2026 09:00", "16/11/2026 09:00")

    mixed = due(rule(), at("09/11/2026 09:00"), hours, [second, first])

    assert mixed.on == due(rule(), at("09/11/2026 09:00"), hours, [whole]).on == day("20/11/2026")


def test_a_pause_after_the_end_changes_nothing(hours: OfficeHours) -> None:
    late = pause("20/11/2026 09:00", "23/11/2026 09:00")
    assert due(rule(), at("09/11/2026 09:00"), hours, [late]) == due(rule(), at("09/11/2026 09:00"), hours)


def test_a_deadline_that_runs_on_knows_no_pause(hours: OfficeHours) -> None:
    runs_on = rule(supplement=Supplement.RUNS_ON)
    assert due(runs_on, at("09/11/2026 09:00"), hours, [pause("10/11/2026 09:00")]).on == day("16/11/2026")


def test_a_restart_after_the_end_comes_too_late(hours: OfficeHours) -> None:
    restarts = rule(1, supplement=Supplement.RESTARTS)
    late = pause("12/11/2026 09:00", "13/11/2026 09:00")
    assert due(restarts, at("09/11/2026 09:00"), hours, [late]).on == day("10/11/2026")


def test_months_wait_too(hours: OfficeHours) -> None:
    month, event = rule(1, Unit.MONTH), at("02/11/2026 09:00")

    assert due(month, event, hours, [pause("05/11/2026 09:00", "09/11/2026 09:00")]).on == day("07/12/2026")
    waiting = due(month, event, hours, [pause("05/11/2026 09:00")])
    assert (waiting.on, waiting.left) == (None, None)


def test_deadlines_may_count_back(hours: OfficeHours) -> None:
    def before(amount: int, unit: Unit) -> date | None:
        back = rule(amount, unit, direction=Direction.BEFORE, ends_off=EndsOff.PREVIOUS)
        return due(back, at("25/11/2026 09:00"), hours).on

    assert before(2, Unit.WORKING_DAY) == day("20/11/2026")
    assert before(1, Unit.CALENDAR_DAY) == day("23/11/2026")
    assert before(1, Unit.MONTH) == day("23/10/2026")
    assert before(24, Unit.HOUR) == day("24/11/2026")


def test_counting_back_tells_the_days_off_it_stepped_over(hours: OfficeHours) -> None:
    back = rule(1, Unit.CALENDAR_DAY, direction=Direction.BEFORE, ends_off=EndsOff.PREVIOUS)
    assert _told(due(back, at("25/11/2026 09:00"), hours)) == {"24/11/2026": "holiday culture_day"}


def test_the_day_of_an_event_stands_without_an_hour_in_the_rule(hours: OfficeHours) -> None:
    assert event_day(rule(), at("21/11/2026 23:00"), hours.calendar) == day("21/11/2026")


def test_moments_need_their_zone(hours: OfficeHours) -> None:
    with pytest.raises(NaiveTimeError, match="time zone"):
        due(rule(), at("09/11/2026 09:00").replace(tzinfo=None), hours)


def test_a_pause_cannot_end_before_it_begins(hours: OfficeHours) -> None:
    with pytest.raises(ImpossiblePeriodError, match="12/11/2026"):
        due(rule(), at("09/11/2026 09:00"), hours, [pause("12/11/2026 09:00", "11/11/2026 09:00")])


def test_far_years_are_refused_not_guessed(hours: OfficeHours) -> None:
    with pytest.raises(OutsideCalendarError, match="add a table"):
        due(rule(), at("09/11/2090 09:00"), hours)
