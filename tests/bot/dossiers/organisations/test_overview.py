"""Sorting dossiers by what must be done about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dossiers.disclosure import Shown, shown
from bot.dossiers.organisations.overview import DUE_SOON, URGENT, Group, Row, overview, row_of
from bot.dossiers.record import ENDED, Status
from tests.bot.dossiers.records import BASE
from tests.bot.messages import NOW

KNOWN = shown(BASE)


def sorted_as(known: Shown, days: int | None = 5) -> Group:
    """The group of a dossier with so many days left."""
    return row_of(known, NOW, NOW, lambda _, __: days).group


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_group(status: Status) -> None:
    found = sorted_as(replace(KNOWN, status=status))
    assert (found is Group.ENDED) == (status in ENDED)


def test_who_waits_for_papers_or_money_is_not_called_late() -> None:
    late = replace(KNOWN, due_at=NOW - timedelta(days=3))
    assert sorted_as(late) is Group.LATE
    assert sorted_as(replace(late, status=Status.NEED_SUPPLEMENT)) is Group.SUPPLEMENT
    assert sorted_as(replace(late, status=Status.NEED_PAYMENT)) is Group.PAYMENT


def test_the_last_days_count_as_due_soon() -> None:
    assert [sorted_as(KNOWN, days) for days in (0, DUE_SOON, DUE_SOON + 1, None)] == [
        Group.DUE_SOON,
        Group.DUE_SOON,
        Group.ON_TIME,
        Group.ON_TIME,
    ]
    assert sorted_as(replace(KNOWN, due_at=None)) is Group.UNCLEAR


def test_an_ended_dossier_has_no_days_left() -> None:
    assert row_of(replace(KNOWN, status=Status.DONE), NOW, NOW, lambda _, __: 5).days is None


def test_the_most_urgent_come_first_and_few_are_named() -> None:
    rows = [Row(f"c{number:02}", Group.LATE if number % 2 else Group.ON_TIME) for number in range(40)]
    found = overview([*rows, Row("x", Group.OTHER)])
    assert [row.group for row in found.rows] == [Group.LATE] * 20 + [Group.ON_TIME] * 20 + [Group.OTHER]
    assert len(found.urgent) == URGENT
    assert found.counts == {Group.LATE: 20, Group.ON_TIME: 20, Group.OTHER: 1}
