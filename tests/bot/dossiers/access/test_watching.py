"""What is watched already is told in full once the same conversation proves to be the applicant's."""

from __future__ import annotations

import pytest

from bot.dossiers.access.desk import Rules
from bot.dossiers.disclosure import Level
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import ALONE, KNOWN, NONE, PAGE, Counter, asker

RIGHT = "5678"


async def watching(counter: Counter, who: str = "a", channel: str = "web") -> None:
    async with counter.database.write() as session:
        ref = asker(who, channel).ref
        await counter.watches.start(session, ref, KNOWN, int(Level.NOBODY), counter.time.clock())


async def level(counter: Counter, who: str = "a", channel: str = "web") -> Level:
    async with counter.database.read() as session:
        [watched] = await counter.watches.of(session, asker(who, channel).ref)
    return watched.level


async def by_code(counter: Counter) -> None:
    tried = await counter.desk.prove(asker(), KNOWN, RIGHT)
    await counter.post.round()
    assert await level(counter) is Level.NOBODY
    await counter.type(tried.page, counter.sender.sent[0][1])


async def by_fact(counter: Counter) -> None:
    await counter.desk.prove(asker(), KNOWN, RIGHT)


@pytest.mark.parametrize(("agencies", "proves", "phone"), [(NONE, by_code, True), (ALONE, by_fact, False)])
async def test_a_proof_raises_the_watch_of_its_conversation_alone(
    database: UnitOfWork, agencies: object, proves: object, phone: bool
) -> None:
    counter = Counter(database, Rules(agencies, PAGE))  # type: ignore[arg-type]
    await watching(counter)
    await watching(counter, "stranger")
    await proves(counter)  # type: ignore[operator]
    assert await level(counter) is Level.APPLICANT
    assert await level(counter, "stranger") is Level.NOBODY
    assert (await counter.desk.look(asker(), KNOWN)).phone_proven is phone
    async with database.write() as session:
        await counter.watches.lower(session, asker().ref)
    assert await level(counter) is Level.NOBODY


async def test_a_shared_contact_raises_it_too_and_a_strangers_does_not(database: UnitOfWork) -> None:
    counter = Counter(database)
    await watching(counter, channel="telegram")
    me = asker(channel="telegram")
    await counter.desk.prove(me, KNOWN, RIGHT)
    for phone, raised in (("84911111111", Level.NOBODY), ("84912345678", Level.APPLICANT)):
        await counter.desk.prove_by_contact(me, phone, own=True)
        assert await level(counter, channel="telegram") is raised
