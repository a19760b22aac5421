from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import CITIZEN, Actor, NotAllowedError, Role
from feedback.case import Case
from feedback.counting_store import CountingStore
from feedback.listing_store import Filter
from feedback.office import IntakeWay, Policy
from feedback.own_steps import TooLateError
from feedback.record import Outcome, Sender, Status
from feedback.tables import answer
from feedback.transitions import TransitionError
from feedback.triage import Said
from tests.feedback.desk import APPROVER, FRONT, HANDLER, JUSTICE, LATER, RECEIVER, SIX, Desk, office
from tests.feedback.records import NOW, RULE, submission

pytestmark = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
"""Every step runs on both databases in the random walk."""

DAY = timedelta(days=1)
FOUND = Outcome.CONDUCT_FOUND


async def _drafted(desk: Desk, session: AsyncSession, text: str = "Đã nhắc nhở bộ phận một cửa.") -> Case:
    case = await desk.taken(session)
    await desk.steps.handling.draft(session, HANDLER, case.id, text, FOUND, LATER)
    return case


async def _decided(desk: Desk, session: AsyncSession) -> Case:
    case = await _drafted(desk, session)
    return await desk.steps.answering.decide(session, APPROVER, case.id, LATER)


async def test_an_approved_answer_goes_to_the_sender(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _decided(desk, session)
        sent = await desk.answers.approved(session, case.id)
    assert (case.status, case.outcome, case.ended_at) == (Status.DECIDED, FOUND, LATER)
    assert sent is not None
    assert (sent.drafted_by, sent.approved_by, sent.approved_at) == ("xuly", "lanhdao", LATER)
    assert desk.heard.notices[-1][1].values == {"answer": "Đã nhắc nhở bộ phận một cửa.", "outcome": FOUND}


async def test_every_version_of_an_answer_is_kept_sealed(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _drafted(desk, session, "Bản một")
        await desk.steps.handling.draft(session, HANDLER, case.id, "Bản hai", FOUND, LATER)
        assert [one.answer.text for one in await desk.steps.reading.answers(session, HANDLER, case.id, LATER)] == [
            "Bản một",
            "Bản hai",
        ]
        rows = (await session.execute(select(answer))).all()
    assert all(isinstance(row.body, bytes) for row in rows)


async def test_who_drafted_does_not_approve_unless_the_office_allows_it(database: UnitOfWork) -> None:
    both = Actor("motminh", JUSTICE, frozenset({Role.HANDLER, Role.APPROVER}))
    strict, easy = Desk(), Desk(office(policy=Policy(four_eyes=False)))
    async with database.write() as session:
        case = await strict.taken(session)
        await strict.steps.handling.draft(session, both, case.id, "Trả lời", FOUND, LATER)
        await strict.steps.handling.draft(session, HANDLER, case.id, "Sửa một dấu phẩy", FOUND, LATER)
        with pytest.raises(NotAllowedError, match="somebody else approves"):
            await strict.steps.answering.decide(session, both, case.id, LATER)
        assert (await easy.steps.answering.decide(session, both, case.id, LATER)).status is Status.DECIDED


async def test_nothing_is_decided_without_a_draft(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.taken(session)
        with pytest.raises(TransitionError, match="no draft"):
            await desk.steps.answering.decide(session, APPROVER, case.id, LATER)


async def _about_a_rule(desk: Desk, session: AsyncSession) -> Case:
    case = await desk.taken(session, suggested=RULE)
    await desk.steps.handling.draft(session, HANDLER, case.id, "Sẽ sửa quy định", Outcome.AMEND_OWN, LATER)
    return case


async def test_a_rule_is_tested_by_the_six_criteria_before_it_is_answered(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _about_a_rule(desk, session)
        with pytest.raises(TransitionError, match="enough to decide on; necessity needs one verdict"):
            await desk.steps.answering.decide(session, APPROVER, case.id, LATER)
        with pytest.raises(TransitionError, match="treaties needs one verdict"):
            await desk.steps.handling.assess(session, HANDLER, case.id, SIX[:5], LATER)
        draft = await desk.steps.handling.assess(session, HANDLER, case.id, SIX, LATER)
        assert (draft.version, draft.answer.text) == (2, "Sẽ sửa quy định")
        case = await desk.steps.answering.decide(session, APPROVER, case.id, LATER)
    assert (case.outcome, case.basis) == (Outcome.AMEND_OWN, "du")


async def test_what_lacked_a_basis_is_assessed_anew(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _about_a_rule(desk, session)
        await desk.steps.handling.assess(session, HANDLER, case.id, SIX, LATER)
        await desk.steps.handling.hold(session, HANDLER, case.id, "Chờ số liệu", LATER)
        case = await desk.steps.triage.take(session, HANDLER, case.id, LATER)
        with pytest.raises(TransitionError, match="enough to decide on"):
            await desk.steps.answering.decide(session, APPROVER, case.id, LATER)


async def test_publishing_is_told_with_the_link_and_hiding_leaves_the_record(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _decided(desk, session)
        case = await desk.steps.answering.to_publish(session, APPROVER, case.id, LATER)
        assert (case.status, case.ended_at) == (Status.AWAITING_PUBLICATION, None)
        case = await desk.steps.answering.publish(session, APPROVER, case.id, "https://x.example/p/1", LATER)
        assert (case.status, case.ended_at) == (Status.PUBLISHED, LATER)
        case = await desk.steps.answering.hide(session, APPROVER, case.id, "Lộ tên người", LATER)
    assert case.status is Status.DECIDED
    assert desk.heard.notices[-1][1].values == {"link": "https://x.example/p/1"}


async def _cluster(desk: Desk, session: AsyncSession, text: str) -> tuple[Case, Case, Case]:
    """A drafted one, one merged into it, and another one that is studied by itself."""
    lead, merged = await desk.received(session), await desk.received(session)
    await desk.steps.joining.merge(session, RECEIVER, merged.id, lead.id, "Cùng một việc", LATER)
    await desk.steps.triage.take(session, RECEIVER, lead.id, LATER, unit=JUSTICE)
    await desk.steps.handling.draft(session, HANDLER, lead.id, text, FOUND, LATER)
    return lead, merged, await desk.taken(session)


async def test_one_answer_goes_to_a_whole_cluster_once_each(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, merged, beside = await _cluster(desk, session, "Đã thêm quầy tiếp nhận.")
        cases = await desk.steps.answering.answer_many(
            session, APPROVER, lead.id, [beside.id, lead.id, beside.id], LATER
        )
        own = await desk.answers.approved(session, beside.id)
        after = await desk.register.get(session, merged.id)
    assert [case.status for case in cases] == [Status.DECIDED, Status.DECIDED]
    assert after.status is Status.MERGED
    assert own is not None
    assert (own.answer.text, own.drafted_by, own.approved_by) == ("Đã thêm quầy tiếp nhận.", "xuly", "lanhdao")
    answered = [notice for _, notice in desk.heard.notices if notice.kind == "answered"]
    assert sorted(notice.receipt for notice in answered) == sorted([lead.receipt, merged.receipt, beside.receipt])
    assert {notice.values["answer"] for notice in answered} == {"Đã thêm quầy tiếp nhận."}


@pytest.mark.parametrize("text", ["Kính gửi ông NGUYỄN VĂN THỬ, việc đã xong.", "Đã gọi số 0901 234 567."])
async def test_an_answer_for_several_names_none_of_them(database: UnitOfWork, text: str) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, _, _ = await _cluster(desk, session, text)
        with pytest.raises(TransitionError, match="still names a person"):
            await desk.steps.answering.decide(session, APPROVER, lead.id, LATER)
        alone = await _drafted(desk, session, text)
        decided = await desk.steps.answering.decide(session, APPROVER, alone.id, LATER)
    assert decided.status is Status.DECIDED, "to its own sender alone it may say the name"


async def test_a_name_of_one_syllable_is_found_in_no_text(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, _, beside = await _cluster(desk, session, "Cơ quan đã thử lại và xin lỗi.")
        short = await desk.taken(session, sender=Sender("Thử", "Số 1", "+84900000001"))
        cases = await desk.steps.answering.answer_many(session, APPROVER, lead.id, [beside.id, short.id], LATER)
    assert {case.status for case in cases} == {Status.DECIDED}


async def test_a_cluster_is_answered_as_a_whole_or_not_at_all(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, _, _ = await _cluster(desk, session, "Đã thêm quầy.")
        rule = await desk.taken(session, suggested=RULE)
        with pytest.raises(TransitionError, match=f"{rule.register_number}: conduct_found is no outcome"):
            await desk.steps.answering.answer_many(session, APPROVER, lead.id, [rule.id], LATER)
        assert (await desk.register.get(session, lead.id)).status is Status.IN_REVIEW


async def test_the_sender_reopens_within_the_offices_days_and_everything_begins_anew(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _decided(desk, session)
        await desk.steps.own.rate(session, case.id, 2, LATER)
        with pytest.raises(TransitionError, match="reason"):
            await desk.steps.own.reopen(session, case.id, " ", LATER)
        with pytest.raises(TooLateError, match="20/12/2026"):
            await desk.steps.own.reopen(session, case.id, "Chưa trả lời đúng", LATER + 31 * DAY)
        case = await desk.steps.own.reopen(session, case.id, "Chưa trả lời đúng", LATER + 30 * DAY)
        assert (case.status, case.unit, case.officer, case.reopened) == (Status.REOPENED, FRONT, "", 1)
        assert (case.outcome, case.basis, case.satisfied, case.ended_at) == (None, "", None, None)
        assert case.clock_from == LATER + 30 * DAY
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER + 30 * DAY, unit=JUSTICE)
        with pytest.raises(TransitionError, match="no draft"):
            await desk.steps.answering.decide(session, APPROVER, case.id, LATER + 30 * DAY)


@pytest.mark.parametrize("grade", [0, 6])
async def test_a_grade_is_one_to_five(database: UnitOfWork, grade: int) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _decided(desk, session)
        with pytest.raises(TransitionError, match="1 to 5"):
            await desk.steps.own.rate(session, case.id, grade, LATER)
        await desk.steps.own.rate(session, case.id, 1, LATER)
        assert (await desk.steps.own.rate(session, case.id, 5, LATER)).satisfied == 5


async def test_a_sender_whose_record_was_merged_may_reopen_the_own_one_after_the_answer(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        lead, merged, _ = await _cluster(desk, session, "Đã thêm quầy.")
        with pytest.raises(TransitionError, match="not been answered"):
            await desk.steps.own.reopen(session, merged.id, "Chưa xong", LATER)
        await desk.steps.answering.decide(session, APPROVER, lead.id, LATER)
        assert (await desk.steps.own.rate(session, merged.id, 3, LATER)).satisfied == 3
        case = await desk.steps.own.reopen(session, merged.id, "Chưa xong", LATER)
    assert (case.status, case.merged_into) == (Status.REOPENED, None)


async def _asked(desk: Desk, session: AsyncSession, cases: Sequence[Case]) -> None:
    for case in cases:
        await desk.steps.supplementing.ask_supplement(session, RECEIVER, case.id, "Ngày nộp là ngày nào?", LATER)


async def test_a_supplement_is_asked_for_and_taken_in_where_the_record_stood(database: UnitOfWork) -> None:
    desk = Desk()
    desk.files.drafts["more"] = ["photo"]
    async with database.write() as session:
        doubtful, sure = await desk.received(session, certain=False), await desk.received(session)
        await _asked(desk, session, [doubtful, sure])
        assert [notice.values for _, notice in desk.heard.notices] == [{"why": "Ngày nộp là ngày nào?"}] * 2
        with pytest.raises(TransitionError, match="needs a text"):
            await desk.steps.supplementing.supplement(session, CITIZEN, sure.id, " ", LATER)
        case = await desk.steps.supplementing.supplement(session, CITIZEN, sure.id, "Ngày 3/11.", LATER, draft="more")
        other = await desk.steps.supplementing.supplement(session, RECEIVER, doubtful.id, "Ngày 4/11.", LATER)
    assert (case.status, other.status) == (Status.RECEIVED, Status.NEEDS_TRIAGE)
    assert case.matter.text == f"{submission().matter.text}\n\n+ 20/11/2026: Ngày 3/11."
    assert case.masked.endswith("Ngày 3/11.")
    assert desk.files.records == {sure.id: ["photo"]}


async def test_a_second_tap_on_a_supplement_adds_nothing(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await _asked(desk, session, [case])
        await desk.steps.supplementing.supplement(session, CITIZEN, case.id, "Ngày 3/11.", LATER)
        with pytest.raises(TransitionError, match="cannot supplement what is received"):
            await desk.steps.supplementing.supplement(session, CITIZEN, case.id, "Ngày 3/11.", LATER)


async def test_attachments_alone_are_a_supplement(database: UnitOfWork) -> None:
    desk = Desk()
    desk.files.drafts["more"] = ["photo"]
    async with database.write() as session:
        case = await desk.received(session)
        await _asked(desk, session, [case])
        after = await desk.steps.supplementing.supplement(session, CITIZEN, case.id, "", NOW + DAY, draft="more")
    assert after.matter == case.matter
    assert desk.files.records == {case.id: ["photo"]}


async def test_who_is_complained_about_decides_nothing(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.triage.classify(session, RECEIVER, case.id, Said(case.classification, accused="xuly"), LATER)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)
        with pytest.raises(NotAllowedError, match="complained about"):
            await desk.steps.handling.draft(session, HANDLER, case.id, "Không có việc đó", FOUND, LATER)
        with pytest.raises(NotAllowedError, match="complained about"):
            await desk.steps.reading.answers(session, HANDLER, case.id, LATER)
        assert await desk.steps.reading.answers(session, replace(HANDLER, id="khac"), case.id, LATER) == []


async def test_a_supplement_to_a_form_that_was_mailed_is_mailed_on(database: UnitOfWork) -> None:
    desk = Desk(office(intake=IntakeWay.FORWARD_TO, forward_to="pakn@x.example"))
    desk.files.drafts |= {"first": ["photo"], "more": ["paper"]}
    async with database.write() as session:
        case = await desk.received(session, draft="first")
        for text, draft in (("Ngày 3/11.", ""), ("", "more")):
            await _asked(desk, session, [case])
            await desk.steps.supplementing.supplement(session, CITIZEN, case.id, text, LATER, draft=draft)
    form, words, files = desk.posted.mails
    assert [mail.to for mail in (words, files)] == [form.to] * 2
    assert (words.attachments, files.attachments) == ((), ("paper",)), "what went before does not go again"
    assert case.receipt in words.subject
    assert submission().sender.phone in words.body
    assert "Nội dung bổ sung: Ngày 3/11." in words.body
    assert submission().matter.text not in words.body
    assert "xem tệp kèm theo" in files.body
    assert len({mail.key for mail in desk.posted.mails}) == 3


async def test_a_supplement_to_what_is_handled_here_is_not_mailed(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await _asked(desk, session, [case])
        await desk.steps.supplementing.supplement(session, CITIZEN, case.id, "Ngày 3/11.", LATER)
    assert desk.posted.mails == []


async def test_who_got_the_form_by_mail_is_told_that_it_was_taken_back(database: UnitOfWork) -> None:
    desk, here = Desk(office(intake=IntakeWay.FORWARD_TO, forward_to="pakn@x.example")), Desk()
    async with database.write() as session:
        case = await desk.received(session)
        await desk.steps.own.withdraw(session, case.id, LATER, "Đã được giải quyết")
        await here.steps.own.withdraw(session, (await here.received(session)).id, LATER)
    form, news = desk.posted.mails
    assert (news.to, case.receipt in news.subject, "Đã được giải quyết" in news.body) == (form.to, True, True)
    assert submission().sender.name not in news.body
    assert here.posted.mails == []


async def test_an_answer_waits_for_approval_from_its_text_on_until_it_is_approved(database: UnitOfWork) -> None:
    desk, listing = Desk(), CountingStore()
    waits = Filter(to_approve=True)
    async with database.write() as session:
        case = await desk.taken(session, suggested=RULE)
        await desk.steps.handling.assess(session, HANDLER, case.id, SIX, LATER)
        assert await listing.counts(session, [waits], 9) == (0,)
        await desk.steps.handling.draft(session, HANDLER, case.id, "Trả lời", Outcome.EXPLAIN, LATER)
        assert await listing.counts(session, [waits], 9) == (1,)
        await desk.steps.answering.decide(session, APPROVER, case.id, LATER)
        assert await listing.counts(session, [waits], 9) == (0,)
