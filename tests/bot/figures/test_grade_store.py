"""Draft grades counted by day come to those of each single dossier, whatever happens to dossiers and ratings meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select, update

from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.rating.answers import Agencies, Answers, Attitude, Contacts
from bot.dossiers.rating.grade import Graded, graded
from bot.dossiers.rating.grading import Grading
from bot.dossiers.rating.rules import load_rule
from bot.dossiers.rating.store import Rated, RatingStore
from bot.dossiers.record import Record, Status, Step
from bot.dossiers.tables import UNGRADED, UNIT_LENGTH, dossier
from bot.figures import grade_store, reading_store, recount
from bot.figures.counting_store import marked, starts
from bot.figures.grade_store import GradeCounts
from bot.figures.recount import GRADES, Recount
from bot.figures.tables import grade_day
from bot.unit_of_work import UnitOfWork
from feedback.log_store import LogStore
from feedback.reports.counting_days import CountsDays
from tests.bot.dossiers.records import BASE, dossier_store
from tests.feedback.fakes import OpenSeals

NOW = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
"""Half an hour before midnight in Vietnam."""
TODAY = date(2026, 11, 26)
RULE = load_rule(TODAY)
STORE, RATINGS = dossier_store(), RatingStore(AesGcmCipher("e" * 40), "s" * 40)
UNITS = ("", "Phường A", "Phường B", "Sở " + "dài " * UNIT_LENGTH)
ENDS = (Status.DONE, Status.RETURNED, Status.REFUSED, Status.WITHDRAWN)
ALL = (date(2025, 1, 1), TODAY)
PERIODS = ((TODAY, TODAY), (date(2026, 10, 1), TODAY), (date(2026, 10, 17), date(2026, 11, 20)), ALL)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _counting_anew_forty_days_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recount, "DAYS", ((recount.OFTEN, 40),))


@dataclass
class House:
    """A database in which dossiers end, change and are rated by chance."""

    database: UnitOfWork
    chance: Random
    at: datetime = NOW
    held: dict[str, Record] = field(default_factory=dict)

    async def tell(self, many: int) -> None:
        """Let a source tell of some dossiers, known ones among them."""
        given = [self._record() for _ in range(many)]
        self.held |= {one.code: one for one in given}
        async with self.database.write() as session:
            await STORE.put(session, "file", [(one, self.at) for one in given])

    async def rate(self, many: int) -> None:
        """Let applicants rate some of the dossiers, or think better of it."""
        for code in self.chance.sample(sorted(self.held), many):
            answers = Answers(*(self.chance.choice(list(kind)) for kind in (Contacts, Agencies, Attitude)))
            async with self.database.write() as session:
                await RATINGS.rate(session, Ref("web", "a", code), Rated(code, answers), self.at)

    def begun(self) -> Recount:
        """Begin a process that counts."""
        register = CountsDays(LogStore(OpenSeals()), self.database.read, self.database.write)
        return Recount.over(self.database, register, GradeCounts(STORE, RATINGS), lambda: self.at)

    async def count(self) -> None:
        """Count what is due, in a process that begins now."""
        await self.begun().once()

    async def both(self, since: date, until: date) -> tuple[dict[str, Graded], dict[str, Graded]]:
        """Return the grades of a period: as counted, and of each dossier."""
        after = until + timedelta(days=1)
        async with self.database.read() as session:
            tallies = await reading_store.tallies(session, since, after)
            slow = await Grading(STORE, RATINGS, RULE, {}).grades(session, starts(since), starts(after))
        return {name: graded(one, {}, RULE) for name, one in tallies.items()}, dict(slow)

    def _record(self) -> Record:
        chance = self.chance
        over = chance.random() < 0.8
        ended = chance.choice((None, self.at - HOUR * chance.randrange(24 * 36), self.at - HOUR * 24 * 500))
        due = chance.choice((None, (ended or self.at) + timedelta(hours=chance.randrange(-40, 40))))
        steps = tuple(
            Step("Tư pháp", due_at=chance.choice((None, self.at)), ended_at=self.at + HOUR * chance.randrange(-30, 30))
            for _ in range(chance.randrange(3))
        )
        return replace(
            BASE,
            code=f"H48.30.02-261117-{chance.randrange(60):04}",
            status=chance.choice(ENDS) if over else Status.IN_PROGRESS,
            unit=chance.choice(UNITS),
            due_at=due,
            ended_at=ended if over else None,
            steps=steps,
            sample=chance.random() < 0.05,
        )


async def test_counted_grades_are_those_of_each_dossier_however_dossiers_and_ratings_change(
    database: UnitOfWork,
) -> None:
    house = House(database, Random(1))
    for _ in range(3):
        await house.tell(40)
        await house.rate(10)
        await house.count()
        # The first count holds every day, later ones those that are counted anew.
        for period in PERIODS if house.at == NOW else PERIODS[:3]:
            counted, slow = await house.both(*period)
            assert counted == slow
            assert slow or period == PERIODS[0]
        house.at += HOUR * 25


async def test_what_an_older_program_kept_is_worked_out_once_and_counts_alike(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade_store, "AT_ONCE", 7)
    house = House(database, Random(5))
    await house.tell(50)
    async with database.write() as session:
        await session.execute(update(dossier).values(total_points=None, agency_points=None))
    await house.count()
    counted, slow = await house.both(*ALL)
    assert counted == slow
    async with database.read() as session:
        left = await session.scalars(select(dossier.c.ended_at).where(dossier.c.total_points.is_(None)))
        assert set(left) <= {None}
        assert (await marked(session, GRADES))[1] == NOW


async def test_a_dossier_that_cannot_be_opened_counts_without_its_days_and_stops_nothing(database: UnitOfWork) -> None:
    house = House(database, Random(6))
    await house.tell(30)
    broken = {"total_points": None, "agency_points": None, "body": b"?"}
    async with database.write() as session:
        await session.execute(update(dossier).where(dossier.c.unit == "Phường A").values(broken))
    await house.count()
    async with database.read() as session:
        found = await reading_store.tallies(session, *ALL)
    assert found["Phường A"].dossiers > 0
    assert found["Phường A"].known.total() == 0
    assert found["Phường B"].known.total() > 0


async def test_dossiers_without_points_are_opened_once_a_day_and_not_at_each_count(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recount, "DAYS", ((recount.OFTEN, 2), (recount.DAILY, 3)))
    house = House(database, Random(9))
    await house.tell(20)
    running = house.begun()
    for later, opened in ((0, True), (1, False), (25, True)):
        house.at = NOW + later * HOUR
        async with database.write() as session:
            await session.execute(update(dossier).values(total_points=None, agency_points=None))
        await running.once()
        async with database.read() as session:
            left = await session.scalar(select(func.count()).where(UNGRADED).select_from(dossier))
        assert (left == 0) is opened, later


async def test_points_that_a_source_changed_meanwhile_are_not_overwritten(database: UnitOfWork) -> None:
    house = House(database, Random(7))
    await house.tell(20)
    code = next(code for code, one in house.held.items() if one.ended_at and one.due_at and not one.sample)
    async with database.write() as session:
        before = await session.scalar(select(dossier.c.total_points).where(dossier.c.code == code))
        await grade_store.keep_points(session, [{"at_code": code, "total_points": 9, "agency_points": 9}])
        assert await session.scalar(select(dossier.c.total_points).where(dossier.c.code == code)) == before


async def test_counting_again_changes_no_row(database: UnitOfWork) -> None:
    house = House(database, Random(8))
    await house.tell(30)
    kept = []
    for _ in range(2):
        await house.count()
        async with database.read() as session:
            kept.append((await session.execute(select(grade_day).order_by(*grade_day.primary_key))).all())
    assert kept[0] == kept[1]
    assert kept[0]
