from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError
from feedback.case import Case
from feedback.record import Address, Status
from feedback.register_store import NoSuchRecordError
from feedback.tables import sender
from feedback.transitions import Action
from feedback.triage import Said
from tests.feedback.desk import ADMIN, APPROVER, HANDLER, HEALTH, LATER, OTHER, RECEIVER, REPORTER, Desk
from tests.feedback.records import NOW, RULE, submission

pytestmark = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
"""Every step runs on both databases in the random walk."""

PHONED = replace(submission().matter, text="Gọi 0901234567 không ai nghe.", agency="H48.30", dossier_code="H48.30-1")


async def test_a_look_at_the_sender_stands_in_the_log(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        seen = await desk.steps.reading.see_sender(session, RECEIVER, case.id, LATER, "Gọi hỏi thêm")
        told = (await desk.log.of(session, case.id))[-1]
        assert await desk.register.get(session, case.id) == case
    assert seen.sender == submission().sender
    assert (told.entry.action, told.entry.actor, told.why) == (Action.SEE_SENDER, "tiepnhan", "Gọi hỏi thêm")
    assert (told.entry.from_status, told.entry.to_status) == (Status.RECEIVED, Status.RECEIVED)


@pytest.mark.parametrize("actor", [HANDLER, APPROVER, OTHER, REPORTER, ADMIN])
async def test_who_is_not_charged_with_a_record_finds_none(database: UnitOfWork, actor: Actor) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session)
        for read in (desk.steps.reading.open, desk.steps.reading.history, desk.steps.reading.see_sender):
            with pytest.raises(NoSuchRecordError):
                await read(session, actor, case.id, LATER)


async def _complaint(desk: Desk, session: AsyncSession) -> Case:
    """A record about a doctor's office, studied by that very agency."""
    case = await desk.received(session, matter=PHONED)
    await desk.steps.triage.classify(
        session, RECEIVER, case.id, Said(case.classification, accused="bacsi"), NOW, "nói rõ người"
    )
    return await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=HEALTH)


@pytest.mark.parametrize("actor", [OTHER, replace(OTHER, id="bacsi")])
async def test_the_agency_complained_about_studies_masked_words_and_never_sees_who_wrote(
    database: UnitOfWork, actor: Actor
) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _complaint(desk, session)
        seen = await desk.steps.reading.open(session, actor, case.id, LATER)
        history = await desk.steps.reading.history(session, actor, case.id, LATER)
        with pytest.raises(NotAllowedError, match="may not see who sent 1/2026"):
            await desk.steps.reading.see_sender(session, actor, case.id, LATER)
        assert (await desk.log.of(session, case.id))[-1].entry.action is Action.TAKE
    assert (seen.matter.text, seen.matter.dossier_code, seen.receipt) == ("Gọi … không ai nghe.", "", "")
    assert {(told.why, len(told.details)) for told in history} == {("", 0)}


async def test_steps_give_no_more_than_reading_does(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await _complaint(desk, session)
        held = await desk.steps.handling.hold(session, OTHER, case.id, "Chờ giải trình", LATER)
    assert held.status is Status.INSUFFICIENT_BASIS
    assert "0901234567" not in held.matter.text


async def test_a_unit_sees_who_wrote_about_a_rule_that_it_handles(database: UnitOfWork) -> None:
    desk = Desk()
    async with database.write() as session:
        case = await desk.received(session, matter=PHONED, suggested=RULE)
        await desk.steps.triage.take(session, RECEIVER, case.id, LATER, unit=HEALTH)
        assert (await desk.steps.reading.see_sender(session, OTHER, case.id, LATER)).sender.phone
        assert (await desk.steps.reading.open(session, OTHER, case.id, LATER)).matter == PHONED
        first, taken, _ = await desk.steps.reading.history(session, OTHER, case.id, LATER)
        assert taken.details
        digests = desk.register.originals(session)
        bound = {one.digest async for one in digests}
        assert len(bound) == 2
        assert not bound & set(first.details.values()), "by a digest of few words they could be guessed"
        assert bound <= set((await desk.log.of(session, case.id))[0].details.values())


async def test_who_asked_for_deletion_is_seen_by_the_registers_keepers_alone(database: UnitOfWork) -> None:
    desk = Desk()
    handler = replace(HANDLER, unit=RECEIVER.unit)
    async with database.write() as session:
        case = await desk.received(session, suggested=RULE)
        assert await desk.steps.reading.see_sender(session, handler, case.id, LATER)
        await session.execute(update(sender).values(restricted_at=NOW))
        with pytest.raises(NotAllowedError):
            await desk.steps.reading.see_sender(session, handler, case.id, LATER)
        assert await desk.steps.reading.see_sender(session, RECEIVER, case.id, LATER)


async def test_the_talk_beside_a_record_is_for_who_may_see_its_sender_and_ends_with_a_request_for_deletion(
    database: UnitOfWork,
) -> None:
    desk, where = Desk(), Address("web", "default", "one")
    async with database.write() as session:
        case = await desk.taken(session, where=where, suggested=RULE)
        reading = desk.steps.reading
        assert await reading.conversation(session, HANDLER, case.id, LATER) == where
        assert await reading.conversation(session, APPROVER, case.id, LATER) is None
        with pytest.raises(NoSuchRecordError):
            await reading.conversation(session, OTHER, case.id, LATER)
        await session.execute(update(sender).values(restricted_at=LATER))
        assert await reading.conversation(session, HANDLER, case.id, LATER) is None
