from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.case import Case
from feedback.clock_store import ClockStore
from feedback.clocks import Timer
from feedback.log_store import LogStore
from feedback.ports import Notice, NoticeKind
from feedback.record import Address, Book, Status
from feedback.register_rows import Placing
from feedback.register_store import RegisterStore
from feedback.reminders import Pace, Reminder, Reminders, Stage, stage_of
from feedback.tables import record, sender
from feedback.timekeeping import Clocks
from feedback.transitions import Action
from feedback.working_time.loading import load_working_time
from tests.feedback.factories import at
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

WORKING = load_working_time()
TIMER = Timer(WORKING.rules, WORKING.hours(), "H48")
REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
CLOCKS = Clocks(ClockStore(), TIMER)
LOG = LogStore(OpenSeals())
# Sent on Friday 20 November: refusing until 25, asking until 30 November, the answer until 14 December.


@dataclass
class Told:
    """Writes down who was told what."""

    units: list[tuple[str, Reminder]] = field(default_factory=list)
    senders: list[tuple[Address, Notice, str]] = field(default_factory=list)

    async def remind(self, session: AsyncSession, unit: str, reminder: Reminder) -> None:
        self.units.append((unit, reminder))

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        self.senders.append((to, notice, language))


def _reminders(told: Told) -> Reminders:
    return Reminders(ClockStore(), LOG, REGISTER, TIMER, Pace(remind_days=2, very_late_days=5), told, told)


async def _entered(database: UnitOfWork) -> Case:
    async with database.write() as session:
        case = await REGISTER.enter(session, submission(), Placing("H48.1", Status.RECEIVED), NOW)
        await CLOCKS.follow(session, case, Action.SUBMIT, NOW)
        case = await REGISTER.change(session, case, {"status": Status.IN_REVIEW, "unit": "H48.1.2"})
        await CLOCKS.follow(session, case, Action.TAKE, NOW)
    return case


async def _given(database: UnitOfWork, told: Told, *moments: datetime) -> list[str]:
    before = len(told.units)
    for moment in moments:
        async with database.write() as session:
            await _reminders(told).run(session, moment)
    return [f"{one.rule.removeprefix('feedback_')} {one.stage.name}" for _, one in told.units[before:]]


async def test_each_stage_is_told_to_the_responsible_unit_once(database: UnitOfWork) -> None:
    case, told = await _entered(database), Told()
    assert await _given(database, told, at("09/12/2026 23:00")) == []
    assert await _given(database, told, at("10/12/2026 08:00"), at("10/12/2026 09:00")) == ["process SOON"]
    assert await _given(database, told, at("14/12/2026 08:00")) == []
    # A fresh service on the same tables, as after a restart, tells nothing twice.
    assert await _given(database, told, at("15/12/2026 08:00"), at("16/12/2026 08:00")) == ["process OVERDUE"]
    assert await _given(database, told, at("21/12/2026 23:00")) == []
    assert await _given(database, told, at("22/12/2026 08:00"), at("30/12/2026 08:00")) == ["process VERY_OVERDUE"]
    assert {unit for unit, _ in told.units} == {"H48.1.2"}
    async with database.read() as session:
        lines = [one for one in await LOG.of(session, case.id) if one.entry.action is Action.REMIND]
    assert [one.details["stage"] for one in lines] == ["soon", "overdue", "very_overdue"]


async def test_a_reminder_names_the_record_and_nobody(database: UnitOfWork) -> None:
    case, told = await _entered(database), Told()
    await _given(database, told, at("10/12/2026 08:00"))
    _, reminder = told.units[0]
    assert (reminder.receipt, reminder.register_number, reminder.record) == (case.receipt, "1/2026", case.id)
    assert "Nguyễn" not in repr(reminder)


async def test_the_sender_is_told_of_a_missed_end_once_with_its_day(database: UnitOfWork) -> None:
    case, told = await _entered(database), Told()
    await _given(database, told, at("15/12/2026 08:00"), at("22/12/2026 08:00"))
    (to, notice, language) = told.senders[0]
    assert (len(told.senders), to.conversation, language) == (1, "somebody", "vi")
    assert (notice.kind, notice.receipt) == (NoticeKind.LATE, case.receipt)
    assert dict(notice.values) == {"unit": "H48.1.2", "day": "14/12/2026"}
    assert len(notice.key) <= 56


