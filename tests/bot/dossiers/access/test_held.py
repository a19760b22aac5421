"""Being told what is kept, and having it erased: the owner of a dossier still sees when it was looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.app.access import Access, forget_access
from bot.dossiers.access.desk import Rules
from bot.dossiers.access.settings import AccessSettings
from bot.dossiers.access.tables import alert, asked, challenge, lookup, metadata
from bot.dossiers.desk import LookOutcome, Proof
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import ALONE, KNOWN, PAGE, Counter, asker
from tests.bot.dossiers.access.test_looking import code

RIGHT = "5678"


@pytest.fixture
def counter(database: UnitOfWork) -> Counter:
    return Counter(database, Rules(ALONE, PAGE))


async def erase(counter: Counter, conversation: str) -> None:
    async with counter.database.write() as session:
        await counter.held.erase(session, asker(conversation).ref, keep=0)


async def described(counter: Counter, conversation: str) -> list[tuple[str, str]]:
    async with counter.database.read() as session:
        held = await counter.held.describe(session, asker(conversation).ref)
    return [(one.key, one.values["count"]) for one in held]


async def test_what_is_kept_is_told_and_is_gone_once_erased(counter: Counter) -> None:
    assert await described(counter, "a") == []
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    await counter.desk.look(asker(), KNOWN)
    assert await described(counter, "a") == [("utter_held_access", "1"), ("utter_held_lookups", "1")]
    await erase(counter, "a")
    assert await described(counter, "a") == []
    assert (await counter.desk.look(asker(), KNOWN)).shown is None


async def test_the_owner_still_sees_when_somebody_looked_who_had_themselves_erased(counter: Counter) -> None:
    await counter.desk.look(asker("stranger"), KNOWN)
    await erase(counter, "stranger")
    await counter.desk.prove(asker("owner"), KNOWN, RIGHT)
    seen = await counter.desk.seen(asker("owner"), KNOWN)
    assert seen is not None
    assert len(seen) == 1
    async with counter.database.read() as session:
        assert (await session.execute(select(lookup.c.person))).scalar_one() is None
        assert await session.scalar(select(func.count()).select_from(asked)) == 0


async def test_asking_to_be_forgotten_is_no_way_around_the_limits(counter: Counter) -> None:
    for n in range(10):
        await counter.desk.look(asker(), code(n))
    for n in range(3):
        await counter.desk.prove(asker(), KNOWN, f"900{n}")
    await erase(counter, "a")
    assert (await counter.desk.look(asker(), code(11))).outcome is LookOutcome.LIMITED
    assert (await counter.desk.prove(asker(), KNOWN, RIGHT)).proof is Proof.WAIT


async def test_everything_goes_after_its_time(counter: Counter) -> None:
    for n in range(8):
        await counter.desk.look(asker(), code(n))
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    counter.desk._rules = Rules(counter.rules.agencies.__class__(()), PAGE)
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    parts = Access(
        counter.desk,
        counter.held,
        counter.stores,
        counter.facts,
        counter.limits,
        counter.rules,
        counter.amounts,
        counter.counting,
        counter.alerts,
        counter.database,
        counter.time.clock,
    )
    settings = AccessSettings(lookup_days=30, alert_days=60)
    now = counter.time.clock()

    async def left(days: int) -> dict[str, int]:
        async with counter.database.write() as session:
            await forget_access(parts, settings, session, now + timedelta(days=days))
            tables = metadata.tables.values()
            return {t.name: await session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}

    assert (await left(0))[challenge.name] == 1
    kept = await left(29)
    assert (kept[lookup.name], kept[alert.name]) == (8, 2)
    assert sum(kept.values()) == 10
    assert (await left(31))[lookup.name] == 0
    assert sum((await left(61)).values()) == 0
