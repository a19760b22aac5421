from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback.record import Status
from feedback.reports.daily import Grain, share, spans
from feedback.reports.story import Moved
from feedback.transitions import Action
from feedback.working_time.zone import here
from tests.feedback.records import NOW
from tests.feedback.reports.test_counting import DAY, ENTERED, decided, story


def days(*moves: Moved) -> dict[int, dict[str, int]]:
    found = share(story(*moves)).cells
    return {(cell.day - here(NOW).date()).days: dict(counts) for cell, counts in found.items()}


def test_each_thing_is_counted_on_the_day_on_which_it_happened() -> None:
    assert days(ENTERED, decided(3)) == {1: {"new": 1}, 3: {"handled": 1, "handled_on_time": 1}}


def test_a_later_rating_replaces_an_earlier_one() -> None:
    rated = [Moved(NOW + day * DAY, Action.RATE, Status.DECIDED, grade) for day, grade in ((4, 1), (5, 5))]
    assert days(ENTERED, decided(3), *rated)[5] == {"rated": 1, "satisfied": 1}
    assert 4 not in {day for day, counts in days(ENTERED, decided(3), *rated).items() if counts}


def test_an_evening_in_vietnam_is_that_day_and_how_long_it_took_counts_from_entry() -> None:
    night = Moved(NOW + timedelta(days=1, hours=15), Action.SUBMIT, Status.RECEIVED)
    assert list(days(night)) == [2 if here(night.at).date() != here(NOW + DAY).date() else 1]
    assert [one.days for one in share(story(ENTERED, decided(3))).took] == [2]


@pytest.mark.parametrize(
    ("since", "until"), [((1, 1), (13, 1)), ((1, 15), (3, 1)), ((2, 1), (2, 20)), ((5, 7), (5, 8)), ((5, 7), (6, 3))]
)
def test_months_and_the_days_around_them_are_the_whole_period(since: tuple[int, int], until: tuple[int, int]) -> None:
    first, end = date(2026, *since), date(2026 + until[0] // 13, (until[0] - 1) % 12 + 1, until[1])
    parts = spans(first, end)
    days: list[date] = []
    for grain, start, stop in parts:
        assert grain is Grain.DAY or (start.day == stop.day == 1)
        days += [start + timedelta(days=number) for number in range((stop - start).days)]
    assert days == [first + timedelta(days=number) for number in range((end - first).days)]
    assert spans(first, first) == []
