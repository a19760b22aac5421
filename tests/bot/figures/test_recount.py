"""Days counted from what is kept: by hand, twice, and late."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.delivery.cipher import AesGcmCipher
from bot.delivery.tables import inbox, outbox
from bot.dossiers.rating.store import RatingStore
from bot.dossiers.tables import dossier, dossier_change
from bot.feedback.dossiers_store import DossiersOfPeriod
from bot.figures import counting_store as store
from bot.figures.grade_store import GradeCounts
from bot.figures.post_store import forget_asked
from bot.figures.recount import OPEN_LATE, Recount
from bot.figures.tables import dossier_day, filed_day, papers_day, post_day, reply_day, sent_day, talk_day
from bot.figures.waits import BOUNDS
from bot.postal.asked import Topic
from bot.postal.asked_store import note_asked
from bot.postal.asked_tables import postal_asked
from bot.unit_of_work import UnitOfWork
from feedback.log_store import LogStore
from feedback.reports.counting_days import CountsDays
from tests.bot.dossiers.records import dossier_store
from tests.feedback.fakes import OpenSeals

GRADES = GradeCounts(dossier_store(), RatingStore(AesGcmCipher("e" * 40), "s" * 40))
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)
HOUR = timedelta(hours=1)
PLACE = {"channel": "web", "account": "a", "conversation": "c"}


def work(database: UnitOfWork, at: datetime = NOW) -> Recount:
    register = CountsDays(LogStore(OpenSeals()), database.read, database.write)
    return Recount.over(database, register, GRADES, lambda: at)


async def rows(database: UnitOfWork, table: Any, grain: str = "d") -> list[tuple[Any, ...]]:
    """What is kept, without the grain."""
    async with database.read() as session:
        kept = (await session.execute(select(table).order_by(*table.primary_key))).mappings()
        return [tuple(v for k, v in row.items() if k != "grain") for row in kept if row.get("grain", grain) == grain]


def message(number: int, at: datetime, outcome: str | None, state: str = "done") -> dict[str, Any]:
    return {
        **PLACE,
        "id": number,
        "message_id": str(number),
        "received_at": at,
        "state": state,
        "recoveries": 0,
        "outcome": outcome,
    }


def reply(number: int, to: int, at: datetime, state: str = "held") -> dict[str, Any]:
    return {**PLACE, "key": f"{to}.{number}", "inbox_id": to, "created_at": at, "state": state, "attempts": 0}


def made(code: str, ended: datetime | None, due: datetime | None, **more: Any) -> dict[str, Any]:
    row = {
        "code": code,
        "level1": "H48",
        "source": "s",
        "status": 9 if ended else 4,
        "procedure_code": "1.1",
        "unit": "Phường A",
    }
    row |= {
        "received_at": NOW,
        "due_at": due,
        "ended_at": ended,
        "as_of": NOW,
        "revision": 1,
        "changed_at": NOW,
        "sample": False,
    }
    return row | {"body": b"", "contact": None} | more


async def test_the_talk_of_a_day_is_counted_by_channel_and_what_each_message_came_to(database: UnitOfWork) -> None:
    outcomes = ["answered", "details_missing", "choose", "declined", "not_in_catalogue", "other_flow", None]
    async with database.write() as session:
        await session.execute(insert(inbox), [message(at, NOW, one) for at, one in enumerate(outcomes, 1)])
        quick, slow = NOW + timedelta(seconds=0.45), NOW + timedelta(seconds=9)
        await session.execute(
            insert(outbox), [reply(0, 1, quick), reply(1, 1, slow), reply(0, 2, slow), reply(0, 3, quick, "dead")]
        )
    await work(database).once()
    talk = {row[0]: row[2:7] for row in await rows(database, talk_day)}
    assert talk[TODAY] == (7, 2, 1, 2, 0)
    waits = await rows(database, reply_day)
    assert [(row[2], row[3]) for row in waits] == [(BOUNDS.index(0.5), 1), (BOUNDS.index(10.0), 1)]
    assert [row[2:5] for row in await rows(database, sent_day)] == [(3, 0, 1)]


async def test_what_was_answered_later_is_counted_again_and_older_days_stay(database: UnitOfWork) -> None:
    old = NOW - timedelta(days=20)
    async with database.write() as session:
        await session.execute(insert(inbox), [message(1, old, "answered"), message(2, NOW, None, "new")])
    await work(database).once()
    async with database.write() as session:
        await session.execute(inbox.delete().where(inbox.c.id == 1))
        await session.execute(update(inbox).where(inbox.c.id == 2).values(state="done", outcome="choose"))
    again = work(database, NOW + HOUR)
    await again.once()
    talk = {row[0]: row[2:7] for row in await rows(database, talk_day)}
    assert talk == {TODAY - timedelta(days=20): (1, 1, 0, 0, 0), TODAY: (1, 0, 1, 0, 0)}


async def test_dossiers_are_counted_by_unit_as_in_the_report_and_late_news_too(database: UnitOfWork) -> None:
    before, after = NOW - HOUR, NOW + HOUR
    given = [made("A-1", NOW, after), made("A-2", NOW, before), made("A-3", NOW, None), made("A-4", None, before)]
    given += [made("A-5", NOW, before, sample=True), made("A-6", NOW, before, unit=None)]
    async with database.write() as session:
        await session.execute(insert(dossier), given)
    recount = work(database)
    await recount.once()
    assert await rows(database, dossier_day) == [(TODAY, "", 1, 1, 0), (TODAY, "Phường A", 3, 1, 1)]
    async with database.read() as session:
        ratings: Any = type("NoRatings", (), {"of": staticmethod(_none)})()
        told = await DossiersOfPeriod(ratings).count(session, "", NOW - HOUR, NOW + HOUR)
        assert (told.total, told.overdue) == (4, 2)
        assert (await store.marked(session, OPEN_LATE))[0] == 1
    async with database.write() as session:
        await session.execute(
            update(dossier).where(dossier.c.code == "A-4").values(ended_at=NOW - 40 * 24 * HOUR, status=9)
        )
    await work(database, NOW + 2 * HOUR).once()
    assert (TODAY - timedelta(days=40), "Phường A", 1, 0, 0) in await rows(database, dossier_day)
    november, october = date(2026, 11, 1), date(2026, 10, 1)
    months = [(october, "Phường A", 1, 0, 0), (november, "", 1, 1, 0), (november, "Phường A", 3, 1, 1)]
    assert await rows(database, dossier_day, "m") == months


async def _none(*_: Any) -> dict[str, Any]:
    return {}


async def test_papers_asked_for_again_are_told_apart(database: UnitOfWork) -> None:
    change = {"code": "A-1", "at": NOW, "from_status": 2, "to_status": 5, "kind": "supplement", "due_at": None}
    async with database.write() as session:
        await session.execute(insert(dossier), [made("A-1", None, None), made("A-2", NOW, None)])
        lines = [
            change | {"revision": 2},
            change | {"revision": 4},
            change | {"code": "A-2", "revision": 2, "kind": "refused"},
        ]
        await session.execute(insert(dossier_change), lines)
    await work(database).once()
    assert await rows(database, papers_day) == [(TODAY, "1.1", 2, 1, 1, 0)]


async def test_dossiers_are_counted_by_procedure_and_how_they_were_filed(database: UnitOfWork) -> None:
    yesterday, day = NOW - 24 * HOUR, TODAY - timedelta(days=1)
    given = [
        made("A-1", NOW, NOW - HOUR, channel=3, received_at=yesterday),
        made("A-2", NOW, NOW + HOUR, channel=3),
        made("A-3", NOW, None, channel=1),
        made("A-4", None, None, channel=3, procedure_code="2.2"),
        made("A-5", NOW, NOW, channel=3, sample=True),
    ]
    async with database.write() as session:
        for one in given:
            await session.execute(insert(dossier), [one])
    recount = work(database)
    await recount.once()
    assert await rows(database, filed_day) == [
        (day, "1.1", 1, 0, 0, 0, 1, 0, 0, 0),
        (TODAY, "1.1", 2, 3, 1, 1, 1, 2, 1, 0),
        (TODAY, "2.2", 1, 0, 0, 0, 1, 0, 0, 0),
    ]
    november = date(2026, 11, 1)
    assert await rows(database, filed_day, "m") == [
        (november, "1.1", 3, 3, 1, 1, 2, 2, 1, 0),
        (november, "2.2", 1, 0, 0, 0, 1, 0, 0, 0),
    ]
    assert await rows(database, filed_day, "t") == [
        (day, "", 1, 0, 0, 0, 1, 0, 0, 0),
        (TODAY, "", 3, 3, 1, 1, 2, 2, 1, 0),
    ]


async def test_what_is_asked_of_the_post_is_counted_by_day_in_vietnam(database: UnitOfWork) -> None:
    late = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)  # one o'clock at night, of the 26th
    async with database.write() as session:
        for topic, code, at in ((Topic.PRICE, "1.1", NOW), (Topic.PRICE, "1.1", late), (Topic.REQUEST, "", NOW)):
            await note_asked(session, topic, code, at)
    for _ in range(2):
        await work(database).once()
        assert await rows(database, post_day) == [(TODAY, "", "request", 1), (TODAY, "1.1", "price", 2)]
        assert await rows(database, post_day, "t") == [(TODAY, "", "price", 2), (TODAY, "", "request", 1)]


async def count_post_of(database: UnitOfWork, *moments: datetime) -> None:
    """Count some days of the post anew, as the work does with every day."""
    async with database.write() as session:
        for day in {moment.date() for moment in moments}:
            counted = await store.count_post(session, day)
            if not await store.is_kept(session, day, counted):
                await store.keep(session, day, counted)


async def test_single_questions_about_the_post_go_once_their_day_is_counted_and_the_counts_stay(
    database: UnitOfWork,
) -> None:
    old, young, uncounted = (NOW - timedelta(days=days) for days in (91, 90, 100))
    async with database.write() as session:
        for at in (old, old, young):
            await note_asked(session, Topic.PRICE, "1.1", at)
    await count_post_of(database, old, young)
    counted = await rows(database, post_day)
    assert [row[3] for row in counted] == [2, 1]
    async with database.write() as session:
        await note_asked(session, Topic.PRICE, "1.1", uncounted)
        assert await forget_asked(session, NOW, timedelta(days=90)) == 2
    async with database.read() as session:
        left = set(await session.scalars(select(postal_asked.c.day)))
    assert left == {young.date(), uncounted.date()}
    await count_post_of(database, old, young, uncounted)
    kept = await rows(database, post_day)
    assert len(kept) == 3
    assert set(counted) < set(kept), "counting anew takes nothing from days whose questions went"
    async with database.write() as session:
        assert await forget_asked(session, NOW, timedelta(days=90)) == 1
        assert await forget_asked(session, NOW, timedelta(days=90)) == 0


async def test_two_processes_may_count_at_once(database: UnitOfWork) -> None:
    async with database.write() as session:
        await session.execute(insert(inbox), [message(number, NOW, "answered") for number in range(1, 40)])
        await session.execute(
            insert(dossier), [made(f"A-{number}", NOW, NOW, unit=f"U{number}") for number in range(30)]
        )
    await asyncio.gather(*(work(database).once() for _ in range(3)))
    assert [row[2] for row in await rows(database, talk_day)] == [39]
    assert len(await rows(database, dossier_day)) == len(await rows(database, dossier_day, "m")) == 30
