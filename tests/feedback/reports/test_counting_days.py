"""The days of a period add up to the report's numbers, however often and late they are counted."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from bot.unit_of_work import UnitOfWork
from feedback.record import Book
from feedback.reports import daily_store
from feedback.reports.counting import tally, total
from feedback.reports.counting_days import CountsDays
from feedback.reports.daily import FLOWS, STANDING, day_of
from feedback.reports.story import Period
from feedback.reports.story_store import stories
from feedback.working_time.zone import here
from tests.feedback.desk import Desk
from tests.feedback.records import NOW
from tests.feedback.reports.test_story_store import DAY, _busy_month, timed

START = here(NOW).date()


def counter(database: UnitOfWork, desk: Desk) -> CountsDays:
    return CountsDays(desk.log, database.read, database.write)


async def counted(database: UnitOfWork, since: date, until: date) -> Counter[str]:
    found: Counter[str] = Counter()
    async with database.read() as session:
        for one in await daily_store.by_unit_and_category(session, Book.REGISTER, since, until):
            found.update(one.counts)
    return +found


async def reported(database: UnitOfWork, desk: Desk, since: date, until: date) -> Counter[str]:
    period = Period(day_of(since).since, day_of(until).since)
    async with database.read() as session:
        told = [story async for story in stories(session, desk.log, Book.REGISTER, period)]
    counts = total(tally(told, period))
    return Counter({name: counts[name] for name in FLOWS if counts.get(name)})


async def test_days_add_up_to_the_report_and_counting_again_changes_nothing(database: UnitOfWork) -> None:
    desk, since, until = timed(), START - DAY, START + 50 * DAY
    async with database.write() as session:
        await _busy_month(session, desk)
    work = counter(database, desk)
    while await work.page():
        pass
    first = await counted(database, since, until)
    assert first["handled"] == 3
    assert first == await reported(database, desk, since, until)
    assert not await work.page()
    async with database.write() as session:
        # As if the marks were lost: every record is counted once more.
        await session.execute(daily_store.mark.update().values(seq=0))
    while await work.page():
        pass
    assert await counted(database, since, until) == first
    async with database.read() as session:
        book = Book.REGISTER
        assert await daily_store.standing(session, book, until) == sum(
            first[name] * sign for name, sign in STANDING.items()
        )
        assert await daily_store.took(session, book, since, until) == {8: 1, 10: 1, 35: 1}
        assert await daily_store.by_unit_and_category(session, Book.TRIAL, since, until) == []
        assert await daily_store.agencies_and_fields(session) == (["H48.1"], [])
        some = [one.seq async for one in desk.log.between(session, NOW + 8 * DAY, NOW + 10 * DAY)]
        every = [told.entry async for told in desk.log.opened(session)]
        assert some == [one.seq for one in every if NOW + 8 * DAY <= one.at < NOW + 10 * DAY] != []


async def test_any_part_of_the_month_adds_up(database: UnitOfWork) -> None:
    desk = timed()
    async with database.write() as session:
        await _busy_month(session, desk)
    work = counter(database, desk)
    while await work.page():
        pass
    for since, until in ((-1, 11), (9, 10), (11, 42), (5, 70), (-300, 400)):
        first, last = START + since * DAY, START + until * DAY
        assert await counted(database, first, last) == await reported(database, desk, first, last) != Counter()


async def test_a_step_that_comes_later_is_counted_then_and_overdue_ones_as_in_the_report(database: UnitOfWork) -> None:
    desk, work = timed(), None
    async with database.write() as session:
        await _busy_month(session, desk)
    work = counter(database, desk)
    while await work.page():
        pass
    at = NOW + timedelta(days=60)
    async with database.write() as session:
        await desk.steps.own.withdraw(session, 3, NOW + 55 * DAY)
    assert await work.page()
    assert (await counted(database, START + 55 * DAY, START + 56 * DAY)) == {"withdrawn": 1}
    async with database.read() as session:
        late = await daily_store.overdue(session, Book.REGISTER, at)
        told = [story async for story in stories(session, desk.log, Book.REGISTER, Period(NOW, at))]
    assert sum(late.values()) == total(tally(told, Period(NOW, at)))["in_process_late"] == 1


async def test_who_counts_what_somebody_else_counted_meanwhile_changes_nothing(database: UnitOfWork) -> None:
    desk = timed()
    async with database.write() as session:
        await _busy_month(session, desk)
        assert not await daily_store.put(session, 5, 9, {})
        assert await daily_store.counted_up_to(session) == 0
