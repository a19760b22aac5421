"""When a watched dossier is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.record import Status
from bot.dossiers.watching.pace import FINAL, after_failure, next_look
from feedback.working_time.zone import here
from tests.bot.dossiers.records import record

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def minutes(due: timedelta | None, status: Status = Status.IN_PROGRESS) -> float:
    following = next_look(record(status=status, due_at=NOON + due if due is not None else None), NOON, 0.5)
    assert following.at is not None
    return (following.at - NOON).total_seconds() / 60


def test_the_nearer_the_appointment_the_oftener() -> None:
    waits = [minutes(due) for due in (DAY / 2, 2 * DAY, 5 * DAY, 30 * DAY)]
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] / 10


def test_only_what_is_near_or_freshly_late_is_urgent() -> None:
    for due, urgent in ((DAY / 2, True), (-DAY, True), (5 * DAY, False), (-30 * DAY, False)):
        assert next_look(record(due_at=NOON + due), NOON, 0.5).urgent is urgent


@pytest.mark.parametrize("status", sorted(FINAL))
def test_what_is_final_is_never_asked_again(status: Status) -> None:
    assert next_look(record(status=status), NOON, 0.5).at is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.floats(0, 1), st.integers(-40, 40))
def test_nobody_is_asked_in_the_night_and_nobody_is_forgotten(moment: datetime, chance: float, days: int) -> None:
    now = moment.replace(tzinfo=UTC)
    following = next_look(record(due_at=now + timedelta(days=days)), now, chance)
    assert following.at is not None
    assert now < following.at <= now + timedelta(hours=24)
    assert 6 <= here(following.at).hour <= 20


def test_those_who_began_together_part() -> None:
    looks = {next_look(record(due_at=NOON + 5 * DAY), NOON, chance / 100).at for chance in range(100)}
    assert len(looks) == 100


def test_what_does_not_come_is_asked_seldomer_but_once_a_day() -> None:
    waits = [after_failure(number, NOON, 0.5).at for number in (1, 2, 5, 1000)]
    assert waits == sorted(waits)  # type: ignore[type-var]
    assert waits[-1] == NOON + DAY
