from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import NotAllowedError
from feedback.case import Case
from feedback.joining import Part
from feedback.office import IntakeWay
from feedback.record import Border, Consent, Matter, Outcome, Requirement, Status
from feedback.register_store import NoSuchRecordError
from feedback.tables import sender
from feedback.transitions import Action, TransitionError
from feedback.triage import Said
from feedback.verifying import verify
from tests.feedback.desk import (
    APPROVER,
    FRONT,
    HANDLER,
    JUSTICE,
    LATER,
    OTHER,
    RECEIVER,
    SIX,
    Desk,
    office,
)
from tests.feedback.records import NOW, RULE

pytestmark = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
"""Every step runs on both databases in the random walk."""

PART = Part(Matter("Mẫu đơn hỏi số sổ hộ khẩu đã bỏ.", agency="H48.12"), RULE, field="Hộ tịch")


async def _merged(desk: Desk, session: AsyncSession) -> tuple[Case, Case]:
    lead, one = await desk.received(session), await desk.received(session)
    return lead, await desk.steps.joining.merge(session, RECEIVER, one.id, lead.id, "Cùng một việc", LATER)


async def test_a_merged_record_keeps_its_number_and_its_sender_is_told(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, case = await _merged(desk, session)
    assert (case.status, case.merged_into, case.number, case.ended_at) == (Status.MERGED, lead.id, 2, LATER)
    assert [(notice.kind, notice.receipt) for _, notice in desk.heard.notices] == [("merged", case.receipt)]


async def test_what_happens_to_the_one_is_told_to_all_that_were_merged_into_it(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, case = await _merged(desk, session)
        top = await desk.received(session)
        await desk.steps.joining.merge(session, RECEIVER, lead.id, top.id, "Cùng việc", LATER)
        desk.heard.notices.clear()
        await desk.steps.triage.refuse(session, RECEIVER, top.id, Requirement.FORM, "Không đúng hình thức", LATER)
    assert sorted(notice.receipt for _, notice in desk.heard.notices) == sorted(
        [lead.receipt, case.receipt, top.receipt]
    )


async def test_a_record_is_not_merged_into_itself_an_ended_one_or_another_book(database: UnitOfWork) -> None:
    desk, trial = Desk(), Desk(office(intake=IntakeWay.TRIAL))
    async with database.write() as session:
        case, ended, practice = (
            await desk.received(session),
            await desk.received(session),
            await trial.received(session),
        )
        await desk.steps.triage.redirect(session, RECEIVER, ended.id, Border.COMPLAINT, "Khiếu nại", LATER)
        for into, match in ((case.id, "into itself"), (ended.id, "cannot classify"), (practice.id, "two books")):
            with pytest.raises(TransitionError, match=match):
                await desk.steps.joining.merge(session, RECEIVER, case.id, into, "Cùng việc", LATER)
        with pytest.raises(NoSuchRecordError):
            await desk.steps.joining.merge(session, RECEIVER, case.id, 999, "Cùng việc", LATER)


async def test_when_the_one_is_withdrawn_the_merged_ones_stand_on_their_own_again(database: UnitOfWork) -> None:
    desk = Desk()
    desk.heard.left = True
    async with database.write() as session:
        lead, merged = await _merged(desk, session)
        await desk.steps.own.withdraw(session, lead.id, LATER)
        case = await desk.register.get(session, merged.id)
        entry = (await desk.log.of(session, merged.id))[-1].entry
    assert (case.status, case.merged_into, case.ended_at) == (Status.RECEIVED, None, None)
    assert (entry.action, entry.actor) == (Action.UNDO, "system")
    assert [(notice.kind, notice.values) for _, notice in desk.heard.notices[1:]] == [
        ("split", {"receipts": case.receipt})
    ]


async def test_a_second_matter_becomes_a_record_of_its_own_with_the_next_number(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session, language="en")
        child = await desk.steps.joining.split(session, RECEIVER, case.id, PART, "Hai việc", LATER)
        after = await desk.register.get(session, case.id)
        mine, theirs = await desk.register.sender(session, case), await desk.register.sender(session, child)
        first = (await desk.log.of(session, child.id))[0].entry
    assert (child.number, child.split_from, child.status, child.unit) == (2, case.id, Status.RECEIVED, FRONT)
    assert (child.classification, child.field, child.clock_from) == (RULE, "Hộ tịch", case.submitted_at)
    assert after.matter == case.matter
    assert mine == theirs
    assert (first.action, first.from_status, first.to_status) == (Action.SPLIT, None, Status.RECEIVED)
    ((_, notice),) = desk.heard.notices
    assert (notice.kind, notice.values) == ("split", {"receipts": f"{case.receipt}, {child.receipt}"})
    assert desk.clocks.seen[-2:] == [(case.id, Action.SPLIT), (child.id, Action.SPLIT)]


async def _as_it_is(desk: Desk, session: AsyncSession, record: int) -> Case:
    return replace(await desk.register.get(session, record), revision=0)


async def test_steps_in_the_house_are_taken_back_one_after_the_other(database: UnitOfWork) -> None:
    desk = Desk()
    said = Said(RULE, agency="H48.12", field="Hộ tịch", accused="ai")
    async with database.write() as session:
        case = await desk.received(session, certain=False)
        states = [await _as_it_is(desk, session, case.id)]
        await desk.steps.triage.classify(session, RECEIVER, case.id, said, LATER)
        states.append(await _as_it_is(desk, session, case.id))
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE, officer="xuly")
        states.append(await _as_it_is(desk, session, case.id))
        await desk.steps.handling.assess(session, HANDLER, case.id, SIX, LATER)
        await desk.steps.handling.draft(session, HANDLER, case.id, "Trả lời", Outcome.EXPLAIN, LATER)
        assert len(await desk.answers.versions(session, case.id)) == 2
        for actor in (HANDLER, HANDLER, RECEIVER, RECEIVER):
            await desk.steps.undoing.undo(session, actor, case.id, "Nhầm", LATER)
            if actor is RECEIVER:
                states.pop()
                assert await _as_it_is(desk, session, case.id) == states[-1]
        assert await desk.answers.versions(session, case.id) == []
        with pytest.raises(TransitionError, match="nothing to take back"):
            await desk.steps.undoing.undo(session, RECEIVER, case.id, "Nhầm", LATER)


async def test_what_has_left_the_house_is_not_taken_back(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.supplementing.ask_supplement(session, RECEIVER, case.id, "Ngày nào?", LATER)
        with pytest.raises(TransitionError, match="left the house"):
            await desk.steps.undoing.undo(session, RECEIVER, case.id, "Nhầm", LATER)


async def test_a_senders_step_is_not_taken_back_by_an_official(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.own.withdraw(session, case.id, LATER)
        with pytest.raises(TransitionError, match="sender's own step"):
            await desk.steps.undoing.undo(session, RECEIVER, case.id, "Nhầm", LATER)


async def test_undoing_looks_past_looks_and_grades(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.steps.handling.draft(session, HANDLER, case.id, "Trả lời", Outcome.CONDUCT_FOUND, LATER)
        await desk.steps.answering.decide(session, APPROVER, case.id, LATER)
        await desk.steps.answering.to_publish(session, APPROVER, case.id, LATER)
        await desk.steps.own.rate(session, case.id, 4, LATER)
        await desk.steps.reading.see_sender(session, HANDLER, case.id, LATER)
        back = await desk.steps.undoing.undo(session, APPROVER, case.id, "Chưa công khai", LATER)
    assert (back.status, back.satisfied, back.ended_at) == (Status.DECIDED, 4, LATER)


async def test_who_gave_it_away_takes_it_back_and_who_got_it_gives_it_back(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        with pytest.raises(NoSuchRecordError):
            await desk.steps.undoing.undo(session, OTHER, case.id, "Không phải của tôi", LATER)
        with pytest.raises(NotAllowedError, match="may not take back take"):
            await desk.steps.undoing.undo(session, APPROVER, case.id, "Nhầm", LATER)
        assert (await desk.steps.undoing.undo(session, RECEIVER, case.id, "Nhầm", LATER)).unit == FRONT
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        assert (await desk.steps.undoing.undo(session, HANDLER, case.id, "Không thuộc đơn vị", LATER)).unit == FRONT


async def test_undoing_needs_a_reason_and_a_role(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        with pytest.raises(TransitionError, match="reason"):
            await desk.steps.undoing.undo(session, RECEIVER, case.id, "", LATER)
        with pytest.raises(NotAllowedError):
            await desk.steps.undoing.undo(session, replace(RECEIVER, roles=frozenset()), case.id, "Nhầm", LATER)


async def test_a_merger_is_taken_back_and_the_sender_told(database: UnitOfWork) -> None:
    desk = Desk()
    desk.heard.left = True
    async with database.write() as session:
        _, merged = await _merged(desk, session)
        case = await desk.steps.undoing.undo(session, RECEIVER, merged.id, "Khác việc", LATER)
    assert (case.status, case.merged_into) == (Status.RECEIVED, None)
    assert desk.heard.kinds() == ["merged", "split"]


async def test_taking_back_a_split_leaves_no_gap_in_the_numbers(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        before = await _as_it_is(desk, session, case.id)
        child = await desk.steps.joining.split(session, RECEIVER, case.id, PART, "Hai việc", LATER)
        await desk.steps.undoing.undo(session, RECEIVER, case.id, "Một việc", LATER)
        assert await _as_it_is(desk, session, case.id) == before
        after = await desk.register.get(session, child.id)
    assert (after.status, after.merged_into, after.number) == (Status.MERGED, case.id, 2)
    async with database.read() as session:
        assert [found async for found in verify(session, desk.log, desk.register, desk.answers)] == []


async def test_a_split_is_not_taken_back_once_its_part_moved_on(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        child = await desk.steps.joining.split(session, RECEIVER, case.id, PART, "Hai việc", LATER)
        await desk.steps.triage.take(session, RECEIVER, child.id, LATER, unit=JUSTICE)
        with pytest.raises(TransitionError, match="has moved on"):
            await desk.steps.undoing.undo(session, RECEIVER, case.id, "Một việc", LATER)


async def test_what_was_blanked_is_not_restored_by_guess(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.log.blank(session, case.id)
        with pytest.raises(TransitionError, match="blanked"):
            await desk.steps.undoing.undo(session, RECEIVER, case.id, "Nhầm", LATER)


async def test_what_is_split_off_goes_on_with_the_clock_the_consent_and_the_wish_of_the_first(
    database: UnitOfWork,
) -> None:
    desk, again = Desk(), LATER + timedelta(days=9)
    async with database.write() as session:
        agreed = Consent("1", NOW, publish=True, publish_at=NOW)
        case = await desk.received(session, consent=agreed, at=NOW - timedelta(days=40))
        await desk.register.change(session, case, {"clock_from": again})
        await session.execute(update(sender).values(restricted_at=LATER))
        child = await desk.steps.joining.split(session, RECEIVER, case.id, PART, "Hai việc", again)
        sent = await desk.register.sender(session, child)
    assert (child.clock_from, child.submitted_at) == (again, NOW - timedelta(days=40))
    assert (sent.consent, sent.restricted_at) == (agreed, LATER)
    assert desk.heard.notices == []
