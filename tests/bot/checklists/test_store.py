"""Keeping checklists."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.channels.contract import Ref
from bot.checklists.store import ChecklistStore
from bot.checklists.tables import saved_checklist
from bot.delivery.cipher import AesGcmCipher
from bot.resume.snapshot import Ticked
from bot.unit_of_work import UnitOfWork
from tests.bot.messages import NOW, ref

LIST = Ticked(procedure="1.001193", name="Đăng ký khai sinh", fingerprint="f" * 16)


def store(secret: str = "e" * 40) -> ChecklistStore:
    return ChecklistStore(AesGcmCipher(secret))


async def test_a_conversation_keeps_its_latest_checklist(database: UnitOfWork) -> None:
    later = Ticked(procedure="1.000894", done=("a",))
    async with database.write() as session:
        await store().keep(session, ref(), LIST, 3, NOW)
        await store().keep(session, ref(), later, 3, NOW)
    async with database.read() as session:
        saved = await store().of(session, ref())
        assert saved is not None
        assert saved.ticked == later
        assert await store().of(session, Ref("web", "default", "somebody else")) is None


async def test_only_those_not_compared_with_a_version_are_given(database: UnitOfWork) -> None:
    async with database.write() as session:
        await store().keep(session, ref(), LIST, 3, NOW)
        assert await store().not_compared(session, 3, 10) == []
        assert [found for found, _ in await store().not_compared(session, 4, 10)] == [ref()]
        await store().compared(session, ref(), 4)
        assert await store().not_compared(session, 4, 10) == []


async def test_what_it_is_about_cannot_be_read_in_the_table(database: UnitOfWork) -> None:
    async with database.write() as session:
        await store().keep(session, ref(), LIST, 3, NOW)
    async with database.read() as session:
        assert b"1.001193" not in (await session.execute(select(saved_checklist.c.body))).scalar_one()
        assert await store("f" * 40).of(session, ref()) is None
        assert await store("f" * 40).not_compared(session, 4, 10) == [(ref(), None)]


async def test_it_is_shown_to_its_person_erased_on_request_and_forgotten_in_time(database: UnitOfWork) -> None:
    async with database.write() as session:
        await store().keep(session, ref(), LIST, 3, NOW)
        held = await store().describe(session, ref())
        assert [(one.key, one.values) for one in held] == [("utter_held_list", {"name": "Đăng ký khai sinh"})]
        await store().erase(session, ref(), 0)
        assert await store().describe(session, ref()) == []
        await store().keep(session, ref(), LIST, 3, NOW)
        assert await store().forget(session, NOW) == 0
        assert await store().forget(session, NOW + timedelta(days=1)) == 1


async def test_one_that_is_deleted_while_it_is_compared_does_not_come_back(database: UnitOfWork) -> None:
    async def erase() -> None:
        async with database.write() as session:
            await store().erase(session, ref(), 0)

    async with database.write() as session:
        await store().keep(session, ref(), LIST, 3, NOW)
    async with database.write() as session:
        assert len(await store().not_compared(session, 4, 10)) == 1
        erasing = asyncio.create_task(erase())
        await asyncio.sleep(0.2)
        await store().keep(session, ref(), LIST, 4, NOW)
    await erasing
    async with database.read() as session:
        assert await store().of(session, ref()) is None
