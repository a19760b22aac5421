"""Old texts of the review list go by themselves, and a database that is away does not end that."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.forgetting import PAUSE, Days, forget_questions, keep_forgetting
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.learning.review import Reason, Sighting
from nlu.learning.store import WAITING, ReviewStore
from tests.factories import NOW


class Enough(Exception):
    """Ends the endless work."""


async def texts(database: UnitOfWork) -> list[str]:
    """Read what is left."""
    async with database.read() as session:
        return [one.text for one in await ReviewStore(session).find(WAITING)]


async def test_what_was_not_met_for_so_many_days_goes(database: UnitOfWork) -> None:
    async with database.write() as session:
        await ReviewStore(session).note(Sighting("cũ", Reason.DECLINED), NOW - timedelta(days=181))
        await ReviewStore(session).note(Sighting("mới", Reason.DECLINED), NOW - timedelta(days=179))
    assert await forget_questions(database, 180, NOW) == 1
    assert await texts(database) == ["mới"]


async def test_other_old_things_are_deleted_in_one_transaction(database: UnitOfWork) -> None:
    asked: list[datetime] = []

    async def forget(session: AsyncSession, now: datetime) -> int:
        asked.append(now)
        return len(asked)

    async def sleep(_: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        await keep_forgetting(database, Days(180, 30, 30), (forget, forget), lambda: NOW, sleep)
    assert asked == [NOW, NOW]


async def test_it_goes_on_after_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise Enough

    without_tables = UnitOfWork(open_engine("sqlite://"))
    with pytest.raises(Enough):
        await keep_forgetting(without_tables, Days(180, 30, 30), (), lambda: NOW, sleep)
    await without_tables.close()
    assert pauses == [PAUSE, PAUSE]
    assert "could not be deleted (OperationalError)" in caplog.text
    assert "no such table" not in caplog.text
