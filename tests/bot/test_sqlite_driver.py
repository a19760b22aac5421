"""Tests of the SQLite driver: how often it is asked, and that nothing of a transaction is lost or left behind."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.sqlite_driver import connector
from bot.unit_of_work import UnitOfWork, open_engine


@pytest.fixture
async def work(tmp_path: Path) -> AsyncIterator[UnitOfWork]:
    """A database with one empty table."""
    work = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}"))
    async with work.write() as session:
        await session.execute(text("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
    yield work
    await work.close()


@pytest.fixture
def hops(monkeypatch: pytest.MonkeyPatch, work: UnitOfWork) -> list[str]:
    """What the driver's threads are asked to do, from now on."""
    asked: list[str] = []
    execute = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, function: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(function.__name__)
        return await execute(self, function, *args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return asked


async def names(work: UnitOfWork) -> list[str]:
    """What is in the table."""
    async with work.read() as session:
        return list(await session.scalars(text("SELECT name FROM thing ORDER BY id")))


async def add(work: UnitOfWork, *added: str) -> None:
    """Put things into the table, in one transaction."""
    async with work.write() as session:
        for name in added:
            await session.execute(text("INSERT INTO thing (name) VALUES (:name)"), {"name": name})


async def test_a_reading_is_one_hop_and_one_to_end_it(work: UnitOfWork, hops: list[str]) -> None:
    await names(work)

    assert hops == ["_run", "rollback"]


async def test_each_statement_of_a_writing_is_one_hop_and_so_is_the_commit(work: UnitOfWork, hops: list[str]) -> None:
    await add(work, "a", "b")

    assert hops == ["_run", "_run", "commit"]
    assert await names(work) == ["a", "b"]


async def test_a_transaction_in_which_nothing_is_said_asks_nobody(work: UnitOfWork, hops: list[str]) -> None:
    async with work.write() as session:
        await session.connection()
    async with work.read() as session:
        await session.connection()

    assert hops == []


async def test_what_nothing_was_said_in_does_not_begin_the_next_transaction(work: UnitOfWork) -> None:
    async with work.read() as session:
        await session.connection()
    await add(work, "a")

    assert await names(work) == ["a"]


async def test_a_refused_statement_leaves_nothing_of_its_transaction(work: UnitOfWork) -> None:
    with pytest.raises(IntegrityError):
        await add(work, "a", "a")
    await add(work, "b")

    assert await names(work) == ["b"]


async def test_a_transaction_that_cannot_begin_leaves_the_connection_usable(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.unit_of_work.BUSY_TIMEOUT_MS", 1)
    impatient = UnitOfWork(open_engine(str(work.engine.url)))
    async with work.write() as session:
        await session.execute(text("INSERT INTO thing (name) VALUES ('a')"))
        with pytest.raises(OperationalError, match="locked"):
            await add(impatient, "b")
    await add(impatient, "c")

    assert await names(impatient) == ["a", "c"]
    await impatient.close()


async def test_what_is_cut_off_within_a_statement_is_undone_before_the_next_transaction(work: UnitOfWork) -> None:
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"
    begun = asyncio.Event()

    async def writing() -> None:
        async with work.write() as session:
            await session.execute(text("INSERT INTO thing (name) VALUES ('a')"))
            begun.set()
            await session.execute(text(slow))

    task = asyncio.create_task(writing())
    await begun.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await add(work, "b")

    assert await names(work) == ["b"]


async def test_counts_numbers_and_rows_come_as_the_database_gives_them(work: UnitOfWork) -> None:
    async with work.write() as session:
        connection = await session.connection()
        many = "INSERT INTO thing (name) VALUES (?)"
        added: Any = await connection.exec_driver_sql(many, [("a",), ("b",), ("c",)])
        changed: Any = await connection.exec_driver_sql("UPDATE thing SET name = name || '!' WHERE id > ?", (1,))
        one: Any = await connection.exec_driver_sql("INSERT INTO thing (name) VALUES ('d')")
        found = (await connection.exec_driver_sql("DELETE FROM thing WHERE id < 3 RETURNING name")).all()

    assert (added.rowcount, changed.rowcount, one.lastrowid) == (3, 2, 4)
    assert sorted(found) == [("a",), ("b!",)]
    assert await names(work) == ["c!", "d"]


async def test_a_connection_that_somebody_dropped_closes_itself_and_ends_its_thread(tmp_path: Path) -> None:
    connection = await connector(make_url(f"sqlite:///{tmp_path / 'y.sqlite3'}"))()
    thread = connection._thread
    del connection
    gc.collect()
    await asyncio.to_thread(thread.join, 10)
    assert not thread.is_alive()
