"""Where an end lies, whatever is sent, waited for and done: against counting day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedback.clocks import (
    State,
    Timer,
)
from feedback.record import ENDED, Status
from feedback.transitions import Action
from feedback.working_time.calendar import DAY
from feedback.working_time.rules import Rules
from feedback.working_time.zone import VIETNAM
from tests.feedback.clock_story import HOURS, Story, own

MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2032, 12, 31), timezones=st.just(VIETNAM))
AMOUNTS = st.integers(1, 60)


def _timer(amount: int) -> Timer:
    return Timer(Rules([own(amount, "01/01/2000")]), HOURS, "H48")


def _end(timer: Timer, sent: datetime, pauses: Sequence[tuple[datetime, datetime]] = ()) -> datetime:
    story = Story(sent=sent, timer=timer)
    for asked, supplied in pauses:
        story.step(Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT, asked)
        story.step(Action.SUPPLEMENT, Status.RECEIVED, supplied)
    found = story.latest("process").due_at
    assert found is not None
    return found


def _naive(sent: datetime, amount: int, paused: Sequence[tuple[date, date]] = ()) -> date:
    """Count day by day: a day counts when offices work and the sender is not waited for."""
    reached = sent.date()
    while amount:
        reached += DAY
        waited = any(asked < reached <= supplied for asked, supplied in paused)
        amount -= HOURS.calendar.is_working(reached) and not waited
    return reached


@given(MOMENTS, AMOUNTS)
def test_an_end_is_that_of_counting_day_by_day(sent: datetime, amount: int) -> None:
    assert _end(_timer(amount), sent) == HOURS.closing(_naive(sent, amount))


@given(MOMENTS, AMOUNTS)
def test_an_end_is_never_on_a_day_off(sent: datetime, amount: int) -> None:
    assert HOURS.calendar.is_working(_end(_timer(amount), sent).date())


@given(MOMENTS, AMOUNTS, AMOUNTS)
def test_more_days_never_end_earlier(sent: datetime, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert _end(_timer(less), sent) <= _end(_timer(more), sent)


@given(MOMENTS, st.integers(2, 60), st.data())
def test_a_pause_of_some_working_days_moves_the_end_by_as_many(
    sent: datetime, amount: int, data: st.DataObject
) -> None:
    calendar = HOURS.calendar
    asked_on = calendar.add(sent.date(), data.draw(st.integers(1, amount - 1))).day
    length = data.draw(st.integers(0, 30))
    asked = datetime.combine(asked_on, time(9), VIETNAM)
    supplied = datetime.combine(calendar.add(asked_on, length).day, time(15), VIETNAM)
    end = _end(_timer(amount), sent, [(asked, supplied)])
    assert calendar.count(_end(_timer(amount), sent).date(), end.date()).days == length


@given(MOMENTS, st.integers(1, 40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3))
def test_an_end_with_pauses_is_that_of_counting_day_by_day(
    sent: datetime, amount: int, waits: list[tuple[int, int]]
) -> None:
    pauses, cursor = [], datetime.combine(sent.date(), time(10), VIETNAM) + DAY
    for after, lasting in waits:
        asked = cursor + DAY * after
        supplied = asked + DAY * lasting + timedelta(hours=1)
        if asked > _end(_timer(amount), sent, pauses):
            break
        pauses.append((asked, supplied))
        cursor = supplied + DAY
    days = [(asked.date(), supplied.date()) for asked, supplied in pauses]
    found = _end(_timer(amount), sent, pauses)
    assert found == HOURS.closing(_naive(sent, amount, days)) or (days and found.date() == _settled(sent, amount, days))


def _settled(sent: datetime, amount: int, days: list[tuple[date, date]]) -> date:
    """The last day was used up before the supplement came: it is due when that comes, or the next working day."""
    return HOURS.calendar.on_or_after(max(days[-1][1], _naive(sent, amount, days)))


@given(MOMENTS, st.lists(st.sampled_from([*Action]), max_size=12), st.lists(st.sampled_from([*Status]), min_size=12))
def test_whatever_happens_nothing_runs_in_an_ended_record_and_one_deadline_of_a_name_at_most(
    sent: datetime, actions: list[Action], statuses: list[Status]
) -> None:
    story, when = Story(sent=sent), sent
    for action, status in zip(actions, statuses, strict=False):
        closed = [one for one in story.kept if one.met_at]
        when += timedelta(hours=30)
        story.step(action, status, when)
        running = [one.rule for one in story.kept if one.state is State.OPEN]
        assert len(running) == len(set(running))
        assert not running or status not in ENDED
        assert [one for one in story.kept if one in closed] == closed
