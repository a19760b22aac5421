"""The dossiers of a period, counted for the forecast of indicator 5.4."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating.answers import Agencies, Answers, Attitude, Contacts
from bot.dossiers.rating.store import Rated, RatingStore
from bot.dossiers.record import Record, Status
from bot.feedback import dossiers_store
from bot.feedback.dossiers_store import DossiersOfPeriod
from bot.unit_of_work import UnitOfWork
from feedback.ports import DossierCounts
from tests.bot.dossiers.records import dossier_store, record
from tests.bot.messages import NOW

DAY = timedelta(days=1)
SINCE, UNTIL = NOW - 30 * DAY, NOW
RATINGS = RatingStore(AesGcmCipher("e" * 40), "s" * 40)
COUNTS = DossiersOfPeriod(RATINGS)


def ended(
    number: int, *, days_ago: float = 5, late: bool = False, unit: str = "H48.30.02", sample: bool = False
) -> Record:
    """A dossier that ended so many days ago."""
    end = NOW - days_ago * DAY
    due = end - DAY if late else end + DAY
    return record(f"{unit}-261101-{number:04}", Status.DONE, due_at=due, ended_at=end, sample=sample)


async def keep(session: AsyncSession, *records: Record) -> None:
    await dossier_store().put(session, "test", [(one, NOW) for one in records])


async def rate(session: AsyncSession, code: str, attitude: Attitude) -> None:
    answers = Answers(Contacts.ONE, Agencies.ONE, attitude)
    await RATINGS.rate(session, Ref("web", "default", code), Rated(code, answers), NOW)


async def test_only_what_ended_in_the_period_is_counted_and_no_sample(database: UnitOfWork) -> None:
    async with database.write() as session:
        await keep(
            session,
            ended(1, days_ago=30),
            ended(2, late=True),
            ended(3, days_ago=30.01),
            ended(4, days_ago=0),
            ended(5, sample=True),
            record("H48.30.02-261101-0006"),
        )
        assert await COUNTS.count(session, "", SINCE, UNTIL) == DossierCounts(2, 1, 0)


async def test_who_disliked_a_late_one_is_counted_once_as_late(database: UnitOfWork) -> None:
    async with database.write() as session:
        late, bad, good = ended(1, late=True), ended(2), ended(3)
        await keep(session, late, bad, good)
        await rate(session, late.code, Attitude.BAD)
        await rate(session, bad.code, Attitude.BAD)
        await rate(session, good.code, Attitude.GOOD)
        assert await COUNTS.count(session, "", SINCE, UNTIL) == DossierCounts(3, 1, 1)


async def test_an_agency_has_its_own_and_those_below_it_alone(database: UnitOfWork) -> None:
    async with database.write() as session:
        await keep(
            session, ended(1, unit="H48.30"), ended(2), ended(3, unit="H48.3"), ended(4, unit="H48.31", late=True)
        )
        assert await COUNTS.count(session, "H48.30", SINCE, UNTIL) == DossierCounts(2, 0, 0)
        assert await COUNTS.count(session, "H48", SINCE, UNTIL) == DossierCounts(4, 1, 0)
        assert await COUNTS.count(session, "H4_", SINCE, UNTIL) == DossierCounts(0, 0, 0)


async def test_long_periods_are_read_page_by_page(database: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossiers_store, "_PAGE", 2)
    async with database.write() as session:
        await keep(session, *(ended(number, late=number % 2 == 0) for number in range(1, 7)))
        assert await COUNTS.count(session, "", SINCE, UNTIL) == DossierCounts(6, 3, 0)


async def test_a_dossier_without_an_appointment_is_never_late(database: UnitOfWork) -> None:
    async with database.write() as session:
        await keep(session, record("H48.30.02-261101-0001", Status.DONE, due_at=None, ended_at=NOW - DAY))
        assert await COUNTS.count(session, "", SINCE, UNTIL) == DossierCounts(1, 0, 0)
