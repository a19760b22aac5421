"""What an organisation is told of its dossiers, and of nobody else's; on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.dossiers.organisations.asking import API, Limits
from bot.dossiers.organisations.overview import Group
from bot.dossiers.organisations.ports import LINKED_FOR, Asked
from bot.dossiers.organisations.store import Issued
from bot.dossiers.organisations.tables import organisation, organisation_file, organisation_link
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.organisations.houses import (
    CALM,
    ENDED,
    FOREIGN,
    LATE,
    RECORDS,
    SOON,
    SUPPLEMENT,
    UNKNOWN,
    make_house,
)
from tests.bot.messages import NOW, ref

ALL = [(LATE, "late"), (SUPPLEMENT, "supplement"), (SOON, "due_soon"), (CALM, "on_time"), (ENDED, "ended")]


async def test_no_codes_stand_for_all_of_the_organisations_dossiers_the_most_urgent_first(database: UnitOfWork) -> None:
    house = await make_house(database)
    assert await house.link()
    told = await house.asking.ask(ref(), (), "vi", NOW)
    assert told.outcome is Asked.TOLD
    assert [(row.code, row.group.value) for row in told.overview.rows] == ALL
    assert [row.code for row in told.overview.urgent] == [LATE, SUPPLEMENT, SOON]
    assert told.overview.rows[0].days == -5


async def test_other_peoples_dossiers_and_unknown_ones_look_the_same(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    told = await house.asking.ask(ref(), (FOREIGN, UNKNOWN, LATE, FOREIGN), "vi", NOW)
    others = [row for row in told.overview.rows if row.group is Group.OTHER]
    assert [row.code for row in others] == [FOREIGN, UNKNOWN]
    assert {(row.shown, row.days, row.as_of) for row in others} == {(None, None, None)}
    assert [code for code, _ in house.lookups.noted] == [LATE]


async def test_every_look_is_noted_for_the_owner_with_its_channel(database: UnitOfWork) -> None:
    house = await make_house(database)
    owner = await house.asking.by_token(house.token)
    assert owner is not None
    await house.asking.ask_by_token(owner, (SOON,), NOW)
    assert house.lookups.noted == [(SOON, API)]


async def test_units_narrow_what_is_seen(database: UnitOfWork) -> None:
    house = await make_house(database)
    for units, seen in (("H48", 5), ("H48.30", 5), ("H48.3", 0), ("H15", 0)):
        async with database.write() as session:
            await session.execute(organisation.update().values(units=units))
        owner = await house.asking.by_token(house.token)
        assert owner is not None
        assert len((await house.asking.ask_by_token(owner, (), NOW)).overview.rows) == seen


async def test_units_narrow_codes_of_the_old_layout_in_the_same_way(database: UnitOfWork) -> None:
    house = await make_house(database, records=[replace(RECORDS[0], code="000.00.16.H48-261117-0100")])
    for units, seen in (("H48", 1), ("H48.16", 1), ("000.00.16.H48", 1), ("H48.17", 0), ("H16", 0)):
        async with database.write() as session:
            await session.execute(organisation.update().values(units=units))
        owner = await house.asking.by_token(house.token)
        assert owner is not None
        assert len((await house.asking.ask_by_token(owner, (), NOW)).overview.rows) == seen, units


async def test_a_conversation_without_a_link_is_told_nothing(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    for where, when in ((ref("c2"), NOW), (ref(), NOW + LINKED_FOR)):
        assert (await house.asking.ask(where, (LATE,), "vi", when)).outcome is Asked.NOT_LINKED
    assert house.lookups.noted == []


async def test_another_token_ends_links_and_tables_at_once(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    told = await house.asking.ask(ref(), (), "vi", NOW)
    secret = told.address.rsplit("/", 1)[1]
    assert await house.asking.fetched(secret, NOW) is not None
    await house.issue(house.number)
    assert await house.asking.linked(ref(), NOW) is None
    assert await house.asking.fetched(secret, NOW) is None
    assert await house.asking.owner_of(house.token) is None


async def test_a_revoked_token_opens_nothing_any_more(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    async with database.write() as session:
        assert await house.asking.store.revoke(session, house.number, NOW)
        assert not await house.asking.store.revoke(session, house.number, NOW)
    assert await house.asking.by_token(house.token) is None
    assert await house.asking.linked(ref(), NOW) is None
    assert not await house.link()


async def test_a_table_is_for_its_conversation_and_a_short_time(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    told = await house.asking.ask(ref(), (LATE, UNKNOWN), "en", NOW)
    secret = told.address.rsplit("/", 1)[1]
    found = await house.asking.fetched(secret, NOW)
    assert found is not None
    assert [row.code for row in found[0].rows] == [LATE, UNKNOWN]
    assert found[1].language == "en"
    assert told.address_until is not None
    assert await house.asking.fetched(secret, told.address_until) is None
    assert await house.asking.fetched(secret[:-1], NOW) is None
    async with database.write() as session:
        await house.asking.store.unlink(session, ref())
    assert await house.asking.fetched(secret, NOW) is None


async def test_questions_are_counted_by_the_hour(database: UnitOfWork) -> None:
    house = await make_house(database, limits=Limits(an_hour=2))
    await house.link()
    owner = await house.asking.by_token(house.token)
    assert owner is not None
    assert (await house.asking.ask(ref(), (LATE,), "vi", NOW)).outcome is Asked.TOLD
    assert (await house.asking.ask_by_token(owner, (LATE,), NOW)).outcome is Asked.TOLD
    limited = await house.asking.ask(ref(), (LATE,), "vi", NOW)
    assert (limited.outcome, limited.until) == (Asked.LIMITED, NOW + timedelta(hours=1))
    assert (await house.asking.ask(ref(), (LATE,), "vi", NOW + timedelta(hours=1))).outcome is Asked.TOLD


async def test_only_hashes_of_tokens_are_kept_and_ids_are_sealed(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    await house.asking.ask(ref(), (LATE,), "vi", NOW)
    async with database.read() as session:
        tables = (organisation, organisation_link, organisation_file)
        rows = [tuple(row) for table in tables for row in await session.execute(select(table))]
    written = repr(rows)
    assert house.token not in written
    assert "0100000019" not in written
    assert LATE not in written


async def test_a_persons_link_is_told_and_erased(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    await house.link(ref("c2"))
    await house.asking.ask(ref(), (), "vi", NOW)
    store = house.asking.store
    async with database.write() as session:
        assert [held.key for held in await store.describe(session, ref())] == ["utter_held_organisation"]
        await store.erase(session, ref(), 1)
        assert await store.describe(session, ref()) == []
        assert len(await store.describe(session, ref("c2"))) == 1
        assert await session.scalar(select(organisation_file.c.address)) is None


async def test_what_expired_is_deleted(database: UnitOfWork) -> None:
    house = await make_house(database)
    await house.link()
    await house.asking.ask(ref(), (), "vi", NOW)
    async with database.write() as session:
        assert await house.asking.store.forget(session, NOW) == 0
        assert await house.asking.store.forget(session, NOW + timedelta(days=1)) == 2
        assert await house.asking.store.forget(session, NOW + LINKED_FOR) == 1


async def test_what_is_counted_in_this_hour_is_never_deleted(database: UnitOfWork) -> None:
    house = await make_house(database, limits=Limits(an_hour=1))
    await house.link()
    midnight = NOW.replace(hour=0, minute=0, second=30)
    await house.asking.ask(ref(), (LATE,), "vi", midnight)
    async with database.write() as session:
        await house.asking.store.forget(session, midnight)
    assert (await house.asking.ask(ref(), (LATE,), "vi", midnight)).outcome is Asked.LIMITED


async def test_the_same_id_is_entered_once(database: UnitOfWork) -> None:
    house = await make_house(database)
    async with database.write() as session:
        key = house.asking.dossiers.identity_hash("0100000019")
        again = await house.asking.store.add(session, "Khác", ("0100000019", key), (), Issued("X", NOW))
    assert again is None
