from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.unit_of_work import UnitOfWork
from feedback.case import Case
from feedback.clock_store import ClockStore
from feedback.clocks import State, Timer
from feedback.log_store import LogStore, Told
from feedback.record import About, Status
from feedback.register_rows import Placing
from feedback.register_store import RegisterStore
from feedback.tables import record
from feedback.timekeeping import Clocks, Recompute
from feedback.transitions import Action
from feedback.working_time.calendar import Calendar
from feedback.working_time.hours import OfficeHours
from feedback.working_time.loading import load_working_time
from feedback.working_time.model import DayOff, Reason, Sure, Table
from tests.feedback.factories import at, day
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, RULE, submission

WORKING = load_working_time()
HOURS = WORKING.hours()
TIMER = Timer(WORKING.rules, HOURS, "H48")
STORE = ClockStore()
REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
LOG = LogStore(OpenSeals())
CLOCKS = Clocks(STORE, TIMER)


async def _entered(database: UnitOfWork) -> Case:
    async with database.write() as session:
        case = await REGISTER.enter(session, submission(suggested=RULE), Placing("H48.1", Status.RECEIVED), NOW)
        await CLOCKS.follow(session, case, Action.SUBMIT, NOW)
    return case


async def _step(database: UnitOfWork, case: Case, action: Action, status: Status, hours: int) -> Case:
    async with database.write() as session:
        case = await REGISTER.change(session, case, {"status": status})
        await CLOCKS.follow(session, case, action, NOW + timedelta(hours=hours))
    return case


async def test_deadlines_are_read_back_as_they_were_written_pauses_included(database: UnitOfWork) -> None:
    case = await _entered(database)
    case = await _step(database, case, Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT, 2)
    async with database.read() as session:
        waiting = {one.rule: one for one in await CLOCKS.of(session, case)}
    assert waiting["feedback_process"].due_at is None
    assert waiting["feedback_ask_supplement"].met_at == NOW + timedelta(hours=2)
    case = await _step(database, case, Action.SUPPLEMENT, Status.RECEIVED, 75)
    async with database.read() as session:
        process = next(one for one in await CLOCKS.of(session, case) if one.rule == "feedback_process")
    assert [(one.asked_at, one.supplied_at) for one in process.pauses] == [
        (NOW + timedelta(hours=2), NOW + timedelta(hours=75))
    ]
    assert process.due_at == TIMER.timed(process).due_at == HOURS.closing(day("15/12/2026"))


async def test_what_is_promised_is_what_is_open_with_its_basis(database: UnitOfWork) -> None:
    case = await _entered(database)
    async with database.read() as session:
        promises = await CLOCKS.promises(session, case)
    assert [(one.rule.id, one.by_law) for one in promises] == [("feedback_transfer", True), ("feedback_process", False)]
    case = await _step(database, case, Action.TAKE, Status.IN_REVIEW, 3)
    async with database.read() as session:
        assert [one.rule.id for one in await CLOCKS.promises(session, case)] == ["feedback_process"]
    assert [one.rule.id for one in CLOCKS.expected(NOW, About.CONDUCT)] == ["feedback_process"]


def _with_holiday(text: str) -> Timer:
    """The same calendar with one more day off."""
    table: Table = HOURS.calendar._table
    closed = DayOff(day(text), Reason.LOCAL, None, "a storm", Sure.LAW)
    calendar = Calendar(replace(table, days_off={**table.days_off, closed.day: closed}))
    return Timer(WORKING.rules, OfficeHours(calendar, HOURS.week), "H48")


async def test_a_new_holiday_moves_open_deadlines_each_with_a_line_in_the_log(database: UnitOfWork) -> None:
    case = await _entered(database)
    ended = await _step(database, await _entered(database), Action.DECIDE, Status.DECIDED, 3)
    waiting = await _step(database, await _entered(database), Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT, 3)
    kept = await _all(database, ended, waiting)
    recompute = Recompute(STORE, LOG, _with_holiday("25/11/2026"))
    async with database.write() as session:
        assert await recompute.run(session, NOW) == 4
    async with database.write() as session:
        assert await recompute.run(session, NOW) == 0
    async with database.read() as session:
        found = {one.rule: one for one in await CLOCKS.of(session, case)}
        told = await LOG.of(session, case.id)
    assert found["feedback_transfer"].due_at == HOURS.closing(day("01/12/2026"))
    assert found["feedback_refuse"].due_at == HOURS.closing(day("26/11/2026"))
    assert await _all(database, ended, waiting) == kept
    assert [_moved(one) for one in told if one.details["rule"] == "feedback_refuse"] == [("25/11/2026", "26/11/2026")]
    assert {(one.entry.action, one.entry.actor, one.entry.to_status) for one in told} == {
        (Action.RECOMPUTE, "system", Status.RECEIVED)
    }


def _moved(told: Told) -> tuple[str, str]:
    old, new = told.details["old"], told.details["new"]
    return tuple("/".join(reversed(moment[:10].split("-"))) for moment in (old, new))  # type: ignore[return-value]


async def _all(database: UnitOfWork, *cases: Case) -> list[object]:
    async with database.read() as session:
        return [one for case in cases for one in await CLOCKS.of(session, case)]


async def test_an_ended_record_keeps_even_a_deadline_that_was_left_open(database: UnitOfWork) -> None:
    case = await _entered(database)
    async with database.write() as session:
        await session.execute(update(record).values(status=Status.WITHDRAWN))
        assert await Recompute(STORE, LOG, _with_holiday("25/11/2026")).run(session, NOW) == 0
        assert {one.state for one in await CLOCKS.of(session, case)} == {State.OPEN}


async def test_a_deadline_that_a_step_changed_meanwhile_is_not_moved_back(database: UnitOfWork) -> None:
    case = await _entered(database)
    async with database.write() as session:
        before = (await CLOCKS.of(session, case))[0]
        later = replace(before, due_at=at("01/12/2026 17:00"))
        await STORE.save(session, [replace(before, due_at=at("02/12/2026 17:00"))])
        assert not await STORE.move(session, before, later)
        assert (await CLOCKS.of(session, case))[0].due_at == at("02/12/2026 17:00")
