"""Keeping dossiers, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.delivery.errors import UnreadableError
from bot.dossiers.batching import Stored
from bot.dossiers.changes import Kind
from bot.dossiers.facts import e164, identity
from bot.dossiers.record import Owner, Record, Status
from bot.dossiers.store import Kept, Secrets
from bot.dossiers.tables import dossier
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.records import BASE, CODE, OTHER, OWNER, apology, dossier_store, record
from tests.bot.messages import NOW

LATER = NOW + timedelta(hours=1)


async def put(database: UnitOfWork, *given: Record, source: str = "file", hours: int = 0) -> Stored:
    async with database.write() as session:
        at = NOW + timedelta(hours=hours)
        return await dossier_store().put(session, source, [(one, at) for one in given])


async def kept(database: UnitOfWork, code: str = CODE) -> Kept:
    async with database.read() as session:
        found = await dossier_store().get(session, code)
    assert found is not None
    return found


async def test_a_dossier_is_found_again_with_everything_but_its_owners_numbers(database: UnitOfWork) -> None:
    full = record(slips=(apology(),), missing=("Ảnh 3x4",), fee_due=50_000)
    assert await put(database, full) == Stored(new=1)
    found = await kept(database)
    assert found.record == replace(full, owner=Owner(name=OWNER.name))
    assert (found.source, found.as_of, found.revision, found.changed_at) == ("file", NOW, 1, NOW)
    async with database.read() as session:
        assert await dossier_store().owner(session, CODE) == OWNER
        assert await dossier_store().get(session, OTHER) is None
        assert await dossier_store().owner(session, OTHER) is None
        assert await dossier_store().secrets(session, OTHER) is None


async def test_the_same_told_again_only_moves_the_moment(database: UnitOfWork) -> None:
    await put(database, record())
    assert await put(database, record(), hours=1) == Stored(same=1)
    found = await kept(database)
    assert (found.as_of, found.revision, found.changed_at) == (LATER, 1, NOW)


async def test_how_it_was_filed_stands_in_the_open_for_counting_even_of_what_is_told_again_unchanged(
    database: UnitOfWork,
) -> None:
    await put(database, record(channel=3), record(code=OTHER, channel=7))
    async with database.write() as session:
        await session.execute(update(dossier).values(channel=0))
    assert await put(database, record(channel=3), record(code=OTHER, channel=7), hours=1) == Stored(same=2)
    async with database.read() as session:
        kept = (await session.execute(select(dossier.c.code, dossier.c.channel))).all()
        assert {row.code: row.channel for row in kept} == {CODE: 3, OTHER: 0}


async def test_what_is_no_news_is_kept_without_a_revision(database: UnitOfWork) -> None:
    await put(database, record())
    moved = replace(OWNER, phone="0100000999")
    assert await put(database, record(unit="Nơi khác", owner=moved), hours=1) == Stored(same=1)
    assert (await kept(database)).record.unit == "Nơi khác"
    assert (await kept(database)).revision == 1
    async with database.read() as session:
        secrets = await dossier_store().secrets(session, CODE)
        assert secrets is not None
        assert secrets.phone_tail == dossier_store().tail_hash(CODE, "0999")


async def test_each_change_is_a_revision_with_its_history(database: UnitOfWork) -> None:
    await put(database, record(status=Status.RECEIVED))
    assert await put(database, record(slips=(apology(),)), hours=1) == Stored(changed=1)
    assert await put(database, record(status=Status.DONE, slips=(apology(),)), hours=2) == Stored(changed=1)
    async with database.read() as session:
        history = await dossier_store().history(session, CODE)
    assert [(one.revision, one.kind, one.from_status) for one in history] == [
        (1, Kind.RECEIVED, None),
        (2, Kind.PROCESSING, Status.RECEIVED),
        (2, Kind.LATE_APOLOGY, Status.RECEIVED),
        (3, Kind.DONE, Status.IN_PROGRESS),
    ]
    assert history[1].due_at == apology().new_due_at
    assert (await kept(database)).revision == 3


async def test_what_is_older_than_what_is_known_changes_nothing(database: UnitOfWork) -> None:
    await put(database, record(status=Status.DONE), hours=1)
    assert await put(database, record(), source="other") == Stored(older=1)
    assert (await kept(database)).record.status is Status.DONE
    assert (await kept(database)).source == "file"


async def test_within_one_delivery_the_newest_word_counts(database: UnitOfWork) -> None:
    async with database.write() as session:
        given = [(record(status=Status.DONE), LATER), (record(), NOW), (record(OTHER), NOW)]
        assert await dossier_store().put(session, "file", given) == Stored(new=2)
    assert (await kept(database)).record.status is Status.DONE


async def test_a_sample_never_takes_the_place_of_a_real_dossier(database: UnitOfWork) -> None:
    await put(database, record(), record(OTHER, sample=True))
    stored = await put(database, record(sample=True), record(OTHER), hours=1)
    assert stored == Stored(same=1, older=1)
    assert not (await kept(database)).record.sample
    assert not (await kept(database, OTHER)).record.sample


async def test_nothing_of_the_owner_can_be_read_in_the_table(database: UnitOfWork) -> None:
    await put(database, record())
    async with database.read() as session:
        row = (await session.execute(select(dossier))).one()
    everything = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    for secret in ("Mẫu".encode(), b"0123", b"1234", OWNER.identity.encode()):
        assert secret not in everything.replace(BASE.unit.encode(), b"")


async def test_facts_are_found_by_their_hashes(database: UnitOfWork) -> None:
    await put(database, record(), record(OTHER))
    store = dossier_store()
    async with database.read() as session:
        first, second = await store.secrets(session, CODE), await store.secrets(session, OTHER)
        mine = await store.owned(session, store.identity_hash(identity("000 200 001 234") or ""), 10)
    assert first is not None
    assert second is not None
    assert first.phone_tail == store.tail_hash(CODE, "0123")
    assert first.identity_tail == store.tail_hash(CODE, "1234")
    assert first.phone_key == second.phone_key == store.phone_hash(e164("+84100000123") or "")
    assert first.phone_tail != second.phone_tail
    assert {one.record.code for one in mine} == {CODE, OTHER}


async def test_what_an_id_number_stands_on_comes_with_the_newest_first(database: UnitOfWork) -> None:
    days = {"0003": 3, "0001": None, "0005": 5, "0002": None}
    await put(
        database,
        *(
            record(f"H48.30.02-261117-{number}", received_at=NOW + timedelta(days=day) if day else None)
            for number, day in days.items()
        ),
    )
    store = dossier_store()
    async with database.read() as session:
        mine = await store.owned(session, store.identity_hash(identity(OWNER.identity) or ""), 3)
    assert [one.record.code[-4:] for one in mine] == ["0005", "0003", "0001"]


async def test_a_dossier_without_contact_has_no_facts(database: UnitOfWork) -> None:
    await put(database, record(owner=Owner()))
    async with database.read() as session:
        assert await dossier_store().owner(session, CODE) is None
        secrets = await dossier_store().secrets(session, CODE)
    assert secrets is not None
    assert {secrets.phone_tail, secrets.identity_tail, secrets.phone_key} == {None}


async def test_under_another_key_nothing_can_be_read_and_the_next_delivery_mends_it(database: UnitOfWork) -> None:
    await put(database, record())
    other = dossier_store("f" * 40)
    async with database.read() as session:
        with pytest.raises(UnreadableError):
            await other.get(session, CODE)
    async with database.write() as session:
        assert await other.put(session, "file", [(record(status=Status.DONE), LATER)]) == Stored(same=1)
        found = await other.get(session, CODE)
    assert found is not None
    assert found.record.status is Status.DONE


async def test_the_owner_of_what_ended_long_ago_is_not_kept(database: UnitOfWork) -> None:
    store = dossier_store(contact_kept=timedelta(days=90))
    old = record(status=Status.RETURNED, ended_at=NOW - timedelta(days=91))
    async with database.write() as session:
        await store.put(session, "file", [(old, NOW), (record(OTHER, Status.RETURNED), NOW)])
        assert await store.owner(session, CODE) is None
        assert await store.owner(session, OTHER) == OWNER
        found = await store.get(session, CODE)
    assert found is not None
    assert found.record.owner == Owner()


async def test_many_are_kept_at_once(database: UnitOfWork) -> None:
    many = [record(f"H48.30.02-261117-{number:04}") for number in range(2500)]
    assert await put(database, *many) == Stored(new=2500)
    assert await put(database, *many, hours=1) == Stored(same=2500)


async def test_two_deliveries_at_the_same_time_do_not_hinder_each_other(database: UnitOfWork) -> None:
    many = [record(f"H48.30.02-261117-{number:04}") for number in range(300)]
    await put(database, *many[:150])
    await asyncio.gather(*(put(database, *order, hours=1) for order in (many, many[::-1])))
    async with database.read() as session:
        found = await dossier_store().get_many(session, [one.code for one in many])
    assert [found[one.code].as_of for one in many] == [LATER] * 300
    assert (await kept(database, many[-1].code)).revision == 1


async def test_owners_are_blanked_a_while_after_the_end_and_the_dossier_goes_later(database: UnitOfWork) -> None:
    store, day = dossier_store(contact_kept=timedelta(days=90)), timedelta(days=1)
    async with database.write() as session:
        ended = record(status=Status.RETURNED, ended_at=NOW)
        await store.put(session, "file", [(ended, NOW), (record(OTHER), NOW + 300 * day)])
        assert await store.forget(session, NOW + 90 * day, 365 * day) == 0
        assert await store.forget(session, NOW + 91 * day, 365 * day) == 1
        assert await store.forget(session, NOW + 91 * day, 365 * day) == 0
        found = await store.get(session, CODE)
        assert found is not None
        assert found.record == replace(ended, owner=Owner())
        assert await store.secrets(session, CODE) == Secrets(None, None, None)
        assert await store.owned(session, store.identity_hash(OWNER.identity), 10) != [found]
        assert await store.forget(session, NOW + 366 * day, 365 * day) == 1
        assert await store.get(session, CODE) is None
        assert await store.history(session, CODE) == []
        assert await store.get(session, OTHER) is not None
        assert await store.forget(session, NOW + 700 * day, 365 * day) == 1  # nobody spoke of it for a year


@pytest.mark.parametrize("days", [91, 366])
async def test_a_dossier_that_is_opened_again_at_this_moment_is_neither_blanked_nor_deleted(
    database: UnitOfWork, days: int
) -> None:
    store, later = dossier_store(contact_kept=timedelta(days=90)), NOW + timedelta(days=days)
    async with database.write() as session:
        await store.put(session, "file", [(record(status=Status.RETURNED, ended_at=NOW), NOW)])
    told = asyncio.Event()

    async def tell() -> None:
        async with database.write() as session:
            await store.put(session, "file", [(record(status=Status.IN_PROGRESS), later)])
            told.set()
            await asyncio.sleep(0.3)

    async def forget() -> None:
        await told.wait()
        async with database.write() as session:
            await store.forget(session, later, timedelta(days=365))

    await asyncio.gather(tell(), forget())
    assert (await kept(database)).record.status is Status.IN_PROGRESS
    async with database.read() as session:
        assert await store.owner(session, CODE) is not None


async def test_what_is_blanked_stays_so_when_it_is_told_again(database: UnitOfWork) -> None:
    store = dossier_store(contact_kept=timedelta(days=90))
    ended, later = record(status=Status.RETURNED, ended_at=NOW), NOW + timedelta(days=100)
    async with database.write() as session:
        await store.put(session, "file", [(ended, NOW)])
        await store.forget(session, later, timedelta(days=365))
        assert await store.put(session, "file", [(ended, later)]) == Stored(same=1)
        assert await store.owner(session, CODE) is None