async def test_whose_record_was_merged_waits_too_and_is_told_too(database: UnitOfWork) -> None:
    case, told = await _entered(database), Told()
    async with database.write() as session:
        other = submission(where=Address("web", "default", "another"))
        one = await REGISTER.enter(session, other, Placing("H48.1", Status.MERGED), NOW)
        await REGISTER.change(session, one, {"merged_into": case.id})
    await _given(database, told, at("15/12/2026 08:00"))
    assert [(to.conversation, notice.receipt) for to, notice, _ in told.senders] == [
        ("somebody", case.receipt),
        ("another", one.receipt),
    ]
    assert len({notice.key for _, notice, _ in told.senders}) == 2


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_of_practice_nobody_is_reminded_and_nobody_is_apologised_to(database: UnitOfWork) -> None:
    await _entered(database)
    async with database.write() as session:
        await session.execute(update(record).values(book=Book.TRIAL))
    told = Told()
    assert await _given(database, told, at("15/12/2026 08:00")) == []
    assert told.senders == []


@pytest.mark.parametrize("left", [{"channel": None}, {"restricted_at": NOW}])
async def test_who_cannot_be_told_or_asked_for_deletion_is_not(database: UnitOfWork, left: dict[str, object]) -> None:
    await _entered(database)
    async with database.write() as session:
        await session.execute(update(sender).values(**left))
    told = Told()
    assert await _given(database, told, at("15/12/2026 08:00")) == ["process OVERDUE"]
    assert told.senders == []


async def test_after_a_long_standstill_only_the_last_stage_is_told(database: UnitOfWork) -> None:
    await _entered(database)
    told = Told()
    assert await _given(database, told, at("22/12/2026 08:00")) == ["process VERY_OVERDUE"]
    assert len(told.senders) == 1


async def test_of_what_nobody_has_to_do_only_the_near_end_is_told(database: UnitOfWork) -> None:
    async with database.write() as session:
        case = await REGISTER.enter(session, submission(), Placing("H48.1", Status.RECEIVED), NOW)
        await CLOCKS.follow(session, case, Action.SUBMIT, NOW)
    told = Told()
    assert await _given(database, told, at("23/11/2026 08:00")) == ["refuse SOON"]
    assert await _given(database, told, at("01/12/2026 08:00"), at("09/12/2026 08:00")) == []


async def test_what_waits_for_its_sender_or_has_ended_is_left_alone(database: UnitOfWork) -> None:
    waiting, ended = await _entered(database), await _entered(database)
    async with database.write() as session:
        for case, action, status in (
            (waiting, Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT),
            (ended, Action.DECIDE, Status.DECIDED),
        ):
            case = await REGISTER.change(session, case, {"status": status})
            await CLOCKS.follow(session, case, action, NOW)
    assert await _given(database, Told(), at("22/12/2026 08:00")) == []


async def test_a_crash_before_the_end_of_the_transaction_gives_the_reminder_again(database: UnitOfWork) -> None:
    await _entered(database)
    lost, told = Told(), Told()
    with pytest.raises(RuntimeError, match="crash"):
        await _remind_and_crash(database, lost)
    assert len(lost.units) == 1
    assert await _given(database, told, at("10/12/2026 08:00")) == ["process SOON"]


async def _remind_and_crash(database: UnitOfWork, told: Told) -> None:
    async with database.write() as session:
        await _reminders(told).run(session, at("10/12/2026 08:00"))
        raise RuntimeError("crash")


def test_what_is_far_off_has_no_stage_yet() -> None:
    bounds = _reminders(Told()).bounds(at("01/12/2026 08:00"))
    assert stage_of(at("04/12/2026 00:00"), bounds) is Stage.NONE
    assert stage_of(at("03/12/2026 17:00"), bounds) is Stage.SOON
