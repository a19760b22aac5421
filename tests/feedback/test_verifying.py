from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

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


async def _changed(database: UnitOfWork, *statements: Any) -> None:
    async with database.write() as session:
        for statement in statements:
            await session.execute(statement)


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["outcome", "agency", "dossier_code", "kind", "receipt", "clock_from", "satisfied"])
async def test_a_column_that_the_log_does_not_know_is_found(database: UnitOfWork, column: str) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    other: Any = LATER + (LATER - NOW) if column == "clock_from" else 4 if column == "satisfied" else "x"
    await _changed(database, update(record).where(record.c.id == 1).values({column: other}))
    name = {"dossier_code": "dossier"}.get(column, column)
    assert await _found(database, desk) == [("record 1", f"has another {name} than the log says")]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_a_reason_that_was_changed_or_taken_away_is_found(database: UnitOfWork) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    async with database.read() as session:
        note = (await session.execute(select(event.c.note).where(event.c.seq == 6))).scalar_one()
    changed = note.replace("Thẩm quyền".encode(), "Thẩm Quyền".encode())
    assert changed != note
    await _changed(database, update(event).where(event.c.seq == 6).values(note=changed))
    assert await _found(database, desk) == [("entry 6", "has another reason or other details than it was written with")]
    await _changed(database, update(event).where(event.c.seq == 6).values(note=None))
    assert await _found(database, desk) == [("record 2", "was not emptied, but reason and details of entry 6 are gone")]
