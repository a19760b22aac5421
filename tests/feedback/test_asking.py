from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import event as events
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import SYSTEM, Actor
from feedback.asking import Alarm, StatusDesk
from feedback.asking_store import AskingStore
from feedback.case import Case
from feedback.clock_store import ClockStore
from feedback.clocks import Timer
from feedback.log_store import LogStore, Movement
from feedback.looks import Look, LookOutcome
from feedback.patience_store import PatienceStore
from feedback.receipts import new_receipt
from feedback.record import Address, Status
from feedback.register_rows import Placing
from feedback.register_store import NoSuchRecordError, RegisterStore
from feedback.similar_store import SimilarStore
from feedback.standing import Standing
from feedback.tables import sender
from feedback.timekeeping import Clocks
from feedback.transitions import Action
from feedback.working_time.loading import load_working_time
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, RULE, submission

WORKING = load_working_time()
REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
LOG = LogStore(OpenSeals())
CLOCKS = Clocks(ClockStore(), Timer(WORKING.rules, WORKING.hours(), "H48"))
HERE = Address("web", "default", "somebody")
ELSEWHERE = Address("telegram", "default", "another")
OFFICIAL = Actor("receiver", "H48.1")


@dataclass
class Answers:
    """Knows one text for every record."""

    async def text(self, session: AsyncSession, record_id: int) -> str:
        return "Đã xin lỗi và trả kết quả."


@dataclass
class Alarms:
    """Writes alarms down."""

    told: list[Alarm] = field(default_factory=list)

    async def tell(self, session: AsyncSession, alarm: Alarm, at: object) -> None:
        self.told.append(alarm)


ALARMS = Alarms()
STANDING = Standing(REGISTER, LOG, CLOCKS, SimilarStore(), Answers(), reopen_days=30)
DESK = StatusDesk(AskingStore(), PatienceStore(), REGISTER, STANDING, PlainHashes(), ALARMS)


async def _entered(database: UnitOfWork, phone: str = "+84901234567") -> Case:
    given = submission(suggested=RULE)
    given = replace(given, sender=replace(given.sender, phone=phone))
    async with database.write() as session:
        case = await REGISTER.enter(session, given, Placing("H48.1", Status.RECEIVED), NOW)
        await LOG.append(session, case.id, SYSTEM, Movement(Action.SUBMIT, None, Status.RECEIVED, "", "H48.1"), NOW)
        await CLOCKS.follow(session, case, Action.SUBMIT, NOW)
    return case


async def _step(database: UnitOfWork, case: Case, action: Action, status: Status, why: str = "", to: str = "") -> Case:
    later = NOW + timedelta(hours=2)
    async with database.write() as session:
        before = case.status
        case = await REGISTER.change(session, case, {"status": status})
        await LOG.append(session, case.id, OFFICIAL, Movement(action, before, status, "H48.1", to, why), later)
        await CLOCKS.follow(session, case, action, later)
    return case


async def _look(
    database: UnitOfWork,
    receipt: str,
    four: str | None = None,
    where: Address | None = ELSEWHERE,
    minutes: float = 0,
    source: str = "",
) -> Look:
    async with database.write() as session:
        return await DESK.look(session, receipt, four, where, NOW + timedelta(minutes=minutes), source)


async def test_the_senders_own_conversation_needs_no_second_fact(database: UnitOfWork) -> None:
    case = await _entered(database)
    look = await _look(database, case.receipt, where=HERE)
    shown = look.shown
    assert look.outcome is LookOutcome.SHOWN
    assert shown is not None
    assert (shown.receipt, shown.status, shown.unit, shown.since) == (case.receipt, Status.RECEIVED, "H48.1", NOW)
    assert [(one.rule.id, one.by_law) for one in shown.promises] == [
        ("feedback_transfer", True),
        ("feedback_process", False),
    ]
    assert shown.steps == {Action.WITHDRAW}
    assert "Nguyễn" not in repr(shown)


async def test_elsewhere_the_four_digits_are_asked_for_and_remembered_for_a_while(database: UnitOfWork) -> None:
    case = await _entered(database)
    assert (await _look(database, case.receipt)).outcome is LookOutcome.NEEDS_FACT
    assert (await _look(database, case.receipt, "4567")).outcome is LookOutcome.SHOWN
    assert (await _look(database, case.receipt, minutes=29)).outcome is LookOutcome.SHOWN
    assert (await _look(database, case.receipt, minutes=31)).outcome is LookOutcome.NEEDS_FACT
    assert (await _look(database, case.receipt, where=None)).outcome is LookOutcome.NEEDS_FACT
    assert (await _look(database, case.receipt, "4567", where=None)).outcome is LookOutcome.SHOWN


