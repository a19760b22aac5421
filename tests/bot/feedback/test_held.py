"""What a sender is told and may have deleted, and what the law keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.contract import Ref
from bot.feedback.held import HeldFeedback
from bot.privacy.ports import KeepsByLaw
from bot.unit_of_work import UnitOfWork
from feedback.actor import CITIZEN
from feedback.attachments.kinds import MediaKind
from feedback.attachments.store import Attachment, AttachmentStore, ScanState
from feedback.draft_store import DraftStore
from feedback.keeping_store import TRIAL_DAYS, KeepingStore
from feedback.log import faults
from feedback.log_store import LogStore, Movement
from feedback.office import Policy
from feedback.record import Address, Book, Status
from feedback.register_rows import Placing
from feedback.register_store import RegisterStore
from feedback.similar_store import SimilarStore
from feedback.tables import record, sender
from feedback.transitions import Action
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission
from tests.feedback.test_asking import DESK

ME = Ref("web", "default", "somebody")
REGISTER, LOG = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords()), LogStore(OpenSeals())
PLACE = Placing("H48.1", Status.RECEIVED)


def keeping(**policy: int) -> KeepingStore:
    return KeepingStore(OpenSeals(), LOG, Policy(**policy))


HELD = HeldFeedback(keeping(), DESK, lambda: NOW)


@pytest.fixture
async def filled(database: UnitOfWork) -> UnitOfWork:
    """One record in the register, one of practice, one of somebody else."""
    async with database.write() as session:
        for given in (
            submission(),
            submission(book=Book.TRIAL),
            submission(where=Address("web", "default", "other")),
        ):
            case = await REGISTER.enter(session, given, PLACE, NOW)
            moved = Movement(Action.SUBMIT, None, Status.RECEIVED, why="gửi")
            await LOG.append(session, case.id, CITIZEN, moved, NOW)
    return database


async def test_everything_kept_is_told(filled: UnitOfWork) -> None:
    async with filled.read() as session:
        told = {one.key: (dict(one.values), bool(one.kept_because)) for one in await HELD.describe(session, ME)}
        assert await HELD.describe(session, Ref("web", "default", "nobody")) == []
    assert told == {
        "utter_held_feedback": ({"count": "1"}, True),
        "utter_held_feedback_practice": ({"count": "1"}, False),
    }


async def test_the_register_stays_and_serves_the_law_alone(filled: UnitOfWork) -> None:
    assert isinstance(HELD, KeepsByLaw)
    async with filled.write() as session:
        await HELD.erase(session, ME, 1)
        await HELD.restrict(session, ME, NOW)
        await HELD.restrict(session, ME, NOW + timedelta(days=1))
    async with filled.read() as session:
        assert [one.key for one in await HELD.describe(session, ME)] == ["utter_held_feedback"]
        found = (
            await session.execute(
                select(record.c.book, record.c.masked, sender.c.restricted_at)
                .join(sender, sender.c.record == record.c.id)
                .order_by(record.c.id)
            )
        ).all()
        assert [(row.masked != "", row.restricted_at) for row in found] == [(True, NOW), (False, None), (True, None)]
        entries = [told.entry async for told in LOG.opened(session)]
    assert [entry.action for entry in entries].count(Action.RESTRICT) == 1
    assert list(faults(entries)) == []


async def test_practice_goes_by_its_age(filled: UnitOfWork) -> None:
    async with filled.write() as session:
        assert await keeping().forget(session, NOW + timedelta(days=TRIAL_DAYS)) == 0
        assert await keeping().forget(session, NOW + timedelta(days=TRIAL_DAYS + 1)) == 1
        assert await keeping().forget(session, NOW + timedelta(days=TRIAL_DAYS + 2)) == 0


async def test_samples_stay_however_old_they_are_made(filled: UnitOfWork) -> None:
    async with filled.write() as session:
        await session.execute(record.update().values(sample=True))
        assert await keeping().forget(session, NOW + timedelta(days=TRIAL_DAYS + 1)) == 0


async def test_ended_records_lose_words_and_sender_only_after_the_years_that_the_office_named(
    filled: UnitOfWork,
) -> None:
    async with filled.write() as session:
        await session.execute(record.update().values(status=Status.DECIDED, ended_at=NOW))
        later = NOW + timedelta(days=366 * 5 + 1)
        await keeping().forget(session, later)
        words = select(record.c.masked).where(record.c.book == Book.REGISTER)
        assert "" not in (await session.scalars(words)).all()
        await keeping(keep_years=5).forget(session, later)
        assert set((await session.scalars(words)).all()) == {""}
        case = await REGISTER.get(session, 1)
        assert (await REGISTER.sender(session, case)).sender.name == ""
        assert case.matter.text == ""


async def test_a_draft_goes_with_its_files_and_so_do_files_of_drafts_that_are_gone(filled: UnitOfWork) -> None:
    drafts, files, me = DraftStore(OpenSeals()), AttachmentStore(OpenSeals()), Address("web", "default", "somebody")
    kept = Attachment("a" * 32, "x.png", MediaKind.PNG, 1, bytes(32), ScanState.PENDING, NOW, draft="d1")
    async with filled.write() as session:
        await drafts.begin(session, "d1", me, "1", (NOW, NOW + timedelta(days=7)))
        await files.add(session, kept)
        await files.add(session, replace(kept, id="b" * 32, draft="gone"))
        await HELD.erase(session, ME, 0)
        assert await drafts.get(session, "d1", NOW) is None
        assert await files.known(session, ["a" * 32, "b" * 32]) == {"b" * 32}
        await keeping().forget(session, NOW + timedelta(hours=1))
        assert await files.known(session, ["b" * 32]) == {"b" * 32}, "its sender may be sending just now"
        await keeping().forget(session, NOW + timedelta(days=2))
        assert await files.known(session, ["b" * 32]) == frozenset()


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_who_objects_is_told_of_no_public_item_any_more(filled: UnitOfWork) -> None:
    items, me = SimilarStore(), Address("web", "default", "somebody")
    async with filled.write() as session:
        for who in (me, Address("web", "default", "other")):
            await items.follow(session, 3, who, "vi", NOW)
        await HELD.restrict(session, ME, NOW)
        assert [one.where.conversation for one in await items.followers(session, 3)] == ["other"]
