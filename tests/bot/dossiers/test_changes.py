"""What counts as a change of a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dossiers.changes import OF_STATUS, Kind, changes
from bot.dossiers.record import Owner, Record, Status
from tests.bot.dossiers.records import BASE, NOW, apology, record


def test_every_status_has_a_kind_of_its_own() -> None:
    assert len({OF_STATUS[status] for status in Status}) == len(Status)


@pytest.mark.parametrize("status", Status)
def test_first_sight_is_one_change_to_the_present_status(status: Status) -> None:
    assert changes(None, record(status=status, slips=(apology(),))) == (OF_STATUS[status],)


def test_the_same_told_again_is_no_change() -> None:
    assert changes(BASE, record()) == ()


@pytest.mark.parametrize(
    "after",
    [
        record(unit="Trung tâm khác"),
        record(owner=Owner("Người khác")),
        record(next_step="chờ ký"),
        record(steps=(replace(BASE.steps[0], officer="Người mới"), BASE.steps[1])),
        record(steps=(*BASE.steps, replace(BASE.steps[1], unit="Lãnh đạo"))),
    ],
    ids=["unit", "owner", "next step in words", "officer", "a planned step"],
)
def test_what_a_citizen_need_not_be_told_is_no_change(after: Record) -> None:
    assert changes(BASE, after) == ()


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (record(status=Status.DONE), (Kind.DONE,)),
        (record(status=Status.NEED_SUPPLEMENT, missing=("Ảnh",)), (Kind.SUPPLEMENT,)),
        (record(status=Status.NEED_PAYMENT, fee_due=50_000), (Kind.PAYMENT,)),
        (record(missing=("Ảnh",)), (Kind.PAPERS,)),
        (record(fee_due=50_000), (Kind.FEE,)),
        (record(due_at=NOW + timedelta(days=4)), (Kind.DUE_CHANGED,)),
        (record(slips=(apology(),)), (Kind.LATE_APOLOGY,)),
        (record(slips=(apology(new_due_at=None),)), (Kind.LATE_APOLOGY,)),
        (record(steps=(BASE.steps[0], replace(BASE.steps[1], started_at=NOW))), (Kind.MOVED,)),
        (record(steps=(replace(BASE.steps[0], ended_at=NOW), BASE.steps[1])), (Kind.MOVED,)),
        (record(status=Status.UNKNOWN, slips=(apology(),)), (Kind.UNCLEAR, Kind.LATE_APOLOGY)),
    ],
)
def test_a_change_is_named_the_status_first(after: Record, kinds: tuple[Kind, ...]) -> None:
    assert changes(BASE, after) == kinds


def test_going_on_after_a_supplement_is_one_change() -> None:
    assert changes(record(status=Status.NEED_SUPPLEMENT, missing=("Ảnh",)), BASE) == (Kind.PROCESSING,)
