from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, Role
from feedback.case import Case
from feedback.naming import NamesSomebodyError
from feedback.record import Border, Outcome, Requirement, Sender, Status
from feedback.tables import sender
from feedback.triage import Receiver
from tests.feedback.desk import APPROVER, FRONT, HANDLER, HEALTH, JUSTICE, LATER, RECEIVER, Desk
from tests.feedback.records import NOW, submission

pytestmark = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)

FIRST_SENDER = submission().sender
OTHER_SENDER = Sender("Trần Thị Mẫu", "Số 2, đường Mẫu", "+84907654321", "mau@x.example")
NAMING = "Bà TRẦN  THỊ MẪU đã gửi việc này."


async def _pair(desk: Desk, session: AsyncSession) -> tuple[Case, Case]:
    """A record about another agency, and one of another sender that was merged into it."""
    matter = replace(submission().matter, agency=HEALTH)
    lead, merged = [await desk.received(session, sender=who, matter=matter) for who in (FIRST_SENDER, OTHER_SENDER)]
    await desk.steps.joining.merge(session, RECEIVER, merged.id, lead.id, "Cùng một việc", LATER)
    return lead, merged


async def _close(desk: Desk, session: AsyncSession, step: str, one: int, why: str) -> Case:
    triage = desk.steps.triage
    if step == "refuse":
        return await triage.refuse(session, RECEIVER, one, Requirement.CONTENT, why, LATER)
    if step == "redirect":
        return await triage.redirect(session, RECEIVER, one, Border.COMPLAINT, why, LATER)
    return await triage.forward(session, RECEIVER, one, Receiver("G10", "Bộ"), why, LATER)


@pytest.mark.parametrize("step", ["refuse", "redirect", "forward"])
async def test_a_reason_that_others_read_too_names_none_of_them(database: UnitOfWork, step: str) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, merged = await _pair(desk, session)
        for why in (NAMING, "Xem đơn của Nguyễn Văn Thử.", "Đã hỏi qua mau@x.example", "Đã gọi 090 765 43 21"):
            with pytest.raises(NamesSomebodyError, match="the reason names the sender of"):
                await _close(desk, session, step, lead.id, why)
        before = len(desk.heard.notices)
        await _close(desk, session, step, lead.id, "Đã có ở đường Mẫu, xem công báo.")
    assert [notice.receipt for _, notice in desk.heard.notices[before:]] == [lead.receipt, merged.receipt]


async def test_to_its_own_sender_alone_a_reason_may_say_the_name(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        after = await _close(desk, session, "refuse", case.id, "Kính gửi ông Nguyễn Văn Thử: chưa rõ nội dung.")
    assert after.status is Status.NOT_RECEIVED


async def test_the_reason_for_passing_it_to_who_is_complained_about_names_nobody(database: UnitOfWork) -> None:
    desk = Desk()
    to = Receiver(HEALTH, "Sở Y tế", "yte@x.example")
    async with database.write() as session:
        case = await desk.received(session, matter=replace(submission().matter, agency=HEALTH))
        with pytest.raises(NamesSomebodyError, match="names the sender"):
            await desk.steps.triage.forward(session, RECEIVER, case.id, to, "Đơn của ông Nguyễn Văn Thử", LATER)
        await desk.steps.triage.forward(session, RECEIVER, case.id, to, "Thuộc thẩm quyền", LATER)
    (mail,) = desk.posted.mails
    assert case.receipt not in mail.subject + mail.body


async def _about_us(desk: Desk, session: AsyncSession, text: str) -> Case:
    """Two records about the conduct of the very unit that answers them: its people do not see who wrote."""
    lead, merged = [
        await desk.received(session, sender=who, matter=replace(submission().matter, agency=JUSTICE))
        for who in (FIRST_SENDER, OTHER_SENDER)
    ]
    await desk.steps.joining.merge(session, RECEIVER, merged.id, lead.id, "Cùng một việc", LATER)
    await desk.steps.triage.take(session, RECEIVER, lead.id, LATER, unit=JUSTICE)
    await desk.steps.handling.draft(session, HANDLER, lead.id, text, Outcome.CONDUCT_FOUND, LATER)
    return lead


async def _refused(desk: Desk, session: AsyncSession, text: str) -> str:
    lead = await _about_us(desk, session, text)
    with pytest.raises(NamesSomebodyError) as refused:
        await desk.steps.answering.decide(session, APPROVER, lead.id, LATER)
    return str(refused.value)


async def test_a_name_tried_by_whom_it_is_hidden_from_is_refused_whether_it_is_right_or_not(
    database: UnitOfWork,
) -> None:
    desk = Desk()
    async with database.write() as session:
        right = await _refused(desk, session, "Ông Nguyễn Văn Thử đã phản ánh.")
        wrong = await _refused(desk, session, "Ông Lê Văn Khác đã phản ánh.")
        number = await _refused(desk, session, "Người gọi từ số 0911 222 333.")
        lead = await _about_us(desk, session, "Đã nhắc nhở bộ phận một cửa.")
        assert (await desk.steps.answering.decide(session, APPROVER, lead.id, LATER)).status is Status.DECIDED
    assert right == wrong == number == "the answer still names a person; others would read it"


async def test_what_is_tried_by_who_may_not_see_senders_is_told_to_operators_without_the_name(
    database: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, _ = await _pair(desk, session)
        await desk.steps.triage.take(session, RECEIVER, lead.id, LATER, unit=JUSTICE)
        await desk.steps.handling.draft(session, HANDLER, lead.id, NAMING, Outcome.CONDUCT_FOUND, LATER)
        with caplog.at_level(logging.WARNING), pytest.raises(NamesSomebodyError) as refused:
            await desk.steps.answering.decide(session, APPROVER, lead.id, LATER)
    assert str(refused.value) == "the answer still names a person; others would read it"
    assert "lanhdao" in caplog.text
    assert "MẪU" not in caplog.text


async def test_after_a_request_for_deletion_a_handler_is_told_no_more_than_an_approver(database: UnitOfWork) -> None:
    desk, both = Desk(), Actor("hai", FRONT, frozenset({Role.HANDLER, Role.RECEIVER}))
    handler = replace(both, roles=frozenset({Role.HANDLER}))
    async with database.write() as session:
        lead, _ = await _pair(desk, session)
        naming = desk.steps.answering._naming
        await session.execute(update(sender).values(restricted_at=NOW))
        for actor, said in ((both, "names the sender of"), (handler, "still names a person")):
            told = await naming.of_group(session, [await desk.register.get(session, lead.id)])
            with pytest.raises(NamesSomebodyError, match=said):
                await naming.refuse(session, actor, told, ("answer", NAMING), LATER)