async def test_unknown_wrong_and_without_a_telephone_are_one_answer_by_the_same_statements(
    database: UnitOfWork,
) -> None:
    case, silent = await _entered(database), await _entered(database, phone="")
    said: list[str] = []
    events.listen(database.engine.sync_engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    answers = []
    for number, (receipt, four) in enumerate([(new_receipt(), "4567"), (case.receipt, "0000"), (silent.receipt, "")]):
        for given in (None, four or "4567"):
            said.clear()
            where = Address("web", "default", f"stranger {number}")
            look = await _look(database, receipt, given, where)
            answers.append((look, tuple(said)))
    assert answers[0] == answers[2] == answers[4] == (Look(LookOutcome.NEEDS_FACT), answers[0][1])
    assert answers[1] == answers[3] == answers[5] == (Look(LookOutcome.NOT_MATCHED), answers[1][1])


async def test_wrong_digits_cost_more_and_more_time_and_the_right_ones_give_it_back(database: UnitOfWork) -> None:
    case = await _entered(database)
    tries = [await _look(database, case.receipt, f"000{number}") for number in range(4)]
    assert [one.outcome for one in tries] == [*[LookOutcome.NOT_MATCHED] * 3, LookOutcome.LIMITED]
    assert tries[-1].until == NOW + timedelta(seconds=30)
    assert (await _look(database, case.receipt, "4567", minutes=0.4)).outcome is LookOutcome.LIMITED
    assert (await _look(database, case.receipt, "0009", minutes=0.6)).outcome is LookOutcome.NOT_MATCHED
    assert (await _look(database, case.receipt, "4567", minutes=1.2)).outcome is LookOutcome.LIMITED
    assert (await _look(database, case.receipt, "4567", minutes=1.7)).outcome is LookOutcome.SHOWN
    other = await _entered(database)
    assert (await _look(database, other.receipt, "0000", minutes=1.8)).outcome is LookOutcome.NOT_MATCHED


async def test_a_receipt_is_tried_out_slowly_however_many_conversations_try(database: UnitOfWork) -> None:
    case = await _entered(database)
    outcomes = [
        (await _look(database, case.receipt, "0000", replace(ELSEWHERE, conversation=str(number)))).outcome
        for number in range(7)
    ]
    assert outcomes == [*[LookOutcome.NOT_MATCHED] * 5, *[LookOutcome.LIMITED] * 2]
    assert (await _look(database, case.receipt, where=HERE)).outcome is LookOutcome.SHOWN
    other_lane = replace(ELSEWHERE, channel="zalo_oa")
    assert (await _look(database, case.receipt, "4567", other_lane)).outcome is LookOutcome.SHOWN


async def test_operators_are_told_of_a_network_that_tries_facts_out_once(database: UnitOfWork) -> None:
    ALARMS.told.clear()
    for number in range(33):
        where = replace(ELSEWHERE, conversation=f"c{number}")
        await _look(database, new_receipt(), "0000", where, source="one network")
    assert [(one.whose, one.channel, one.tries) for one in ALARMS.told] == [("source", "telegram", 30)]


async def test_what_is_waited_for_is_shown_and_the_clock_stands(database: UnitOfWork) -> None:
    case = await _entered(database)
    await _step(database, case, Action.ASK_SUPPLEMENT, Status.NEEDS_SUPPLEMENT, "Ghi rõ ngày nộp hồ sơ")
    shown = (await _look(database, case.receipt, where=HERE)).shown
    assert shown is not None
    assert (shown.waits_for, shown.since) == ("Ghi rõ ngày nộp hồ sơ", NOW + timedelta(hours=2))
    assert {one.at for one in shown.promises} == {None}
    assert shown.steps == {Action.SUPPLEMENT, Action.WITHDRAW}


async def test_the_reason_of_a_step_inside_the_house_is_not_shown(database: UnitOfWork) -> None:
    case = await _entered(database)
    case = await _step(database, case, Action.TAKE, Status.IN_REVIEW, "giao anh Ba xem")
    await _step(database, case, Action.HOLD, Status.INSUFFICIENT_BASIS, "chưa đủ, hỏi lại xã")
    shown = (await _look(database, case.receipt, where=HERE)).shown
    assert shown is not None
    assert shown.waits_for == ""
    assert "anh Ba" not in repr(shown)


async def test_to_whom_it_was_passed_on_and_why_is_shown(database: UnitOfWork) -> None:
    case = await _entered(database)
    await _step(database, case, Action.FORWARD, Status.FORWARDED, "Thuộc thẩm quyền Sở Xây dựng", "H48.9")
    shown = (await _look(database, case.receipt, where=HERE)).shown
    assert shown is not None
    assert (shown.receiver, shown.waits_for) == ("H48.9", "Thuộc thẩm quyền Sở Xây dựng")
    assert (shown.promises, shown.steps) == ([], frozenset())


async def test_an_answer_is_shown_and_may_be_reopened_within_its_days(database: UnitOfWork) -> None:
    case = await _entered(database)
    case = await _step(database, case, Action.TAKE, Status.IN_REVIEW)
    await _step(database, case, Action.DECIDE, Status.DECIDED)
    day = 24 * 60
    shown = (await _look(database, case.receipt, where=HERE, minutes=30 * day)).shown
    late = (await _look(database, case.receipt, where=HERE, minutes=31 * day)).shown
    assert shown is not None
    assert late is not None
    assert shown.answer == "Đã xin lỗi và trả kết quả."
    assert (shown.steps, late.steps) == ({Action.REOPEN, Action.RATE}, {Action.RATE})


async def test_a_merged_record_shows_where_the_one_stands_that_answers_for_it(database: UnitOfWork) -> None:
    main, case = await _entered(database), await _entered(database)
    await _step(database, main, Action.TAKE, Status.IN_REVIEW)
    async with database.write() as session:
        await REGISTER.change(session, case, {"status": Status.MERGED, "merged_into": main.id})
    shown = (await _look(database, case.receipt, where=HERE)).shown
    assert shown is not None
    assert (shown.receipt, shown.status, shown.merged) == (case.receipt, Status.IN_REVIEW, True)
    assert shown.steps == frozenset()


async def test_a_conversation_lists_its_own_and_only_who_may_gets_a_record(database: UnitOfWork) -> None:
    one, two = await _entered(database), await _entered(database)
    async with database.write() as session:
        assert [brief.receipt for brief in await DESK.own(session, HERE)] == [two.receipt, one.receipt]
        assert await DESK.own(session, ELSEWHERE) == []
        assert await DESK.owned(session, one.receipt, HERE, NOW) == one.id
        for receipt in (one.receipt, new_receipt()):
            with pytest.raises(NoSuchRecordError):
                await DESK.owned(session, receipt, ELSEWHERE, NOW)
        await DESK.look(session, one.receipt, "4567", ELSEWHERE, NOW)
        assert await DESK.owned(session, one.receipt, ELSEWHERE, NOW) == one.id
        await PatienceStore().forget(session, NOW + timedelta(hours=1))
        with pytest.raises(NoSuchRecordError):
            await DESK.owned(session, one.receipt, ELSEWHERE, NOW)


async def test_what_another_sender_is_asked_for_is_not_told_to_who_was_merged(database: UnitOfWork) -> None:
    async with database.write() as session:
        main = await REGISTER.enter(
            session, submission(where=ELSEWHERE), Placing("H48.1", Status.NEEDS_SUPPLEMENT), NOW
        )
        asked = Movement(Action.ASK_SUPPLEMENT, Status.RECEIVED, Status.NEEDS_SUPPLEMENT, why="Ông Thử ở đường nào?")
        await LOG.append(session, main.id, OFFICIAL, asked, NOW)
        case = await REGISTER.enter(session, submission(), Placing("H48.1", Status.RECEIVED), NOW)
        await REGISTER.change(session, case, {"status": Status.MERGED, "merged_into": main.id})
        assert (await STANDING.of(session, case.id, NOW)).waits_for == ""
        assert (await STANDING.of(session, main.id, NOW)).waits_for == "Ông Thử ở đường nào?"


async def test_who_asked_for_deletion_is_not_shown_in_that_conversation_any_more(database: UnitOfWork) -> None:
    async with database.write() as session:
        case = await REGISTER.enter(session, submission(), Placing("H48.1", Status.RECEIVED), NOW)
        assert [one.receipt for one in await DESK.own(session, HERE)] == [case.receipt]
        await session.execute(update(sender).values(restricted_at=NOW))
        assert await DESK.own(session, HERE) == []
        assert (await DESK.look(session, case.receipt, None, HERE, NOW)).outcome is LookOutcome.NEEDS_FACT
        assert (await DESK.look(session, case.receipt, "4567", HERE, NOW)).outcome is LookOutcome.SHOWN
