from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.unit_of_work import UnitOfWork
from feedback.actor import NotAllowedError
from feedback.entered_again import OtherContentsError
from feedback.intake import TooManyError
from feedback.office import IntakeWay, Policy
from feedback.record import Address, Book, Border, Consent, Form, Receipt, Status, Submission
from feedback.transitions import Action, TransitionError
from tests.feedback.desk import ADMIN, FRONT, OTHER, RECEIVER, Desk, office, written
from tests.feedback.records import NOW, SLOW, submission

MINUTE = timedelta(minutes=1)


async def test_what_is_handed_in_is_in_the_book_with_its_clocks_and_its_log(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        receipt = await desk.steps.intake.receive(session, written(), NOW)
        case = await desk.register.get(session, receipt.id)
        log = await desk.log.of(session, receipt.id)
    assert (receipt.new, receipt.number, receipt.year, receipt.status) == (True, 1, 2026, Status.RECEIVED)
    assert case.unit == FRONT
    assert [(told.entry.action, told.entry.actor, told.entry.to_status) for told in log] == [
        (Action.SUBMIT, "citizen", Status.RECEIVED)
    ]
    assert desk.clocks.seen == [(case.id, Action.SUBMIT)]


async def test_a_double_tap_makes_one_record(database: UnitOfWork) -> None:
    desk, given = Desk(), written()

    async def tap() -> Receipt:
        async with database.write() as session:
            return await desk.steps.intake.receive(session, given, NOW)

    receipts = await asyncio.gather(*(tap() for _ in range(5)))
    assert {replace(one, new=True) for one in receipts} == {replace(receipts[0], new=True)}
    assert [one.new for one in receipts].count(True) == 1


async def test_a_retry_after_a_crash_gets_the_number_that_the_crash_gave_back(database: UnitOfWork) -> None:
    desk, given = Desk(), written()
    with pytest.raises(RuntimeError, match="power"):
        await _crash(database, desk, given)
    async with database.write() as session:
        receipt = await desk.steps.intake.receive(session, given, NOW)
    assert (receipt.number, receipt.new) == (1, True)


async def _crash(database: UnitOfWork, desk: Desk, given: Submission) -> None:
    async with database.write() as session:
        await desk.steps.intake.receive(session, given, NOW)
        raise RuntimeError("power")


async def test_the_same_words_from_the_same_conversation_within_minutes_are_one_record(database: UnitOfWork) -> None:
    desk, where = Desk(), Address("web", "default", "twin")
    other_hand = replace(submission().matter, text="HỒ SƠ  của tôi trễ hẹn mười ngày mà không ai gọi.")
    async with database.write() as session:
        first = await desk.steps.intake.receive(session, submission(where=where), NOW)
        twin = await desk.steps.intake.receive(session, submission(where=where, matter=other_hand), NOW + 29 * MINUTE)
        later = await desk.steps.intake.receive(session, submission(where=where), NOW + 31 * MINUTE)
    assert twin == replace(first, new=False)
    assert later.new


@pytest.mark.parametrize("other", ["conversation", "words", "proposal"])
async def test_other_words_and_other_conversations_are_records_of_their_own(database: UnitOfWork, other: str) -> None:
    desk, given = Desk(), submission()
    matter = given.matter
    changed = {
        "conversation": {"where": Address("web", "default", "somebody else")},
        "words": {"matter": replace(matter, text="Cán bộ đòi thêm giấy tờ ngoài quy định.")},
        "proposal": {"matter": replace(matter, proposal="Bỏ giấy này.")},
    }[other]
    async with database.write() as session:
        await desk.steps.intake.receive(session, given, NOW)
        assert (await desk.steps.intake.receive(session, submission(**changed), NOW)).new


async def test_what_was_taken_back_is_no_twin_of_what_comes_again(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        first = await desk.steps.intake.receive(session, submission(), NOW)
        await desk.steps.own.withdraw(session, first.id, NOW + MINUTE)
        assert (await desk.steps.intake.receive(session, submission(), NOW + 2 * MINUTE)).new


@pytest.mark.parametrize("changed", [{"certain": False}, {"suggested": replace(SLOW, border=Border.COMPLAINT)}])
async def test_what_is_in_doubt_waits_for_an_official_and_is_not_turned_away(
    database: UnitOfWork, changed: dict[str, object]
) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session, **changed)
    assert (case.status, case.number) == (Status.NEEDS_TRIAGE, 1)


async def test_the_field_is_that_of_the_procedure(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session, matter=replace(submission().matter, procedure_code="1.001193"))
    assert case.field == "Hộ tịch"


async def test_attachments_of_the_draft_become_the_records_even_those_of_a_twin(database: UnitOfWork) -> None:
    desk = Desk()
    desk.files.drafts |= {"first": ["photo"], "second": ["paper"]}
    async with database.write() as session:
        receipt = await desk.steps.intake.receive(session, submission(draft="first"), NOW)
        await desk.steps.intake.receive(session, submission(draft="second"), NOW)
    assert desk.files.records == {receipt.id: ["photo", "paper"]}


async def test_the_filled_form_leaves_for_the_published_address_once(database: UnitOfWork) -> None:
    desk, given = Desk(office(intake=IntakeWay.FORWARD_TO, forward_to="pakn@quangngai.example")), written(draft="d")
    desk.files.drafts["d"] = ["photo"]
    async with database.write() as session:
        receipt = await desk.steps.intake.receive(session, given, NOW)
        await desk.steps.intake.receive(session, given, NOW)
    assert receipt.book is Book.FORWARDED
    (mail,) = desk.posted.mails
    assert (mail.to, mail.attachments) == ("pakn@quangngai.example", ("photo",))
    for said in (receipt.receipt, given.sender.name, given.sender.address, given.sender.phone, given.matter.text):
        assert said in mail.body
    assert given.sender.name not in mail.subject
    assert len(mail.key) <= 56


@pytest.mark.parametrize("way", [IntakeWay.TRIAL, IntakeWay.PUBLISHED_ADDRESS])
async def test_nothing_leaves_by_mail_elsewhere(database: UnitOfWork, way: IntakeWay) -> None:
    desk = Desk(office(intake=way))
    async with database.write() as session:
        case = await desk.received(session)
    assert desk.posted.mails == []
    assert case.book is (Book.TRIAL if way is IntakeWay.TRIAL else Book.REGISTER)


async def test_samples_leave_nowhere(database: UnitOfWork) -> None:
    desk = Desk(office(intake=IntakeWay.FORWARD_TO, forward_to="pakn@quangngai.example"))
    async with database.write() as session:
        case = await desk.received(session, sample=True)
    assert desk.posted.mails == []
    assert (case.book, case.sample) == (Book.TRIAL, True), "no number of the register is made up"


async def test_an_official_enters_what_came_on_paper_into_the_same_book(database: UnitOfWork) -> None:
    desk = Desk()
    paper = submission(channel="paper", where=None, at=NOW - timedelta(days=1))
    async with database.write() as session:
        await desk.received(session)
        receipt = await desk.steps.intake.enter(session, RECEIVER, paper, NOW)
        case = await desk.register.get(session, receipt.id)
        (told,) = await desk.log.of(session, receipt.id)
    assert (receipt.number, case.form, case.clock_from) == (2, Form.WRITTEN, paper.at)
    assert (told.entry.action, told.entry.actor, told.entry.unit) == (Action.ENTER, "tiepnhan", FRONT)


@pytest.mark.parametrize("actor", [OTHER, ADMIN])
async def test_only_who_receives_enters(database: UnitOfWork, actor: object) -> None:
    async with database.write() as session:
        with pytest.raises(NotAllowedError):
            await Desk().steps.intake.enter(session, actor, submission(where=None), NOW)  # type: ignore[arg-type]


async def test_paper_cannot_have_come_tomorrow(database: UnitOfWork) -> None:
    async with database.write() as session:
        with pytest.raises(TransitionError, match="later than now"):
            await Desk().steps.intake.enter(session, RECEIVER, submission(at=NOW + MINUTE), NOW)


async def _paper(database: UnitOfWork, desk: Desk, minutes: int = 0, **changed: object) -> Receipt:
    given = submission(channel="paper", where=None, at=NOW - timedelta(days=1), **changed)
    async with database.write() as session:
        return await desk.steps.intake.enter(session, RECEIVER, given, NOW + minutes * MINUTE)


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_what_an_official_enters_twice_is_one_record(database: UnitOfWork) -> None:
    desk, matter = Desk(), submission().matter
    first = await _paper(database, desk)
    spelt = replace(matter, text=f" {matter.text.upper()}")
    assert await _paper(database, desk, 29, matter=spelt) == replace(first, new=False)
    assert (await _paper(database, desk, 1, matter=replace(matter, agency="X"))).new
    other = replace(submission().sender, name="Trần Thị Khác")
    assert (await _paper(database, desk, 1, sender=other)).new, "the same letter signed by two is two"
    assert (await _paper(database, desk, 60)).new


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_an_old_receipt_with_other_contents_is_not_the_same_sheet(database: UnitOfWork) -> None:
    desk, given = Desk(), submission()
    first = await _paper(database, desk, receipt=given.receipt)
    matter, sender = replace(given.matter, text="Một việc khác hẳn."), replace(given.sender, name="Trần Thị Khác")
    with pytest.raises(OtherContentsError) as refused:
        await _paper(database, desk, receipt=given.receipt, matter=matter, sender=sender)
    assert (refused.value.case.id, refused.value.fields) == (first.id, ("name", "text"))
    assert "Khác" not in str(refused.value), "nothing personal comes into a message"
    spelt = replace(given.matter, text=given.matter.text.upper())
    assert await _paper(database, desk, receipt=given.receipt, matter=spelt) == replace(first, new=False)


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_a_sheet_is_still_the_same_after_its_sender_supplemented_it(database: UnitOfWork) -> None:
    desk, given = Desk(), submission()
    matter = replace(given.matter, text="Cán bộ đòi thêm:\n\n+ giấy xác nhận\n\n+ tiền bồi dưỡng")
    first = await _paper(database, desk, receipt=given.receipt, matter=matter)
    assert not (await _paper(database, desk, receipt=given.receipt, matter=matter)).new
    async with database.write() as session:
        await desk.steps.supplementing.ask_supplement(session, RECEIVER, first.id, "ngày nào", NOW)
        await desk.steps.supplementing.supplement(session, RECEIVER, first.id, "ngày 20", NOW)
    assert not (await _paper(database, desk, receipt=given.receipt, matter=matter)).new


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_two_officials_who_enter_the_same_make_two_records(database: UnitOfWork) -> None:
    desk, other = Desk(), replace(RECEIVER, id="tiepnhan2")
    await _paper(database, desk)
    async with database.write() as session:
        given = submission(channel="paper", where=None, at=NOW - timedelta(days=1))
        assert (await desk.steps.intake.enter(session, other, given, NOW)).new


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_one_conversation_hands_in_so_many_a_day_and_no_more(database: UnitOfWork) -> None:
    desk, where = Desk(office(policy=Policy(sent_a_day=2))), Address("web", "default", "busy")
    midnight = NOW.replace(hour=17, minute=0)

    async def send(number: int, at: datetime = NOW) -> Receipt:
        matter = replace(submission().matter, text=f"Việc thứ {number} hai mươi chữ cái.")
        return await desk.steps.intake.receive(session, submission(where=where, matter=matter), at)

    async with database.write() as session:
        await send(1)
        assert not await desk.steps.intake.full(session, where, NOW)
        await send(2)
        assert await desk.steps.intake.full(session, where, NOW)
        assert not (await send(2)).new, "what is there already is told, not refused"
        with pytest.raises(TooManyError):
            await send(3, midnight - MINUTE)
        assert (await desk.received(session)).number == 3, "others go on"
        assert (await send(3, midnight)).new
        paper = submission(where=where)
        assert (await desk.steps.intake.enter(session, RECEIVER, paper, NOW)).new, "officials have no limit"


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_an_office_without_a_limit_takes_any_number(database: UnitOfWork) -> None:
    desk = Desk(office(policy=Policy(sent_a_day=0)))
    async with database.write() as session:
        await desk.received(session, where=Address("web", "default", "busy"))
        assert not await desk.steps.intake.full(session, Address("web", "default", "busy"), NOW)


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_publication_is_agreed_to_at_the_moment_of_sending_unless_another_is_told(database: UnitOfWork) -> None:
    desk, early = Desk(), NOW - timedelta(hours=2)
    async with database.write() as session:
        for consent, moment in (
            (Consent("1", early, publish=True), NOW),
            (Consent("1", early, publish=True, publish_at=early + MINUTE), early + MINUTE),
            (Consent("1", early), None),
        ):
            sent = await desk.register.sender(session, await desk.received(session, consent=consent))
            assert (sent.consent.at, sent.consent.publish, sent.consent.publish_at) == (
                early,
                consent.publish,
                moment,
            )
