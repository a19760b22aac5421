"""Saved filters, and who has a record open."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.delivery.cipher import AesGcmCipher
from bot.unit_of_work import UnitOfWork
from feedback.beside.filter_store import MOST, FilterStore
from feedback.beside.tables import viewer
from feedback.beside.viewer_store import OPEN, TYPES, ViewerStore
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import NOW


async def test_an_official_keeps_some_filters_each_under_one_name(database: UnitOfWork) -> None:
    store = FilterStore(OpenSeals())
    async with database.write() as session:
        assert await store.put(session, "lan", "Khai sinh", "hang=moi")
        assert await store.put(session, "lan", " Khai sinh ", "hang=tat-ca")
        assert not await store.put(session, "lan", "  ", "hang=moi")
        assert not await store.put(session, "lan", "dài", "x" * 601)
        for number in range(MOST):
            await store.put(session, "lan", f"lọc {number}", "")
        mine = await store.of(session, "lan")
        assert (len(mine), mine[0].query) == (MOST, "hang=tat-ca")
        assert not await store.of(session, "binh")
        await store.drop(session, "binh", mine[0].id)
        await store.drop(session, "lan", mine[1].id)
        assert [one.id for one in await store.of(session, "lan")] == [mine[0].id, *(one.id for one in mine[2:])]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_neither_the_words_that_are_searched_nor_the_name_stand_readable(database: UnitOfWork) -> None:
    store = FilterStore(AesGcmCipher("e" * 40))
    async with database.write() as session:
        await store.put(session, "lan", "Bà Hoa", "tim=0901234567")
        (row,) = (await session.execute(text("SELECT * FROM feedback_saved_filter"))).all()
        (mine,) = await store.of(session, "lan")
    assert (mine.name, mine.query) == ("Bà Hoa", "tim=0901234567")
    assert "0901234567" not in repr(row)
    assert b"Hoa" not in row.body
    assert "0901234567" not in repr(mine)


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_a_filter_that_cannot_be_opened_keeps_no_other_back(database: UnitOfWork) -> None:
    async with database.write() as session:
        await FilterStore(AesGcmCipher("lost" * 10)).put(session, "lan", "Bà Hoa", "")
        store = FilterStore(AesGcmCipher("e" * 40))
        await store.put(session, "lan", "Khai sinh", "hang=moi")
        assert [one.name for one in await store.of(session, "lan")] == ["Khai sinh"]


async def test_others_are_told_who_has_a_record_open_and_who_types(database: UnitOfWork) -> None:
    store = ViewerStore()
    async with database.write() as session:
        assert not await store.see(session, 1, "lan", "Lan", NOW)
        assert not await store.see(session, 2, "tu", "Tú", NOW)
        (lan,) = await store.see(session, 1, "binh", "Bình", NOW, typing=True)
        assert (lan.account, lan.name, lan.typing) == ("lan", "Lan", False)
        (binh,) = await store.see(session, 1, "lan", "Lan", NOW + TYPES)
        assert binh.typing
        (binh,) = await store.see(session, 1, "lan", "Lan", NOW + TYPES + timedelta(seconds=1))
        assert not binh.typing
        assert not await store.see(session, 1, "lan", "Lan", NOW + OPEN + timedelta(seconds=1))
        await store.leave(session, 1, "lan")
        assert not await store.others(session, 1, "binh", NOW + OPEN)


@pytest.mark.parametrize("empty_engine", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_two_who_come_back_after_a_while_do_not_wait_for_each_other(database: UnitOfWork) -> None:
    store, later = ViewerStore(), NOW + OPEN + timedelta(seconds=1)
    async with database.write() as session:
        await store.see(session, 1, "lan", "Lan", NOW)
        await store.see(session, 2, "tu", "Tú", NOW)

    async def comes_back() -> None:
        async with database.write() as session:
            assert not await store.see(session, 1, "lan", "Lan", later)

    async with database.write() as session:
        await session.execute(select(viewer).where(viewer.c.account == "tu").with_for_update())
        await asyncio.wait_for(comes_back(), timeout=5)
        await store.see(session, 2, "tu", "Tú", later)
