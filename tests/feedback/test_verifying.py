from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, insert, select, update

from bot.unit_of_work import UnitOfWork
from feedback.actor import CITIZEN, SYSTEM
from feedback.keeping_store import KeepingStore
from feedback.log_store import Movement
from feedback.office import Policy
from feedback.record import Matter, Outcome, Status
from feedback.register_rows import Placing
from feedback.tables import answer, event, head, number, record, sender
from feedback.transitions import Action
from feedback.triage import Receiver, Said
from feedback.verifying import Anchor, read_anchor, verify
from tests.feedback.desk import APPROVER, HANDLER, LATER, RECEIVER, Desk, written
from tests.feedback.fakes import OpenSeals
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


async def _found(database: UnitOfWork, desk: Desk, anchor: Anchor | None = None) -> list[tuple[str, str]]:
    async with database.read() as session:
        findings = verify(session, desk.log, desk.register, desk.answers, anchor=anchor)
        return [(found.where if found.fault else f"({found.where})", found.what) async for found in findings]


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
    found = await _found(database, desk)
    assert found[0] == ("record 1", f"has another {name} than the log says")
    # What is sealed is bound to the receipt.
    assert len(found) == (1 if column != "receipt" else 3)


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


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("table", "id", "before", "after", "found"),
    [
        (record, "id", "mười ngày", "mười giờ", "has another matter than was sealed"),
        (sender, "record", "đường Thử", "đường Thư", "has another sender than was sealed"),
        (answer, "record", "Đã xong", "Đã Xong", "has another answer 1 than was sealed"),
        (record, "id", "feedback PA", "feedback XX", "has a matter that cannot be opened: another key, or exchanged"),
    ],
)
async def test_an_original_that_was_exchanged_is_found(
    database: UnitOfWork, table: Any, id: str, before: str, after: str, found: str
) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    async with database.read() as session:
        body = (await session.execute(select(table.c.body).where(table.c[id] == 1))).scalar_one()
    changed = body.replace(before.encode(), after.encode())
    assert changed != body
    await _changed(database, update(table).where(table.c[id] == 1).values(body=changed))
    assert await _found(database, desk) == [("record 1", found)]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_a_supplement_binds_the_words_anew_and_taking_back_the_old_ones(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.supplementing.ask_supplement(session, RECEIVER, case.id, "Ngày nào?", LATER)
        await desk.steps.supplementing.supplement(session, CITIZEN, case.id, "Ngày 3/11.", LATER)
        await desk.steps.triage.classify(session, RECEIVER, case.id, Said(case.classification, agency="X"), LATER)
        await desk.steps.undoing.undo(session, RECEIVER, case.id, "Nhầm", LATER)
        old = (await session.execute(select(record.c.body))).scalar_one().replace(b"+ 20/11", b"+ 21/11")
    assert await _found(database, desk) == []
    await _changed(database, update(record).values(body=old))
    assert await _found(database, desk) == [("record 1", "has another matter than was sealed")]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("table", "id", "what"), [(sender, "record", "sender"), (answer, "record", "answer 1")])
async def test_an_original_that_was_taken_away_is_found(database: UnitOfWork, table: Any, id: str, what: str) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    await _changed(database, delete(table).where(table.c[id] == 1))
    found = await _found(database, desk)
    assert ("record 1", f"has lost its {what}") in found


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_what_was_entered_before_originals_were_bound_stays_valid(database: UnitOfWork) -> None:
    desk, old = Desk(), {"channel": "web"}
    async with database.write() as session:
        case = await desk.register.enter(session, written(), Placing("H48.1", Status.RECEIVED), NOW)
        first = Movement(Action.SUBMIT, None, Status.RECEIVED, "", "H48.1", details=old)
        await desk.log.append(session, case.id, CITIZEN, first, NOW)
    assert await _found(database, desk) == []


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_what_went_by_its_age_is_told_apart_from_a_broken_chain(database: UnitOfWork) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    keeping = KeepingStore(OpenSeals(), desk.log, Policy(keep_years=1))
    async with database.write() as session:
        assert await keeping.forget(session, NOW + timedelta(days=400)) == 2
    gone = ("(originals)", "of 2 records are gone by their age or by wish")
    assert await _found(database, desk) == [gone]
    await _changed(database, update(record).where(record.c.id == 3).values(masked="", body=b"feedback x\0"))
    found = await _found(database, desk)
    assert found[0] == ("record 3", "has a matter that cannot be opened: another key, or exchanged")


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_words_that_were_emptied_by_hand_are_found(database: UnitOfWork) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    async with database.read() as session:
        receipt = (await session.execute(select(record.c.receipt).where(record.c.id == 3))).scalar_one()
    empty = OpenSeals().seal(msgspec.msgpack.encode(Matter("")), f"feedback {receipt}")
    values = {"masked": "", "body": empty, "dossier_code": None}
    await _changed(database, update(record).where(record.c.id == 3).values(values))
    found = await _found(database, desk)
    assert found[0] == ("record 3", "has lost its matter, but not its reasons: by its age it would have lost both")


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_a_note_that_cannot_be_opened_is_found_and_the_rest_is_looked_at_still(database: UnitOfWork) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    await _changed(
        database,
        update(event).where(event.c.seq == 6).values(note=b"elsewhere\0"),
        update(record).where(record.c.id == 3).values(status=Status.DECIDED),
    )
    assert await _found(database, desk) == [
        ("entry 6", "has another reason or other details than it was written with"),
        ("record 3", "is decided, its last entry says received"),
    ]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_a_printed_anchor_is_still_in_the_log_or_the_log_was_written_anew(database: UnitOfWork) -> None:
    desk = Desk()
    await _office_at_work(database, desk)
    async with database.read() as session:
        hashes = {row.seq: row.hash for row in await session.execute(select(event.c.seq, event.c.hash))}
    asked = {
        Anchor(hashes[4]): ("(anchor)", "is entry 4: the log still says what it said then"),
        Anchor(hashes[8], 8): ("(anchor)", "is entry 8: the log still says what it said then"),
        Anchor(hashes[4], 5): ("anchor", "is entry 4, not 5"),
        Anchor(bytes(32), 4): (
            "anchor",
            "is no entry of this log at 4: it was written anew since, or is another register's",
        ),
        Anchor(bytes(32)): ("anchor", "is no entry of this log: it was written anew since, or is another register's"),
        Anchor(bytes(32), 9): ("anchor", "is entry 9; the log ends at 8: entries were taken off the end"),
    }
    for anchor, found in asked.items():
        assert await _found(database, desk, anchor) == [found]


def test_an_anchor_is_read_as_it_is_printed() -> None:
    hash = bytes(range(32))
    assert read_anchor(f" {hash.hex().upper()}@17\n") == Anchor(hash, 17)
    assert read_anchor(hash.hex()) == Anchor(hash)
    for wrong in ("", "abc", hash.hex()[1:], f"{hash.hex()}@", f"{hash.hex()}@x"):
        with pytest.raises(ValueError, match="64 letters and digits"):
            read_anchor(wrong)
