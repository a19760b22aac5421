from __future__ import annotations

from datetime import timedelta

from feedback.record import Status
from feedback.reports.daily import share
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
