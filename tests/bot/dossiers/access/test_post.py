"""Sending one-time codes in the background: nothing important is lost or doubled."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.dossiers.access.challenge_store import LEASE, State
from bot.dossiers.access.tables import challenge
from bot.dossiers.ports import Sighting
from bot.unit_of_work import UnitOfWork
from nlu.codes import DossierCode
from tests.bot.dossiers.access.desks import KNOWN, UNKNOWN, Counter, asker
from tests.fakes.known_dossiers import FakeCodeSender

RIGHT = "5678"


@pytest.fixture
def counter(database: UnitOfWork) -> Counter:
    return Counter(database)


class Killed(BaseException):
    """The end of a process."""


class Dying(FakeCodeSender):
    """Sends, and then the process dies before it can note so."""

    dead = False

    async def send(self, phone: str, code: str, key: str) -> bool:
        sent = await super().send(phone, code, key)
        if not self.dead:
            self.dead = True
            raise Killed
        return sent


async def later(counter: Counter, **how_much: float) -> None:
    counter.time.pass_to(counter.time.clock() + timedelta(**how_much))


async def test_what_a_dead_process_left_is_sent_again_with_the_same_code(database: UnitOfWork) -> None:
    counter = Counter(database, sender=Dying())
    tried = await counter.desk.prove(asker(), KNOWN, RIGHT)
    with pytest.raises(Killed):
        await counter.post.round()
    assert await counter.post.round() == 0
    counter.time.pass_to(counter.time.clock() + LEASE)
    assert await counter.post.round() == 1
    first, second = counter.sender.sent
    assert first == second
    assert len(set(counter.sender.keys)) == 1
    assert (await counter.type(tried.page, first[1])).state == "done"


async def test_what_was_sent_is_not_sent_again(counter: Counter) -> None:
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    assert sorted(await asyncio.gather(*(counter.post.round() for _ in range(3)))) == [0, 0, 1]
    await later(counter, minutes=5)
    assert await counter.post.round() == 0
    assert len(counter.sender.sent) == 1


async def test_a_gateway_that_refuses_is_asked_again_a_few_times(counter: Counter) -> None:
    counter.sender.refusals = 2
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    for _ in range(3):
        await counter.post.round()
        await later(counter, seconds=30)
    assert len(counter.sender.sent) == 1

    counter.sender.refusals = 99
    await counter.desk.prove(asker("b"), KNOWN, RIGHT)
    for _ in range(20):
        await counter.post.round()
        await later(counter, seconds=20)
    assert counter.sender.refusals == 99 - 5


async def test_a_source_that_is_away_for_a_moment_delays_the_code(counter: Counter) -> None:
    counter.source.down = True
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    assert await counter.post.round() == 0
    counter.source.down = False
    await later(counter, seconds=10)
    assert await counter.post.round() == 1


async def test_one_that_cannot_be_looked_at_does_not_hold_up_the_others(counter: Counter) -> None:
    find = counter.source.find

    async def faulty(code: DossierCode) -> Sighting:
        if code.text == UNKNOWN:
            raise ZeroDivisionError
        return await find(code)

    counter.source.find = faulty  # type: ignore[method-assign]
    for code in (UNKNOWN, KNOWN):
        await counter.desk.prove(asker(code), code, RIGHT)
    assert await counter.post.round() == 1


async def test_a_telephone_does_not_ring_all_day(counter: Counter) -> None:
    for n in range(40):
        await counter.desk.prove(asker(str(n), source=str(n)), KNOWN, RIGHT)
        await counter.post.round()
        await later(counter, seconds=30)
    assert len(counter.sender.sent) <= 7


async def test_nothing_is_sent_once_it_expired(counter: Counter) -> None:
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    await later(counter, minutes=10)
    assert await counter.post.round() == 0


async def test_hit_and_miss_are_both_finished_in_one_round(counter: Counter) -> None:
    for code in (KNOWN, UNKNOWN):
        await counter.desk.prove(asker(code), code, RIGHT)
    await counter.post.round()
    async with counter.database.read() as session:
        rows = (await session.execute(select(challenge).order_by(challenge.c.id))).all()
    assert [(row.state, row.matched) for row in rows] == [(State.DONE, True), (State.DONE, False)]


async def test_the_work_goes_on_after_a_fault(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    pauses: list[float] = []

    class EnoughError(Exception):
        pass

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise EnoughError

    async def broken() -> int:
        raise ZeroDivisionError

    counter.post.round = broken  # type: ignore[method-assign]
    with pytest.raises(EnoughError):
        await counter.post.run(sleep)
    assert len(pauses) == 2
    assert "tried again" in caplog.text
