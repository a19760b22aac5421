"""Sample feedback: every state, made by the real steps, in the past, told to nobody, and never beside what is real."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.feedback.sample_words import SampleWords, load_sample_words
from bot.feedback.samples import Samples
from bot.unit_of_work import UnitOfWork
from feedback.office import Office
from feedback.publication.item import Query
from feedback.publication.service import Publishing
from feedback.publication.store import PublicationStore
from feedback.record import Book, Status
from feedback.suggesting import NamedProcedure
from feedback.tables import event, record
from feedback.verifying import verify
from feedback.working_time.loading import load_working_time
from nlu.catalogue.starter import load_starter
from tests.feedback.desk import OFFICE, Desk
from tests.feedback.fakes import SimpleWords
from tests.feedback.records import NOW, submission


class AnyProcedure:
    """A catalogue with every procedure."""

    async def procedure(self, code: str) -> NamedProcedure | None:
        return NamedProcedure(code, f"Thủ tục {code}", "Hộ tịch")


@pytest.fixture(scope="module")
def words() -> SampleWords:
    return load_sample_words()


def samples(words: SampleWords, desk: Desk, office: Office | None = None) -> Samples:
    publishing = Publishing(PublicationStore(SimpleWords()), desk.register, desk.steps.answering)
    calendar = load_working_time().hours().calendar
    return Samples(words, desk.steps, publishing, AnyProcedure(), office or Office(), calendar)


async def test_every_state_is_there_marked_and_sound_and_nobody_is_told(
    database: UnitOfWork, words: SampleWords
) -> None:
    desk = Desk(Office())
    assert await samples(words, desk).load(database, NOW) == len(words.records)
    async with database.read() as session:
        assert not [one async for one in verify(session, desk.log)]
    async with database.read() as session:
        rows = (await session.execute(select(record.c.status, record.c.sample, record.c.book))).all()
        moments = (await session.execute(select(event.c.at).order_by(event.c.seq))).scalars().all()
        page = await PublicationStore(SimpleWords()).page(session, Query(), size=50)
    states = Counter(Status(row.status) for row in rows)
    assert states.keys() == set(Status)
    assert all(row.sample and row.book == Book.TRIAL for row in rows)
    assert list(moments) == sorted(moments)
    assert moments[-1] < NOW
    assert len(page.items) == states[Status.PUBLISHED] == 12
    assert all(item.sample for item in page.items)
    assert not desk.heard.notices
    assert not desk.posted.mails


async def test_a_second_time_loads_nothing(database: UnitOfWork, words: SampleWords) -> None:
    made = samples(words, Desk(Office()))
    await made.load(database, NOW)
    assert await made.load(database, NOW) == 0


async def test_beside_what_somebody_sent_there_are_none(database: UnitOfWork, words: SampleWords) -> None:
    desk = Desk(Office())
    async with database.write() as session:
        await desk.steps.intake.receive(session, submission(), NOW)
    assert await samples(words, desk).load(database, NOW) == 0


async def test_an_office_that_receives_for_real_gets_none(database: UnitOfWork, words: SampleWords) -> None:
    assert await samples(words, Desk(OFFICE), OFFICE).load(database, NOW) == 0


@pytest.mark.parametrize("day", ["2026-02-20", "2026-05-03", "2027-01-01", "2026-11-22"])
def test_on_any_day_every_step_lies_in_the_past(words: SampleWords, day: str) -> None:
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    turns = samples(words, Desk(Office())).turns(midnight.date())
    assert all(turn.at < midnight for turn in turns)
    for place, told in enumerate(words.records):
        assert [turn.action for turn in turns if turn.place == place] == list(told.steps)


def test_the_procedures_are_those_of_the_starter_catalogue(words: SampleWords) -> None:
    known = {one.code for one in load_starter()[0]}
    assert {one.procedure for one in words.records if one.procedure} <= known
