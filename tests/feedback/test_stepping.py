from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.unit_of_work import UnitOfWork
from feedback.record import Outcome, Requirement, Status
from feedback.tables import sender
from tests.feedback.desk import APPROVER, HANDLER, JUSTICE, LATER, RECEIVER, Desk
from tests.feedback.records import NOW

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
