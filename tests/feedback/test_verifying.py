from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from bot.unit_of_work import UnitOfWork
from feedback.actor import SYSTEM
from feedback.log_store import Movement
from feedback.record import Outcome, Status
from feedback.tables import event, head, number, record
from feedback.transitions import Action
from feedback.triage import Receiver
from feedback.verifying import verify
from tests.feedback.desk import APPROVER, HANDLER, LATER, RECEIVER, Desk
from tests.feedback.records import NOW


async def _office_at_work(database: UnitOfWork, desk: Desk) -> None:
    async with database.write() as session:
        first = await desk.taken(session)
        await desk.steps.handling.draft(session, HANDLER, first.id, "Đã xong", Outcome.CONDUCT_FOUND, LATER)
        await desk.steps.answering.decide(session, APPROVER, first.id, LATER)
        second = await desk.received(session)
        await desk.steps.triage.forward(session, RECEIVER, second.id, Receiver("G10", "Bộ"), "Thẩm quyền", LATER)
        await desk.log.append(session, second.id, SYSTEM, Movement(Action.REMIND, None, None), LATER)
        await desk.received(session)


async def _found(database: UnitOfWork, desk: Desk) -> list[tuple[str, str]]:
    async with database.read() as session:
        return [(found.where, found.what) async for found in verify(session, desk.log)]


async def test_a_sound_register_has_nothing_to_report(database: UnitOfWork) -> None:
    desk = Desk()
    assert await _found(database, desk) == []
    await _office_at_work(database, desk)
    assert await _found(database, desk) == []


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (update(event).where(event.c.seq == 2).values(actor="x"), [("entry 2", "was changed after it was written")]),
        (
            delete(event).where(event.c.seq == 8),
            [
                ("head", "says that the newest entry is another than 7: entries were taken off the end"),
                ("record 3", "has no entry in the log"),
            ],
        ),
        (
            update(record).where(record.c.id == 1).values(status=Status.RECEIVED),
            [("record 1", "is received, its last entry says decided")],
        ),
        (
            update(record).where(record.c.id == 1).values(unit="X"),
            [("record 1", "is with 'X', its last entry says 'H48.12'")],
        ),
        (
            update(record).where(record.c.id == 2).values(number=7),
            [("register 2026", "has 3 records with numbers 1 to 7; given were 3")],
        ),
        (
            delete(record).where(record.c.id == 1),
            [
                ("record 1", "is gone; the log knows it"),
                ("register 2026", "has 2 records with numbers 2 to 3; given were 3"),
            ],
        ),
        (update(number).values(last=9), [("register 2026", "has 3 records with numbers 1 to 3; given were 9")]),
        (
            insert(number).values(book="trial", year=2025, last=1),
            [("trial 2025", "has 0 records with numbers 1 to 0; given were 1")],
        ),
        (
            update(head).values(hash=bytes(32)),
            [("head", "says that the newest entry is another than 8: entries were taken off the end")],
        ),
    ],
)
async def test_whatever_was_tampered_with_is_named(
    database: UnitOfWork, statement: Any, found: list[tuple[str, str]]
) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    async with database.write() as session:
        await session.execute(statement)
    assert await _found(database, desk) == found


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("movement", "found"),
    [
        (Movement(Action.HOLD, Status.RECEIVED, Status.RECEIVED), "hold does not begin at received"),
        (Movement(Action.TAKE, Status.RECEIVED, Status.RECEIVED), "take does not begin at received"),
        (Movement(Action.TAKE, None, Status.RECEIVED), "begins at None what stood at received"),
        (Movement(Action.TO_PUBLISH, Status.DECIDED, Status.RECEIVED), "begins at decided what stood at received"),
    ],
)
async def test_an_entry_that_no_procedure_allows_is_named(database: UnitOfWork, movement: Movement, found: str) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.log.append(session, case.id, RECEIVER, movement, NOW)
    assert await _found(database, desk) == [("entry 2", found)]
