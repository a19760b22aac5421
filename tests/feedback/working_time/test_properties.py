"""Laws of counting that hold on every day of more than ten years, known, provisional and unknown ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feedback.working_time.calendar import DAY, Calendar
from feedback.working_time.deadlines import due
from feedback.working_time.hours import OfficeHours
from feedback.working_time.loading import load_working_time
from feedback.working_time.pauses import Pause
from feedback.working_time.remaining import State, remaining, remaining_of
from feedback.working_time.rules import DeadlineRule, EndsOff, FirstDay, Supplement, Unit
from feedback.working_time.zone import VIETNAM
from tests.feedback.factories import rule

HOURS: OfficeHours = load_working_time().hours()
CALENDAR: Calendar = HOURS.calendar
DAYS = st.dates(date(2021, 1, 1), date(2032, 12, 31))
AMOUNTS = st.integers(1, 300)
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2032, 12, 31), timezones=st.just(VIETNAM))
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
WAITS = st.lists(st.tuples(st.integers(0, 60 * 24 * 60), st.integers(0, 60 * 24 * 20)), max_size=4)
RULES = st.builds(
    rule,
    amount=st.integers(1, 60),
    unit=st.sampled_from(Unit),
    supplement=st.sampled_from(Supplement),
    ends_off=st.just(EndsOff.NEXT),
)
DAY_RULES = st.builds(
    rule,
    amount=st.integers(1, 60),
    unit=st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH]),
    late_after=st.sampled_from([None, datetime(2026, 1, 1, 15).time()]),
    first_day=st.sampled_from(FirstDay),
    supplement=st.sampled_from(Supplement),
)


def _pauses(event: datetime, waits: list[tuple[int, int]]) -> list[Pause]:
    starts = [(event + timedelta(minutes=after), timedelta(minutes=lasting)) for after, lasting in waits]
    return [Pause(start, start + lasting) for start, lasting in starts]


@given(DAYS, AMOUNTS)
def test_counting_undoes_adding(day: date, amount: int) -> None:
    assert CALENDAR.count(day, CALENDAR.add(day, amount).day).days == amount


@given(DAYS, AMOUNTS)
def test_counting_undoes_subtracting(day: date, amount: int) -> None:
    reached = CALENDAR.subtract(day, amount).day
    assert CALENDAR.count(reached - DAY, day - DAY).days == amount


@given(DAYS, AMOUNTS)
def test_subtracting_undoes_adding_from_a_working_day(day: date, amount: int) -> None:
    day = CALENDAR.on_or_after(day)
    assert CALENDAR.subtract(CALENDAR.add(day, amount).day, amount).day == day


@given(DAYS, AMOUNTS)
def test_counted_days_never_end_on_a_day_off(day: date, amount: int) -> None:
    assert CALENDAR.is_working(CALENDAR.add(day, amount).day)
    assert CALENDAR.is_working(CALENDAR.subtract(day, amount).day)


@given(DAYS, DAYS, AMOUNTS)
def test_a_later_day_never_reaches_an_earlier_one(one: date, other: date, amount: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add(first, amount).day <= CALENDAR.add(second, amount).day


@given(DAYS, AMOUNTS, AMOUNTS)
def test_adding_in_two_steps_is_adding_at_once(day: date, one: int, other: int) -> None:
    assert CALENDAR.add(CALENDAR.add(day, one).day, other).day == CALENDAR.add(day, one + other).day


@given(DAYS, DAYS, DAYS)
def test_counting_over_a_day_in_between_is_the_same(first: date, middle: date, last: date) -> None:
    parts = CALENDAR.count(first, middle).days + CALENDAR.count(middle, last).days
    assert parts == CALENDAR.count(first, last).days == -CALENDAR.count(last, first).days


@given(DAYS, st.integers(1, 60))
def test_the_working_accounts_for_every_day(day: date, amount: int) -> None:
    reached = CALENDAR.add(day, amount)
    skipped = {skipped.day for skipped in reached.working.skipped}
    assert (reached.day - day).days == amount + len(skipped)
    assert not any(CALENDAR.is_working(off) for off in skipped)


@given(DAYS, AMOUNTS)
def test_an_answer_that_touches_an_undecided_year_says_so(day: date, amount: int) -> None:
    reached = CALENDAR.add(day, amount)
    undecided = not ((day + DAY).year >= 2024 and reached.day.year <= 2026)
    assert reached.unverified or not undecided


@given(DAY_RULES, MOMENTS, WAITS)
def test_deadlines_in_days_never_end_on_a_day_off(
    which: DeadlineRule, event: datetime, waits: list[tuple[int, int]]
) -> None:
    end = due(which, event, HOURS, _pauses(event, waits))
    assert end.on is not None
    assert CALENDAR.is_working(end.on)


@given(RULES, MOMENTS, WAITS)
def test_pauses_only_lengthen(which: DeadlineRule, event: datetime, waits: list[tuple[int, int]]) -> None:
    pauses, ends = _pauses(event, waits), []
    for number in range(len(pauses) + 1):
        end = due(which, event, HOURS, sorted(pauses, key=lambda pause: pause.asked_at)[:number])
        assert end.at is not None
        ends.append(end.at)
    assert all(earlier <= later for earlier, later in pairwise(ends))


@given(RULES, MOMENTS, WAITS, st.integers(1, 60 * 24 * 10), st.integers(0, 60 * 24 * 10))
def test_asking_for_a_supplement_after_the_end_changes_nothing(
    which: DeadlineRule, event: datetime, waits: list[tuple[int, int]], late: int, lasting: int
) -> None:
    before = due(which, event, HOURS, _pauses(event, waits))
    assert before.at is not None
    asked = max([before.at, *(pause.supplied_at or pause.asked_at for pause in _pauses(event, waits))])
    asked += timedelta(minutes=late)
    after = due(which, event, HOURS, [*_pauses(event, waits), Pause(asked, asked + timedelta(minutes=lasting))])
    assert (after.on, after.at, after.working.skipped) == (before.on, before.at, before.working.skipped)


@given(DAY_RULES, MOMENTS, MOMENTS)
def test_a_later_receipt_is_never_due_earlier(which: DeadlineRule, one: datetime, other: datetime) -> None:
    first, second = (due(which, event, HOURS).on for event in sorted((one, other)))
    assert first is not None
    assert second is not None
    assert first <= second


@given(RULES, MOMENTS, WAITS, ZONES)
def test_the_zone_of_the_clock_does_not_matter(
    which: DeadlineRule, event: datetime, waits: list[tuple[int, int]], zone: timezone
) -> None:
    pauses = _pauses(event, waits)
    elsewhere = [Pause(p.asked_at.astimezone(zone), p.supplied_at and p.supplied_at.astimezone(zone)) for p in pauses]
    assert due(which, event, HOURS, pauses) == due(which, event.astimezone(zone), HOURS, elsewhere)
    assert HOURS.at(event) == HOURS.at(event.astimezone(zone))


@given(st.integers(1, 60), MOMENTS, WAITS)
def test_working_days_and_days_that_did_not_count_make_up_the_whole(
    amount: int, event: datetime, waits: list[tuple[int, int]]
) -> None:
    pauses = _pauses(event, waits)
    end = due(rule(amount), event, HOURS, pauses)
    assert end.on is not None
    counted = (end.on - event.date()).days + 1 - len(end.working.skipped)
    supplied = {CALENDAR.on_or_after(pause.supplied_at.date()) for pause in pauses if pause.supplied_at}
    asked_on_the_last_day = end.on in supplied
    assert counted == amount or asked_on_the_last_day


@given(st.integers(1, 60), MOMENTS, st.integers(0, 60 * 24 * 90))
def test_what_is_left_runs_down_by_one_each_working_day(amount: int, event: datetime, later: int) -> None:
    end, now = due(rule(amount), event, HOURS), event + timedelta(minutes=later)
    left, tomorrow = remaining_of(end, now, HOURS), remaining_of(end, now + DAY, HOURS)
    assert left.days is not None
    assert tomorrow.days == left.days - CALENDAR.is_working(now.date() + DAY)
    assert (left.state is State.LATE) == (end.at is not None and now > end.at)


@given(MOMENTS, MOMENTS)
def test_negative_days_are_always_late(appointment: datetime, now: datetime) -> None:
    left = remaining(appointment, now, HOURS)
    assert left.days is not None
    assert left.state is State.LATE or left.days >= 0
    assert left.state is not State.LATE or left.days <= 0


@given(MOMENTS, st.integers(1, 60 * 200))
def test_working_time_added_is_the_time_between(moment: datetime, minutes: int) -> None:
    end = HOURS.after(moment, timedelta(minutes=minutes))
    assert HOURS.between(moment, end) == timedelta(minutes=minutes)


@given(MOMENTS)
def test_the_next_working_moment_is_open_and_nothing_was_open_before(moment: datetime) -> None:
    upcoming = HOURS.next_working_moment(moment)
    assert upcoming >= moment
    assert HOURS.at(upcoming).is_open
    assert HOURS.between(moment, upcoming) == timedelta(0)
