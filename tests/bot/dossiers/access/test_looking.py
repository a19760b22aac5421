"""Looking dossiers up: what nobody in particular is told, how often, and what is recorded of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.dossiers.access.limits import Amounts
from bot.dossiers.access.tables import lookup
from bot.dossiers.desk import LookOutcome
from bot.dossiers.disclosure import Stage
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import KNOWN, UNKNOWN, Counter, asker


def code(number: int, day: str = "261117") -> str:
    return f"H48.30.02-{day}-{number:04}"


@pytest.fixture
def counter(database: UnitOfWork) -> Counter:
    return Counter(database)


async def test_nobody_in_particular_is_told_how_far_it_is_and_nothing_else(counter: Counter) -> None:
    look = await counter.desk.look(asker(), KNOWN)
    assert look.outcome is LookOutcome.TOLD
    assert look.coarse is not None
    assert look.coarse.stage is Stage.IN_HAND
    assert look.shown is None
    assert look.as_of == counter.source.as_of


async def test_an_unknown_code_and_a_source_that_is_down_are_told_apart(counter: Counter) -> None:
    assert (await counter.desk.look(asker(), UNKNOWN)).outcome is LookOutcome.UNKNOWN
    counter.source.down = True
    look = await counter.desk.look(asker(), KNOWN)
    assert (look.outcome, look.down, look.coarse) == (LookOutcome.DOWN, True, None)


async def test_ten_codes_a_day_and_the_same_one_as_often_as_one_likes(counter: Counter) -> None:
    for number in range(10):
        assert (await counter.desk.look(asker(), code(number))).outcome is not LookOutcome.LIMITED
    assert (await counter.desk.look(asker(), code(3))).outcome is not LookOutcome.LIMITED
    look = await counter.desk.look(asker(), code(11))
    assert look.outcome is LookOutcome.LIMITED
    assert look.until is not None
    counter.time.pass_to(look.until)
    assert (await counter.desk.look(asker(), code(11))).outcome is not LookOutcome.LIMITED


async def test_a_code_that_is_refused_is_never_asked_of_the_source(counter: Counter) -> None:
    counter = Counter(counter.database, amounts=Amounts(codes_a_day=1))
    await counter.desk.look(asker(), code(1))
    await counter.desk.look(asker(), code(2))
    assert counter.source.asked == [code(1)]


async def test_those_who_ask_side_by_side_get_no_more(counter: Counter) -> None:
    looks = await asyncio.gather(*(counter.desk.look(asker(), code(number)) for number in range(16)))
    assert sum(look.outcome is LookOutcome.LIMITED for look in looks) == 6


async def test_a_network_has_its_own_limit_whatever_new_conversations_are_made(database: UnitOfWork) -> None:
    counter = Counter(database, amounts=Amounts(source_codes_a_day=3))
    looks = [await counter.desk.look(asker(str(n), source="cafe"), code(n)) for n in range(5)]
    assert [look.outcome is LookOutcome.LIMITED for look in looks] == [False, False, False, True, True]
    assert (await counter.desk.look(asker("x", source="home"), code(9))).outcome is not LookOutcome.LIMITED


async def test_the_web_as_a_whole_has_a_limit_that_other_channels_do_not_feel(database: UnitOfWork) -> None:
    counter = Counter(database, amounts=Amounts(open_codes_an_hour=2))
    looks = [await counter.desk.look(asker(str(n), source=str(n)), code(n)) for n in range(3)]
    assert [look.outcome is LookOutcome.LIMITED for look in looks] == [False, False, True]
    assert (await counter.desk.look(asker("t", "telegram"), code(7))).outcome is not LookOutcome.LIMITED


async def test_what_was_refused_for_the_network_is_not_counted_for_the_person(database: UnitOfWork) -> None:
    counter = Counter(database, amounts=Amounts(codes_a_day=2, source_codes_a_day=1))
    await counter.desk.look(asker(source="cafe"), code(1))
    await counter.desk.look(asker(source="cafe"), code(2))
    assert (await counter.desk.look(asker(source="home"), code(3))).outcome is not LookOutcome.LIMITED


async def test_every_look_is_recorded_and_names_neither_code_nor_person(counter: Counter) -> None:
    await counter.desk.look(asker("visible"), KNOWN)
    await counter.desk.look(asker("visible"), UNKNOWN)
    async with counter.database.read() as session:
        rows = (await session.execute(select(lookup).order_by(lookup.c.id))).all()
    assert [(row.channel, row.level, row.outcome) for row in rows] == [("web", 0, "told"), ("web", 0, "unknown")]
    assert all(len(row.person) == len(row.code) == 32 for row in rows)
    assert rows[0].person == rows[1].person


async def test_whether_one_can_prove_oneself_depends_on_the_place_alone(database: UnitOfWork) -> None:
    counter = Counter(database)
    counter.desk._rules = replace(counter.rules, page_address="")
    assert not (await counter.desk.look(asker(), KNOWN)).provable
    assert not (await counter.desk.look(asker(), UNKNOWN)).provable
    assert (await counter.desk.look(asker(channel="telegram"), KNOWN)).provable
