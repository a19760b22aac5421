from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.unit_of_work import UnitOfWork
from feedback.actor import NotAllowedError
from feedback.beside.note_store import NoteStore
from feedback.beside.notes import KEPT_DAYS, NoteError, Notes
from feedback.beside.tables import note
from feedback.record import Matter, Requirement
from feedback.register_store import NoSuchRecordError
from feedback.triage import Said
from tests.feedback.desk import HANDLER, JUSTICE, LATER, OTHER, RECEIVER, Desk
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import SLOW

pytestmark = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)


def notes(desk: Desk) -> Notes:
    return Notes(NoteStore(OpenSeals()), desk.steps.stepping)


async def test_a_note_is_read_by_who_works_on_the_record_and_deleted_by_its_author(database: UnitOfWork) -> None:
    desk = Desk()
    kept = notes(desk)
    async with database.write() as session:
        case = await desk.taken(session)
        await kept.add(session, HANDLER, case.id, " gọi lại thứ hai ", LATER)
        (one,) = await kept.of(session, HANDLER, case.id, LATER)
        assert (one.text, one.author, one.unit) == ("gọi lại thứ hai", HANDLER.id, JUSTICE)
        sealed = (await session.execute(select(note.c.body))).scalar_one()
        assert sealed.startswith(b"feedback note ")
        with pytest.raises(NoSuchRecordError):
            await kept.of(session, OTHER, case.id, LATER)
        assert await kept.drop(session, HANDLER, case.id, one.id, LATER)
        assert not await kept.of(session, HANDLER, case.id, LATER)


async def test_a_note_that_cannot_be_opened_keeps_no_other_back(database: UnitOfWork) -> None:
    desk = Desk()
    kept = notes(desk)
    async with database.write() as session:
        case = await desk.taken(session)
        await kept.add(session, HANDLER, case.id, "gọi lại", LATER)
        await session.execute(update(note).values(body=b"spoilt"))
        await kept.add(session, HANDLER, case.id, "đã gọi", LATER)
        assert [one.text for one in await kept.of(session, HANDLER, case.id, LATER)] == [None, "đã gọi"]


async def test_who_is_complained_about_reads_and_writes_no_note(database: UnitOfWork) -> None:
    desk = Desk()
    kept = notes(desk)
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.triage.classify(session, RECEIVER, case.id, Said(SLOW, accused=HANDLER.id), LATER)
        await kept.add(session, RECEIVER, case.id, "đừng giao cho người bị phản ánh", LATER)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        assert not await kept.of(session, HANDLER, case.id, LATER)
        with pytest.raises(NotAllowedError):
            await kept.add(session, HANDLER, case.id, "x", LATER)


async def test_from_whom_the_sender_is_hidden_reads_the_notes_of_the_own_unit_alone(database: UnitOfWork) -> None:
    desk = Desk()
    kept = notes(desk)
    async with database.write() as session:
        case = await desk.received(session, matter=Matter("Hồ sơ trễ hẹn mười ngày.", agency=JUSTICE))
        await kept.add(session, RECEIVER, case.id, "người gửi là hàng xóm", LATER)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        await kept.add(session, HANDLER, case.id, "đã hỏi phòng hộ tịch", LATER)
        assert [one.text for one in await kept.of(session, HANDLER, case.id, LATER)] == ["đã hỏi phòng hộ tịch"]


@pytest.mark.parametrize("text", ["", " \n", "x" * 4001])
async def test_a_note_says_something_and_not_too_much(database: UnitOfWork, text: str) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        with pytest.raises(NoteError):
            await notes(desk).add(session, RECEIVER, case.id, text, LATER)


async def test_notes_go_some_time_after_their_record_ended(database: UnitOfWork) -> None:
    desk = Desk()
    kept = notes(desk)
    async with database.write() as session:
        going, staying = [await desk.received(session) for _ in range(2)]
        for one in (going, staying):
            await kept.add(session, RECEIVER, one.id, "x", LATER)
        await desk.steps.triage.refuse(session, RECEIVER, going.id, Requirement.CONTENT, "không rõ", LATER)
        assert await kept.forget(session, LATER + timedelta(days=KEPT_DAYS)) == 0
        assert await kept.forget(session, LATER + timedelta(days=KEPT_DAYS, seconds=1)) == 1
        assert await kept.of(session, RECEIVER, staying.id, LATER)
