from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import NotAllowedError
from feedback.case import Case
from feedback.office import IntakeWay
from feedback.record import About, Border, Category, Requirement, Status
from feedback.register_store import NoSuchRecordError
from feedback.transitions import Action, TransitionError
from feedback.triage import Receiver, Said
from tests.feedback.desk import (
    FRONT,
    HANDLER,
    HEALTH,
    JUSTICE,
    LATER,
    OTHER,
    RECEIVER,
    Desk,
    office,
)
from tests.feedback.records import RULE, SLOW, submission

pytestmark = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
"""Every step runs on both databases in the random walk."""

MINISTRY = Receiver("G10", "Bộ Tư pháp", "pakn@botuphap.example")


async def test_what_was_in_doubt_is_received_once_an_official_says_what_it_is(database: UnitOfWork) -> None:
    desk = Desk()
    said = Said(RULE, agency="H48.12", procedure_code="1.1", procedure_name="Cấp bản sao", field="Hộ tịch", accused="x")
    async with database.write() as session:
        case = await desk.received(session, certain=False)
        case = await desk.steps.triage.classify(session, RECEIVER, case.id, said, LATER)
    assert (case.status, case.classification, case.field, case.accused) == (Status.RECEIVED, RULE, "Hộ tịch", "x")
    assert (case.matter.agency, case.matter.procedure_name) == ("H48.12", "Cấp bản sao")
    assert case.matter.text == submission().matter.text


async def test_what_has_another_door_stays_in_triage_until_it_is_shown_there(database: UnitOfWork) -> None:
    desk = Desk()
    complaint = replace(SLOW, border=Border.COMPLAINT)
    async with database.write() as session:
        case = await desk.received(session, certain=False)
        case = await desk.steps.triage.classify(session, RECEIVER, case.id, Said(complaint), LATER)
        assert case.status is Status.NEEDS_TRIAGE
        with pytest.raises(TransitionError, match="classify it first"):
            await desk.steps.triage.take(session, RECEIVER, case.id, LATER)


@pytest.mark.parametrize(
    "wrong", [replace(RULE, category=Category.OBSTACLE), replace(SLOW, category=Category.UNREALISTIC)]
)
async def test_a_category_of_the_other_kind_is_refused(database: UnitOfWork, wrong: Any) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        with pytest.raises(TransitionError, match="category"):
            await desk.steps.triage.classify(session, RECEIVER, case.id, Said(wrong), LATER)
        both = replace(wrong, about=About.BOTH)
        assert (await desk.steps.triage.classify(session, RECEIVER, case.id, Said(both), LATER)).about is About.BOTH


Step = Callable[[Desk, AsyncSession, Case], Awaitable[Case]]


async def _refuse(desk: Desk, session: AsyncSession, case: Case) -> Case:
    return await desk.steps.triage.refuse(session, RECEIVER, case.id, Requirement.CONTENT, "Không rõ việc gì", LATER)


async def _redirect(desk: Desk, session: AsyncSession, case: Case) -> Case:
    return await desk.steps.triage.redirect(session, RECEIVER, case.id, Border.DENUNCIATION, "Là tố cáo", LATER)


async def _forward(desk: Desk, session: AsyncSession, case: Case) -> Case:
    return await desk.steps.triage.forward(session, RECEIVER, case.id, MINISTRY, "Thuộc thẩm quyền Bộ", LATER)


@pytest.mark.parametrize(
    ("step", "status", "values"),
    [
        (_refuse, Status.NOT_RECEIVED, {"requirement": "content", "why": "Không rõ việc gì"}),
        (_redirect, Status.OUT_OF_SCOPE, {"border": "to_cao", "why": "Là tố cáo"}),
        (_forward, Status.FORWARDED, {"agency": "Bộ Tư pháp", "why": "Thuộc thẩm quyền Bộ"}),
    ],
)
async def test_what_ends_at_the_front_is_told_with_the_reason(
    database: UnitOfWork, step: Step, status: Status, values: dict[str, str]
) -> None:
    desk = Desk()
    async with database.write() as session:
        received = await desk.received(session)
        case = await step(desk, session, received)
    assert (case.status, case.ended_at) == (status, LATER)
    ((to, notice),) = desk.heard.notices
    assert (notice.kind, notice.receipt, notice.values) == (status, case.receipt, values)
    assert to.channel == "web"
    assert len(notice.key) <= 56


