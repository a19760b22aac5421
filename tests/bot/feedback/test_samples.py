"""Sample feedback: every state, made by the real steps, in the past, told to nobody, and never after what is real."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.feedback.sample_words import SampleWords, load_sample_words
from bot.feedback.samples import LONGEST, Loaded, Samples
from bot.unit_of_work import UnitOfWork
from feedback.keeping_store import KeepingStore
from feedback.office import Office, Policy
from feedback.publication.item import Query
from feedback.publication.service import Publishing
from feedback.publication.store import PublicationStore
from feedback.record import Book, Status
from feedback.suggesting import NamedProcedure
from feedback.tables import event, record
from feedback.transitions import Action
from feedback.verifying import verify
from feedback.working_time.loading import load_working_time
from nlu.catalogue.starter import load_starter
from tests.feedback.desk import OFFICE, Desk
from tests.feedback.fakes import OpenSeals, SimpleWords
from tests.feedback.records import NOW, submission

on_sqlite = pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)


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


@on_sqlite
async def test_every_state_is_there_marked_and_sound_and_nobody_is_told(
    database: UnitOfWork, words: SampleWords
) -> None:
    desk = Desk(Office())
    assert await samples(words, desk).load(database, NOW) == Loaded(sum(len(one.steps) for one in words.records))
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


def few(words: SampleWords) -> SampleWords:
    """Four samples, of which one is published and one is merged into the third."""
    first, *rest = words.records
    merged = next(one for one in rest if Action.MERGE in one.steps)
    into = words.records[merged.into]
    return replace(words, records=(first, rest[0], into, replace(merged, into=2)))


class Killed(BaseException):
    """The process ends here."""


async def told(database: UnitOfWork) -> list[tuple[str, datetime]]:
    async with database.read() as session:
        assert not [one async for one in verify(session, Desk(Office()).log)]
        rows = await session.execute(select(event.c.action, event.c.at).order_by(event.c.seq))
        return [(row.action, row.at) for row in rows]


async def killed_after(steps: int, made: Samples, database: UnitOfWork) -> None:
    left = iter(range(steps - 1))

    async def pause(seconds: float) -> None:
        if next(left, None) is None:
            raise Killed

    with pytest.raises(Killed):
        await made.load(database, NOW, pause)


async def test_a_start_that_was_killed_is_taken_up_by_the_next_one_without_doubles_and_as_of_the_same_day(
    database: UnitOfWork, words: SampleWords
) -> None:
    made = samples(few(words), Desk(Office()))
    all_steps = len(made.turns(NOW.date()))
    await killed_after(3, made, database)
    assert len(await told(database)) == 3
    await killed_after(4, made, database)
    loaded = await made.load(database, NOW + timedelta(days=5))
    assert loaded == Loaded(all_steps - 4)
    done = await told(database)
    assert [at for action, at in done if action != Action.ASSESS] == [one.at for one in made.turns(NOW.date())]
    assert await made.load(database, NOW + timedelta(days=6)) == Loaded()
    assert await told(database) == done


@on_sqlite
async def test_what_somebody_sends_meanwhile_stands_between_them(database: UnitOfWork, words: SampleWords) -> None:
    desk = Desk(Office())
    made = samples(few(words), desk)
    await killed_after(2, made, database)
    async with database.write() as session:
        await desk.steps.intake.receive(session, submission(), NOW)
    assert await made.load(database, NOW) == Loaded(len(made.turns(NOW.date())) - 2)
    async with database.read() as session:
        by_number = select(record.c.sample).order_by(record.c.number)
        assert (await session.scalars(by_number)).all() == [True, True, False, True, True]
    await told(database)


@on_sqlite
async def test_samples_that_were_begun_long_ago_are_left_as_they_are(database: UnitOfWork, words: SampleWords) -> None:
    made = samples(few(words), Desk(Office()))
    await killed_after(2, made, database)
    assert await made.load(database, NOW + timedelta(days=LONGEST + 4)) == Loaded()


async def test_two_processes_that_load_at_once_make_each_step_once(database: UnitOfWork, words: SampleWords) -> None:
    ones = [samples(few(words), Desk(Office())) for _ in range(2)]
    async with asyncio.TaskGroup() as group:
        loading = [group.create_task(made.load(database, NOW)) for made in ones]
    all_steps = len(ones[0].turns(NOW.date()))
    assert sum(task.result().steps for task in loading) == all_steps
    assert len([action for action, _ in await told(database) if action != Action.ASSESS]) == all_steps


@on_sqlite
async def test_where_an_office_does_not_allow_a_step_that_sample_stands_where_it_came(
    database: UnitOfWork, words: SampleWords
) -> None:
    reopened = next(one for one in words.records if Action.REOPEN in one.steps)
    office = Office(policy=Policy(reopen_days=0))
    made = samples(replace(words, records=(words.records[0], reopened)), Desk(office), office)
    loaded = await made.load(database, NOW)
    assert loaded.refused == 1
    done = [action for action, _ in await told(database)]
    assert Action.REOPEN not in done
    assert Action.PUBLISH in done


@on_sqlite
async def test_they_are_not_emptied_like_practice_which_tells_of_people(
    database: UnitOfWork, words: SampleWords
) -> None:
    desk = Desk(Office())
    await samples(few(words), desk).load(database, NOW)
    keeping = KeepingStore(OpenSeals(), desk.log, Office().policy)
    async with database.write() as session:
        assert await keeping.forget(session, NOW) == 0


@on_sqlite
async def test_after_what_somebody_sent_there_are_none(database: UnitOfWork, words: SampleWords) -> None:
    desk = Desk(Office())
    async with database.write() as session:
        await desk.steps.intake.receive(session, submission(), NOW)
    assert await samples(words, desk).load(database, NOW) == Loaded()


@on_sqlite
async def test_an_office_that_receives_for_real_gets_none(database: UnitOfWork, words: SampleWords) -> None:
    assert await samples(words, Desk(OFFICE), OFFICE).load(database, NOW) == Loaded()


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
