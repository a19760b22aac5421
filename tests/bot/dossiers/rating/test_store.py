"""Keeping ratings and grading by them, on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating import store as store_module
from bot.dossiers.rating.answers import CHANGEABLE, Agencies, Answers, Attitude, Contacts
from bot.dossiers.rating.grade import Index
from bot.dossiers.rating.grading import Grading
from bot.dossiers.rating.rules import load_rule
from bot.dossiers.rating.store import Rated, RatingStore, ended_between
from bot.dossiers.rating.tables import dossier_rating, dossier_rating_day
from bot.dossiers.rating.times import times_of
from bot.dossiers.record import Status
from bot.unit_of_work import UnitOfWork
from feedback.working_time.zone import here
from tests.bot.dossiers.records import BASE, CODE, OTHER, dossier_store
from tests.bot.messages import NOW, ref

STORE = RatingStore(AesGcmCipher("e" * 40), "s" * 40)
ME = ref()
GOOD = Answers(Contacts.NONE, Agencies.ONE, Attitude.GOOD)
BAD = Answers(Contacts.MORE, Agencies.MORE, Attitude.BAD)


async def rate(
    database: UnitOfWork,
    answers: Answers,
    days: int = 0,
    comment: str = "",
    at: Ref = ME,
    code: str = CODE,
) -> bool:
    async with database.write() as session:
        return await STORE.rate(session, at, Rated(code, answers, comment), NOW + timedelta(days=days))


async def test_a_dossier_has_one_rating_that_may_be_changed_for_a_week(database: UnitOfWork) -> None:
    assert await rate(database, GOOD)
    assert await rate(database, BAD, CHANGEABLE.days - 1)
    assert not await rate(database, GOOD, CHANGEABLE.days)
    async with database.read() as session:
        assert await STORE.of(session, [CODE, OTHER]) == {CODE: BAD}
        assert await STORE.first_at(session, CODE) == NOW
        assert await STORE.first_at(session, OTHER) is None


async def test_ratings_are_counted_by_the_day_of_their_last_change(database: UnitOfWork) -> None:
    await rate(database, GOOD)
    await rate(database, GOOD, code=OTHER)
    await rate(database, BAD, 1)
    day = here(NOW).date()
    async with database.read() as session:
        rows = await session.execute(select(dossier_rating_day).where(dossier_rating_day.c.count != 0))
        counted = sorted(map(tuple, rows))
    assert counted == [(day, "good", 1), (day + timedelta(days=1), "bad", 1)]


async def test_a_rating_tells_of_no_dossier_and_no_person_and_comments_are_masked(database: UnitOfWork) -> None:
    await rate(database, GOOD, comment="gọi 0905 123 456 không ai nghe, căn cước 001099012345")
    async with database.read() as session:
        rows = [tuple(row) for row in await session.execute(select(dossier_rating))]
        comments = await STORE.comments(session, NOW)
    assert CODE not in repr(rows)
    assert "nghe" not in repr(rows)
    assert "không ai nghe" in comments[0]
    assert "123 456" not in comments[0]
    assert "012345" not in comments[0]


async def test_who_wants_to_be_forgotten_leaves_answers_of_nobody(database: UnitOfWork) -> None:
    await rate(database, GOOD, comment="chậm")
    await rate(database, GOOD, comment="nhanh", at=ref("c2"), code=OTHER)
    async with database.write() as session:
        assert len(await STORE.describe(session, ref())) == 1
        await STORE.erase(session, ref(), 1)
        assert await STORE.describe(session, ref()) == []
        assert await STORE.comments(session, NOW) == ["nhanh"]
        assert set(await STORE.of(session, [CODE, OTHER])) == {CODE, OTHER}
        assert await STORE.forget(session, NOW + timedelta(days=1)) == 1
        assert await STORE.comments(session, NOW) == []


async def test_units_are_graded_by_what_ended_in_the_time(database: UnitOfWork) -> None:
    ended = replace(BASE, status=Status.DONE, due_at=NOW, ended_at=NOW - timedelta(days=1), slips=(), steps=())
    late = replace(ended, code=OTHER, ended_at=NOW + timedelta(days=1), unit="Xã Khác")
    early = replace(ended, code="H48.30.02-261117-0005", ended_at=NOW - timedelta(days=90))
    sample = replace(ended, code="H48.30.02-261117-0006", sample=True)
    async with database.write() as session:
        await dossier_store().put(session, "file", [(one, NOW) for one in (ended, late, early, sample)])
    await rate(database, GOOD)
    grading = Grading(dossier_store(), STORE, load_rule(date(2026, 11, 26)), {BASE.unit: {Index.PUBLICATION: 2}})
    since, until = NOW - timedelta(days=30), NOW + timedelta(days=30)
    async with database.read() as session:
        found = await grading.grades(session, since, until)
        one = await grading.grades(session, since, until, "xã")
    assert list(one) == ["Xã Khác"]
    assert list(found) == sorted([BASE.unit, "Xã Khác"])
    mine, theirs = found[BASE.unit], found["Xã Khác"]
    assert (mine.dossiers, mine.rated, theirs.dossiers, theirs.rated) == (1, 1, 1, 0)
    assert mine.missing == (Index.AGENCY_TIME, Index.ONE_STOP, Index.FEEDBACK, Index.ONLINE)
    assert mine.total == 2 + 2 + 1 + 2 + 2
    assert mine.grade is None
    assert theirs.averages == {Index.TOTAL_TIME: 0}


def test_days_are_those_of_vietnam() -> None:
    evening = NOW.replace(hour=18)
    times = times_of(replace(BASE, due_at=evening, ended_at=evening))
    assert times.due == times.ended == date(2026, 11, 23)


async def test_each_dossier_of_a_time_is_given_once_however_many_end_together(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "AT_ONCE", 2)
    kept = dossier_store()
    ends = {1: 3, 2: 1, 3: 1, 4: 1, 5: 2, 6: 9}
    many = [
        replace(BASE, code=f"H48.30.02-261117-000{one}", status=Status.DONE, ended_at=NOW + timedelta(hours=hours))
        for one, hours in ends.items()
    ]
    async with database.write() as session:
        await kept.put(session, "file", [(one, NOW) for one in many])
    async with database.read() as session:
        pages = [page async for page in ended_between(session, kept, NOW, NOW + timedelta(hours=9))]
    assert [[one.code[-1] for one in page] for page in pages] == [["2", "3"], ["4", "5"], ["1"]]
