from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.unit_of_work import UnitOfWork
from feedback.joining import Part
from feedback.record import Outcome, Requirement, Status
from feedback.tables import sender
from tests.feedback.desk import APPROVER, HANDLER, HEALTH, JUSTICE, LATER, RECEIVER, Desk
from tests.feedback.records import NOW, RULE, submission

pytestmark = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)


async def test_who_asked_for_deletion_is_told_of_no_later_step_and_the_others_are(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, merged = await desk.received(session), await desk.received(session)
        await desk.steps.joining.merge(session, RECEIVER, merged.id, lead.id, "Cùng một việc", LATER)
        await session.execute(update(sender).where(sender.c.record == lead.id).values(restricted_at=NOW))
        before = len(desk.heard.notices)
        await desk.steps.triage.refuse(session, RECEIVER, lead.id, Requirement.CONTENT, "Không rõ", LATER)
    assert [notice.receipt for _, notice in desk.heard.notices[before:]] == [merged.receipt]


async def test_taking_an_item_off_the_pages_does_not_move_the_day_on_which_the_record_ended(
    database: UnitOfWork,
) -> None:
    desk, answering = Desk(), Desk().steps.answering
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.steps.handling.draft(session, HANDLER, case.id, "Đã nhắc.", Outcome.CONDUCT_FOUND, LATER)
        await answering.decide(session, APPROVER, case.id, LATER)
        await answering.to_publish(session, APPROVER, case.id, LATER)
        await answering.publish(session, APPROVER, case.id, "https://x.example/p/1", LATER)
        after = await answering.hide(session, APPROVER, case.id, "mistake", LATER + timedelta(days=400))
    assert (after.status, after.ended_at, after.unit) == (Status.DECIDED, LATER, JUSTICE)


async def test_a_taking_that_is_taken_back_at_once_is_told_to_nobody_and_the_next_one_is(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        (told,) = [notice for _, notice in desk.heard.notices]
        assert told.held_until == LATER + timedelta(minutes=1)
        await desk.steps.undoing.undo(session, RECEIVER, case.id, "Nhầm đơn vị", LATER)
        assert desk.heard.notices == []
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=HEALTH)
    assert [notice.values for _, notice in desk.heard.notices] == [{"unit": "Sở Y tế"}]


async def test_taking_back_another_step_leaves_the_news_of_the_taking(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.steps.handling.draft(session, HANDLER, case.id, "Đã nhắc.", Outcome.CONDUCT_FOUND, LATER)
        await desk.steps.undoing.undo(session, HANDLER, case.id, "Nhầm", LATER)
    assert desk.heard.kinds() == ["in_review"]


async def test_what_cannot_be_taken_back_is_told_at_once_and_what_was_held_before_it(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.steps.supplementing.ask_supplement(session, HANDLER, case.id, "Ngày nào?", LATER)
    assert desk.heard.kinds() == ["in_review", "supplement"]
    assert {notice.held_until for _, notice in desk.heard.notices} == {None}


async def test_who_takes_it_back_meanwhile_is_not_told_that_it_is_studied(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.steps.own.withdraw(session, case.id, LATER)
    assert desk.heard.notices == []


async def test_a_merger_or_split_that_is_taken_back_at_once_is_told_to_nobody(database: UnitOfWork) -> None:
    desk, part = Desk(), Part(submission().matter, RULE)
    async with database.write() as session:
        lead, one = await desk.received(session), await desk.received(session)
        await desk.steps.joining.merge(session, RECEIVER, one.id, lead.id, "Cùng việc", LATER)
        await desk.steps.undoing.undo(session, RECEIVER, one.id, "Khác việc", LATER)
        await desk.steps.joining.split(session, RECEIVER, lead.id, part, "Hai việc", LATER)
        await desk.steps.undoing.undo(session, RECEIVER, lead.id, "Một việc", LATER)
    assert desk.heard.notices == []
