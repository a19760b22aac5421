from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.unit_of_work import UnitOfWork
from feedback.actor import CITIZEN
from feedback.log import faults
from feedback.log_store import LogStore, Movement
from feedback.record import Book, Status
from feedback.register_rows import Placing
from feedback.register_store import OvertakenError, RegisterStore
from feedback.tables import event, record, sender
from feedback.transitions import Action
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

STORE = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
LOG = LogStore(OpenSeals())
PLACE = Placing("H48.1", Status.RECEIVED)
SUBMITTED = Movement(Action.SUBMIT, None, Status.RECEIVED, to_unit="H48.1", why="gửi qua trang web")


async def test_a_record_is_read_back_as_it_was_given(database: UnitOfWork) -> None:
    given = submission()
    async with database.write() as session:
        entered = await STORE.enter(session, given, PLACE, NOW)
    async with database.read() as session:
        case = await STORE.by_receipt(session, given.receipt)
        assert case == entered
        assert case is not None
        assert case.matter == given.matter
        assert (await STORE.sender(session, case)).sender == given.sender
        assert case.register_number == "1/2026"


async def test_numbers_follow_each_other_in_each_book_and_year(database: UnitOfWork) -> None:
    async with database.write() as session:
        first = await STORE.enter(session, submission(), PLACE, NOW)
        trial = await STORE.enter(session, submission(book=Book.TRIAL), PLACE, NOW)
        second = await STORE.enter(session, submission(), PLACE, NOW)
        later = await STORE.enter(session, submission(), PLACE, NOW + timedelta(days=60))
    numbers = [(case.book, case.register_number) for case in (first, trial, second, later)]
    assert numbers == [("register", "1/2026"), ("trial", "1/2026"), ("register", "2/2026"), ("register", "1/2027")]


async def test_a_number_whose_entry_fails_is_given_to_the_next(database: UnitOfWork) -> None:
    with pytest.raises(RuntimeError, match="crash"):
        await _enter_and_crash(database)
    async with database.write() as session:
        assert (await STORE.enter(session, submission(), PLACE, NOW)).number == 1


async def _enter_and_crash(database: UnitOfWork) -> None:
    async with database.write() as session:
        await STORE.enter(session, submission(), PLACE, NOW)
        raise RuntimeError("crash")


async def test_the_year_is_that_of_vietnams_clock(database: UnitOfWork) -> None:
    new_year = NOW.replace(month=12, day=31, hour=17, minute=30)
    async with database.write() as session:
        assert (await STORE.enter(session, submission(), PLACE, new_year)).year == 2027


async def test_what_was_changed_meanwhile_is_not_overwritten(database: UnitOfWork) -> None:
    async with database.write() as session:
        case = await STORE.enter(session, submission(), PLACE, NOW)
        await STORE.change(session, case, {"status": Status.IN_REVIEW})
        with pytest.raises(OvertakenError, match="read it again"):
            await STORE.change(session, case, {"status": Status.REOPENED})


async def test_neither_name_nor_text_stands_readable_in_the_tables(database: UnitOfWork) -> None:
    async with database.write() as session:
        await STORE.enter(
            session, submission(matter=replace(submission().matter, text="Gọi tôi số 0901234567")), PLACE, NOW
        )
        assert (await session.execute(select(record.c.masked))).scalar_one() == "Gọi tôi số …"
        row = (await session.execute(select(sender))).one()
    assert [value for value in row if isinstance(value, str) and "Nguyễn" in value] == []


async def test_entries_written_side_by_side_are_one_chain(database: UnitOfWork) -> None:
    async def one(number: int) -> None:
        async with database.write() as session:
            await LOG.append(session, number, CITIZEN, SUBMITTED, NOW)

    await asyncio.gather(*(one(number) for number in range(8)))
    async with database.read() as session:
        entries = [told.entry async for told in LOG.opened(session)]
        seq, newest = await LOG.last(session)
        assert [told.why for told in await LOG.of(session, 3)] == ["gửi qua trang web"]
    assert list(faults(entries)) == []
    assert (entries[-1].seq, entries[-1].hash) == (seq, newest) == (8, newest)


async def test_a_changed_entry_shows_and_a_blanked_reason_does_not(database: UnitOfWork) -> None:
    async with database.write() as session:
        for number in (1, 2, 3):
            await LOG.append(session, number, CITIZEN, SUBMITTED, NOW)
        await LOG.blank(session, 1)
        assert [fault async for fault in _faults(session)] == []
        await session.execute(update(event).where(event.c.seq == 2).values(actor="somebody"))
        assert [fault.seq async for fault in _faults(session)] == [2]


async def _faults(session):  # type: ignore[no-untyped-def]
    for fault in faults([told.entry async for told in LOG.opened(session)]):
        yield fault
