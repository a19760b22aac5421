"""Ratings of answers count themselves by day, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.dialogue.effects import Rate
from bot.rating.store import note_rating
from bot.rating.tables import answer_rating_day
from bot.unit_of_work import UnitOfWork
from feedback.working_time.zone import here
from tests.bot.messages import NOW


async def test_ratings_are_counted_by_day_and_by_what_they_say(database: UnitOfWork) -> None:
    for days, useful in ((0, True), (0, False), (1, True), (1, True)):
        async with database.write() as session:
            await note_rating(session, Rate("1.001193", ("fee",), useful), "web", NOW + timedelta(days=days))
    async with database.read() as session:
        counted = sorted(map(tuple, await session.execute(select(answer_rating_day))))
    day = here(NOW).date()
    assert counted == [(day, False, 1), (day, True, 1), (day + timedelta(days=1), True, 2)]
