"""The weekly summary: once a week, by day, only where it is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply, Template
from bot.delivery.errors import ChannelOffError
from bot.dossiers.organisations.digest import AT_ONCE, Digests
from bot.dossiers.organisations.store import Digest
from bot.unit_of_work import UnitOfWork
from tests.bot.dialogue_house import TEXTS
from tests.bot.dossiers.organisations.houses import LATE, RECORDS, House, make_house
from tests.bot.dossiers.records import dossier_store
from tests.bot.messages import NOW, ref

WEEK = timedelta(days=7)
MONDAY = NOW.replace(day=23, hour=2)
"""Nine o'clock in Vietnam; ``NOW`` is the Sunday before."""


@dataclass
class Week:
    """A clock, and what was said."""

    house: House
    now: datetime = MONDAY
    said: dict[str, tuple[Ref, Reply]] = field(default_factory=dict)
    off: frozenset[str] = frozenset()

    async def notify(self, session: AsyncSession, to: Ref, reply: Reply, key: str, template: Template | None) -> bool:
        if to.channel in self.off:
            raise ChannelOffError(to.channel)
        assert len(key) <= 56
        assert template is not None
        assert key not in self.said
        self.said[key] = (to, reply)
        return True

    def digests(self) -> Digests:
        return Digests(self.house.asking, self.house.database, TEXTS, self.notify, lambda: self.now)

    async def wish(self, at: Ref, *, on: bool = True, when: datetime = NOW, language: str = "vi") -> None:
        async with self.house.database.write() as session:
            await self.house.asking.store.set_digest(session, at, Digest(on, language), when)


@pytest.fixture
async def week(database: UnitOfWork) -> Week:
    return Week(await make_house(database))


async def test_it_comes_once_a_week_from_the_week_after_the_wish(week: Week) -> None:
    await week.house.link()
    await week.wish(ref())
    assert [await week.digests().look() for _ in range(2)] == [1, 0]
    (to, reply), *_ = week.said.values()
    assert to == ref()
    assert "Công ty Mẫu" in reply.text
    assert LATE in reply.text
    assert reply.choices[-1].id == "do:orgdigest:stop"
    week.now += WEEK
    assert await week.digests().look() == 1


async def test_who_wished_for_it_this_week_waits_for_the_next(week: Week) -> None:
    await week.house.link()
    await week.wish(ref(), when=MONDAY)
    assert await week.digests().look() == 0


@pytest.mark.parametrize("hour", [14, 20, 0])
async def test_nobody_is_written_to_in_the_evening_or_at_night(week: Week, hour: int) -> None:
    await week.house.link()
    await week.wish(ref())
    week.now = MONDAY.replace(hour=hour)
    assert await week.digests().look() == 0


async def test_it_stops_with_the_wish_the_link_or_the_token(week: Week) -> None:
    places = [ref(f"c{number}") for number in range(3)]
    for one in places:
        await week.house.link(one)
        await week.wish(one, language="en")
    await week.wish(places[0], on=False)
    async with week.house.database.write() as session:
        await week.house.asking.store.unlink(session, places[1])
    assert await week.digests().look() == 1
    (to, reply), *_ = week.said.values()
    assert to == places[2]
    assert "weekly summary" in reply.text
    week.now += WEEK
    await week.house.issue(week.house.number)
    assert await week.digests().look() == 0


async def test_many_are_sent_in_several_transactions_each_once(week: Week) -> None:
    for number in range(AT_ONCE * 2 + 1):
        await week.house.link(ref(f"c{number}"))
        await week.wish(ref(f"c{number}"))
    assert await week.digests().look() == AT_ONCE * 2 + 1
    assert len(week.said) == AT_ONCE * 2 + 1


async def test_a_channel_that_is_off_is_passed_over(week: Week) -> None:
    await week.house.link()
    await week.wish(ref())
    week.off = frozenset({"web"})
    assert await week.digests().look() == 0
    assert week.said == {}


async def test_an_organisation_without_dossiers_is_told_nothing(database: UnitOfWork) -> None:
    week = Week(await make_house(database, records=()))
    await week.house.link()
    await week.wish(ref())
    assert await week.digests().look() == 0


async def test_dossiers_that_cannot_be_opened_are_told_in_the_log_without_their_codes(
    database: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    week = Week(await make_house(database, records=()))
    async with database.write() as session:
        await dossier_store("another key " * 4).put(session, "file", [(RECORDS[0], NOW)])
    await week.house.link()
    await week.wish(ref())
    assert await week.digests().look() == 0
    assert "cannot be opened" in caplog.text
    assert RECORDS[0].code not in caplog.text


async def test_a_look_that_fails_is_tried_again(week: Week, caplog: pytest.LogCaptureFixture) -> None:
    class Enough(Exception):
        pass

    async def fails() -> int:
        raise OSError("away")

    async def sleep(_: float) -> None:
        raise Enough

    digests = week.digests()
    object.__setattr__(digests, "look", fails)
    with pytest.raises(Enough):
        await digests.run(sleep)
    assert "tried again" in caplog.text