async def test_redirecting_is_for_what_has_another_door(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        with pytest.raises(TransitionError, match="is received here"):
            await desk.steps.triage.redirect(session, RECEIVER, case.id, Border.CONTENT, "nhầm", LATER)


async def test_who_left_no_conversation_is_not_written_to(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        await _refuse(desk, session, await desk.received(session, where=None))
    assert desk.heard.notices == []


async def test_the_competent_agency_gets_the_matter_with_its_sender_and_attachments(database: UnitOfWork) -> None:
    desk, given = Desk(), submission()
    desk.files.drafts["d"] = ["photo"]
    async with database.write() as session:
        case = await _forward(desk, session, await desk.received(session, draft="d"))
        entry = (await desk.log.of(session, case.id))[-1].entry
    (mail,) = desk.posted.mails
    assert (mail.to, mail.attachments, entry.to_unit, case.unit) == (MINISTRY.email, ("photo",), "G10", FRONT)
    assert given.sender.name in mail.body
    assert given.matter.text in mail.body
    assert "Thuộc thẩm quyền Bộ" in mail.body


@pytest.mark.parametrize("code", ["H48.30", "H48.30.2", "H48"])
async def test_the_agency_complained_about_does_not_learn_who_wrote(database: UnitOfWork, code: str) -> None:
    desk, given = Desk(), submission()
    matter = replace(given.matter, agency="H48.30", text="Gọi 0901234567 không ai nghe.", dossier_code="H48.30-1")
    desk.files.drafts["d"] = ["photo"]
    async with database.write() as session:
        case = await desk.received(session, matter=matter, draft="d")
        to = Receiver(code, "Sở Y tế", "syt@quangngai.example")
        await desk.steps.triage.forward(session, RECEIVER, case.id, to, "Hành vi của đơn vị", LATER)
    (mail,) = desk.posted.mails
    assert mail.attachments == ()
    for secret in (given.sender.name, given.sender.address, given.sender.phone, "0901234567", "H48.30-1"):
        assert secret not in mail.body


async def test_nothing_leaves_the_trial_book_and_nothing_without_an_address(database: UnitOfWork) -> None:
    trial, desk = Desk(office(intake=IntakeWay.TRIAL)), Desk()
    async with database.write() as session:
        await _forward(trial, session, await trial.received(session))
        case = await desk.received(session)
        await desk.steps.triage.forward(session, RECEIVER, case.id, replace(MINISTRY, email=""), "Thẩm quyền", LATER)
    assert trial.posted.mails == desk.posted.mails == []


async def test_a_record_goes_to_the_unit_that_the_office_charges(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        theirs = await desk.received(session, matter=replace(submission().matter, agency="H48.30"))
        theirs = await desk.steps.triage.take(session, RECEIVER, theirs.id, LATER, officer="ytecb")
        nobodys = await desk.received(session, matter=replace(submission().matter, agency="X"))
        nobodys = await desk.steps.triage.take(session, RECEIVER, nobodys.id, LATER)
    assert (theirs.unit, theirs.officer, theirs.status, nobodys.unit) == (HEALTH, "ytecb", Status.IN_REVIEW, FRONT)
    assert desk.heard.kinds() == ["in_review", "in_review"]
    assert desk.heard.notices[0][1].values == {"unit": "Sở Y tế"}


async def test_a_unit_that_is_not_charged_gets_nothing(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        with pytest.raises(TransitionError, match="not charged"):
            await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit="H48.99")


async def test_who_is_complained_about_is_not_the_one_who_handles_it(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.triage.classify(session, RECEIVER, case.id, Said(SLOW, accused="xuly"), LATER)
        with pytest.raises(TransitionError, match="complained about"):
            await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE, officer="xuly")


async def test_a_handler_takes_up_again_what_the_own_unit_held_and_nothing_else(database: UnitOfWork) -> None:
    desk = Desk()
    at_front = replace(HANDLER, unit=FRONT)
    async with database.write() as session:
        case = await desk.received(session)
        with pytest.raises(NotAllowedError, match="only take up again"):
            await desk.steps.triage.take(session, at_front, case.id, LATER)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        held = await desk.steps.handling.hold(session, HANDLER, case.id, "Chờ kết quả rà soát", LATER)
        assert (held.status, held.basis) == (Status.INSUFFICIENT_BASIS, "chua_du")
        with pytest.raises(NotAllowedError, match="only take up again"):
            await desk.steps.triage.take(session, HANDLER, case.id, LATER, unit=HEALTH)
        again = await desk.steps.triage.take(session, HANDLER, case.id, LATER)
    assert (again.status, again.unit, again.basis) == (Status.IN_REVIEW, JUSTICE, "")


async def test_the_first_taking_is_told_and_no_later_one(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        await desk.steps.handling.hold(session, HANDLER, case.id, "Chờ", LATER)
        await desk.steps.triage.take(session, HANDLER, case.id, LATER)
    assert desk.heard.kinds() == ["in_review"]


async def test_another_units_record_is_as_none(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        for actor in (OTHER, RECEIVER):
            with pytest.raises(NoSuchRecordError, match=rf"no record {case.id}$"):
                await desk.steps.triage.classify(session, actor, case.id, Said(RULE), LATER)
        with pytest.raises(NoSuchRecordError, match=r"no record 999$"):
            await desk.steps.triage.classify(session, OTHER, 999, Said(RULE), LATER)


async def test_every_step_stands_in_the_log_with_its_reason(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _refuse(desk, session, await desk.received(session))
        told = (await desk.log.of(session, case.id))[-1]
    entry = told.entry
    assert (entry.action, entry.from_status, entry.to_status) == (Action.REFUSE, Status.RECEIVED, Status.NOT_RECEIVED)
    assert (entry.actor, entry.unit, told.why) == ("tiepnhan", FRONT, "Không rõ việc gì")
    assert desk.clocks.seen[-1] == (case.id, Action.REFUSE)


async def test_what_is_studied_goes_to_another_person_and_with_a_reason_to_another_unit(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        case = await desk.steps.triage.assign(session, HANDLER, case.id, LATER, officer="tu")
        assert (case.unit, case.officer, case.status) == (JUSTICE, "tu", Status.IN_REVIEW)
        with pytest.raises(TransitionError, match="lies there already"):
            await desk.steps.triage.assign(session, HANDLER, case.id, LATER, officer="tu")
        with pytest.raises(TransitionError, match="needs a reason"):
            await desk.steps.triage.assign(session, HANDLER, case.id, LATER, unit=HEALTH)
        with pytest.raises(TransitionError, match="not charged"):
            await desk.steps.triage.assign(session, HANDLER, case.id, LATER, unit="KHAC", why="nhầm")
        case = await desk.steps.triage.assign(session, HANDLER, case.id, LATER, unit=HEALTH, why="của Sở Y tế")
        assert (case.unit, case.officer) == (HEALTH, "")
        case = await desk.steps.undoing.undo(session, HANDLER, case.id, "nhầm", LATER)
    assert (case.unit, case.officer) == (JUSTICE, "tu")


async def test_who_is_complained_about_is_not_given_the_record(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.triage.classify(session, RECEIVER, case.id, Said(SLOW, accused="tu"), LATER)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        with pytest.raises(TransitionError, match="complained about"):
            await desk.steps.triage.assign(session, HANDLER, case.id, LATER, officer="tu")
