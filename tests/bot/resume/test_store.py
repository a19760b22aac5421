"""Keeping resume codes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.delivery.cipher import AesGcmCipher
from bot.resume.snapshot import Snapshot, Ticked
from bot.resume.store import KEPT, VALID, ResumeStore
from bot.resume.tables import resume_code
from bot.unit_of_work import UnitOfWork
from tests.bot.messages import NOW, ref

CODE = "MC-7KQM-2XWP"
CARRIED = Snapshot(procedure="1.001193", asked=("fee",), checklist=Ticked(procedure="1.001193", done=("a",)))


def store(key: str = "s" * 40, secret: str = "e" * 40) -> ResumeStore:
    return ResumeStore(AesGcmCipher(secret), key)


async def issued(database: UnitOfWork) -> None:
    async with database.write() as session:
        await store().issue(session, CODE, CARRIED, ref(), NOW)


async def test_a_code_gives_what_it_carries_once(database: UnitOfWork) -> None:
    await issued(database)
    async with database.write() as session:
        assert await store().peek(session, CODE, NOW) == CARRIED
        assert await store().use(session, CODE, NOW)
    async with database.write() as session:
        assert await store().peek(session, CODE, NOW) is None
        assert not await store().use(session, CODE, NOW)


async def test_of_two_who_use_it_at_once_one_gets_it(database: UnitOfWork) -> None:
    await issued(database)

    async def use() -> bool:
        async with database.write() as session:
            return await store().use(session, CODE, NOW)

    assert sorted(await asyncio.gather(*(use() for _ in range(4)))) == [False, False, False, True]


async def test_an_expired_or_unknown_code_gives_nothing(database: UnitOfWork) -> None:
    await issued(database)
    async with database.write() as session:
        assert await store().peek(session, CODE, NOW + VALID) is None
        assert not await store().use(session, CODE, NOW + VALID)
        assert await store().peek(session, "MC-2222-2222", NOW) is None


async def test_neither_code_nor_content_can_be_read_in_the_table(database: UnitOfWork) -> None:
    await issued(database)
    async with database.read() as session:
        row = (await session.execute(select(resume_code))).one()
        assert b"7KQM" not in row.digest + row.snapshot
        assert b"1.001193" not in row.snapshot
        assert await store(key="t" * 40).peek(session, CODE, NOW) is None
        assert await store(secret="f" * 40).peek(session, CODE, NOW) is None


async def test_old_codes_are_forgotten(database: UnitOfWork) -> None:
    await issued(database)
    async with database.write() as session:
        assert await store().forget(session, NOW + VALID) == 0
        assert await store().forget(session, NOW + VALID + KEPT + timedelta(seconds=1)) == 1


async def test_its_person_sees_and_deletes_unused_codes_and_nobody_elses(database: UnitOfWork) -> None:
    await issued(database)
    async with database.write() as session:
        await store().issue(session, "MC-2222-3333", CARRIED, ref("c2"), NOW)
        assert [held.values for held in await store().describe(session, ref())] == [{"count": "1"}]
        await store().erase(session, ref(), 0)
    async with database.read() as session:
        assert await store().describe(session, ref()) == []
        assert await store().peek(session, CODE, NOW) is None
        assert await store().peek(session, "MC-2222-3333", NOW) == CARRIED


async def test_a_used_code_belongs_to_nobody(database: UnitOfWork) -> None:
    await issued(database)
    async with database.write() as session:
        assert await store().use(session, CODE, NOW)
        assert await store().describe(session, ref()) == []
        (row,) = (await session.execute(select(resume_code.c.holder, resume_code.c.snapshot))).all()
    assert tuple(row) == (None, None)
