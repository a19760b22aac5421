"""Publication with the real steps: who may, and what a reopening leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.publication.item import HiddenWhy, Query
from feedback.publication.service import Publishing, Redacted, StillTellsError
from feedback.publication.store import PublicationStore
from feedback.record import Outcome, Status
from feedback.register_store import NoSuchRecordError
from feedback.tables import record, sender
from feedback.transitions import Action
from tests.feedback.desk import APPROVER, FRONT, HANDLER, JUSTICE, LATER, OTHER, RECEIVER, SIX, Desk
from tests.feedback.fakes import SimpleWords
from tests.feedback.records import RULE, submission

TEXT = Redacted("Hồ sơ trễ hẹn.", "Đã xin lỗi và trả kết quả.")
SOON = LATER + timedelta(days=1)


def publishing(desk: Desk) -> Publishing:
    return Publishing(PublicationStore(SimpleWords()), desk.register, desk.steps.answering, "https://x.example")


async def answered(session: AsyncSession, desk: Desk, id: int) -> Case:
    await desk.steps.handling.draft(session, HANDLER, id, "Đã xong", Outcome.CONDUCT_FOUND, LATER)
    await desk.steps.answering.decide(session, APPROVER, id, LATER)
    return await desk.steps.answering.to_publish(session, APPROVER, id, LATER)


async def test_what_was_reopened_and_answered_again_becomes_published_again(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await answered(session, desk, (await desk.taken(session)).id)
        first = await publishing(desk).publish(session, APPROVER, case.id, TEXT, LATER)
        await desk.steps.own.reopen(session, case.id, "Chưa thỏa đáng", LATER)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        await answered(session, desk, case.id)
        second = await publishing(desk).publish(session, APPROVER, case.id, replace(TEXT, answer="Đã sửa."), SOON)
        stands = (await desk.register.get(session, case.id)).status
    assert (stands, second.slug, second.published_at) == (Status.PUBLISHED, first.slug, first.published_at)


async def test_an_item_is_taken_down_at_once_although_its_record_was_reopened(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await answered(session, desk, (await desk.taken(session)).id)
        with pytest.raises(FeedbackError, match="no public item"):
            await publishing(desk).hide(session, APPROVER, case.id, HiddenWhy.PERSONAL, LATER)
        await publishing(desk).publish(session, APPROVER, case.id, TEXT, LATER)
        await desk.steps.own.reopen(session, case.id, "Lộ tên tôi", LATER)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        await publishing(desk).hide(session, APPROVER, case.id, HiddenWhy.PERSONAL, SOON)
        assert (await publishing(desk).store.page(session, Query())).items == ()
        assert (await desk.register.get(session, case.id)).status is Status.IN_REVIEW


async def test_a_changed_item_stands_in_the_log(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await answered(session, desk, (await desk.taken(session)).id)
        await publishing(desk).publish(session, APPROVER, case.id, TEXT, LATER)
        await publishing(desk).publish(session, APPROVER, case.id, replace(TEXT, answer="Đã sửa."), SOON)
        told = [one for one in await desk.log.of(session, case.id) if "words" in one.details]
    assert [one.entry.action for one in told] == [Action.PUBLISH, Action.REWORD]
    assert len({one.details["words"] for one in told}) == 2


async def test_neither_another_unit_nor_the_accused_sees_or_publishes_it(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await answered(session, desk, (await desk.taken(session)).id)
        with pytest.raises(NoSuchRecordError):
            await publishing(desk).propose(session, OTHER, case.id, "x", LATER)
        with pytest.raises(NoSuchRecordError):
            await publishing(desk).publish(session, OTHER, case.id, TEXT, LATER)
        await session.execute(record.update().values(accused=APPROVER.id))
        with pytest.raises(NotAllowedError):
            await publishing(desk).propose(session, APPROVER, case.id, "x", LATER)
        guess = replace(TEXT, question="Nguyễn Văn Thử chờ mười ngày.")
        with pytest.raises(NotAllowedError):
            await publishing(desk).publish(session, APPROVER, case.id, guess, LATER)


async def test_who_publishes_needs_no_right_to_approve_and_gets_none_by_it(database: UnitOfWork) -> None:
    desk, publisher = Desk(), Actor("congkhai", FRONT, frozenset({Role.PUBLISHER}))
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.steps.handling.draft(session, HANDLER, case.id, "Đã xong", Outcome.CONDUCT_FOUND, LATER)
        with pytest.raises(NoSuchRecordError):
            await desk.steps.answering.decide(session, publisher, case.id, LATER)
        await desk.steps.answering.decide(session, APPROVER, case.id, LATER)
        await desk.steps.answering.to_publish(session, APPROVER, case.id, LATER)
        proposal = await publishing(desk).propose(session, publisher, case.id, "Đã xong", LATER)
        await publishing(desk).publish(session, publisher, case.id, TEXT, LATER)
        with pytest.raises(NotAllowedError):
            await desk.steps.reading.see_sender(session, publisher, case.id, LATER, "xem")
        await publishing(desk).hide(session, publisher, case.id, HiddenWhy.MISTAKE, LATER)
        stands = (await desk.register.get(session, case.id)).status
    assert proposal.question.text
    assert stands is Status.DECIDED


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_who_asked_for_deletion_is_shown_to_nobody_by_marks_any_more(database: UnitOfWork) -> None:
    desk, both = Desk(), replace(HANDLER, roles=HANDLER.roles | {Role.PUBLISHER})
    telling = replace(TEXT, answer=f"Kính gửi {submission().sender.name}.")
    async with database.write() as session:
        case = await desk.taken(session, suggested=RULE)
        await desk.steps.handling.assess(session, HANDLER, case.id, SIX, LATER)
        await desk.steps.handling.draft(session, HANDLER, case.id, "Đã xong", Outcome.EXPLAIN, LATER)
        await desk.steps.answering.decide(session, APPROVER, case.id, LATER)
        await desk.steps.answering.to_publish(session, APPROVER, case.id, LATER)
        shown = []
        for restricted_at in (None, LATER):
            await session.execute(update(sender).values(restricted_at=restricted_at))
            with pytest.raises(StillTellsError) as refused:
                await publishing(desk).publish(session, both, case.id, telling, SOON)
            shown.append(bool(refused.value.masks))
    assert shown == [True, False]
