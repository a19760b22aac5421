"""Databases with all tables, migrated once in each process of the tests and then only emptied or copied."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import QueuePool

from bot.migrations.schema import upgrade
from bot.unit_of_work import open_engine

T = TypeVar("T")
NAME = "motcua_tables"
ROUNDS = 1000
"""Looks for connections to come back; ten seconds at least."""
_FIRST_ROWS = "first_rows"
"""Schema that keeps what the migrations themselves put into tables."""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_USED = "SELECT setval(format('%I.%I', schemaname, sequencename), 1, false) FROM pg_sequences WHERE last_value > 0"


def in_its_own_loop(made: Coroutine[None, None, T]) -> T:
    """Run what fixtures of the whole session need; they may be asked for while a test's loop runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, made).result()


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a file that one process of the tests makes, and the others wait for; to be copied, never to be changed."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(path.with_suffix(".new"))
            path.with_suffix(".new").rename(path)
    return path


@dataclass(frozen=True)
class Tables:
    """A PostgreSQL database with all tables."""

    url: str
    empties: str
    """Statement that takes every row away but those of the migrations, and lets numbers begin at 1 again."""


async def migrated_file(path: Path) -> None:
    """Make a SQLite file with all tables."""
    engine = open_engine(f"sqlite:///{path}")
    await upgrade(engine)
    await engine.dispose()


async def migrated_database(server: str) -> Tables:
    """Make a database with all tables beside the one of a server's address."""
    engine = open_engine(server)
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {NAME}"))
    await engine.dispose()
    url = make_url(server).set(database=NAME).render_as_string(hide_password=False)
    engine = open_engine(url)
    await upgrade(engine)
    async with engine.begin() as connection:
        empties = await _emptying(connection)
    await engine.dispose()
    return Tables(url, empties)


async def without_safety(server: str) -> None:
    """Let a server not wait for its disk: what a power cut would lose is thrown away after the tests anyway."""
    engine = open_engine(server)
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for setting in ("fsync", "full_page_writes"):
            await connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        await connection.exec_driver_sql("SELECT pg_reload_conf()")
    await engine.dispose()


async def without_rows(engine: AsyncEngine, tables: Tables) -> None:
    """Take away what the test before left."""
    async with engine.begin() as connection:
        await connection.exec_driver_sql(tables.empties)


async def closed(engine: AsyncEngine) -> None:
    """Close an engine once its connections are back: one that comes back later stays open, and is found in another test."""
    pool = engine.pool
    if isinstance(pool, QueuePool):
        for _ in range(ROUNDS):
            if not pool.checkedout():
                break
            await asyncio.sleep(0.01)
        else:
            pytest.fail(f"a task of this test still holds {pool.checkedout()} connection(s)")
    await engine.dispose()


async def _emptying(connection: AsyncConnection) -> str:
    await connection.exec_driver_sql(f"CREATE SCHEMA {_FIRST_ROWS}")
    names = (await connection.exec_driver_sql(_TABLES)).scalars().all()
    steps = ["SET LOCAL session_replication_role = replica", *(f'DELETE FROM "{name}"' for name in names)]
    for name in names:
        if (await connection.exec_driver_sql(f'SELECT 1 FROM "{name}" LIMIT 1')).first():
            await connection.exec_driver_sql(f'CREATE TABLE {_FIRST_ROWS}."{name}" AS TABLE "{name}"')
            steps.append(f'INSERT INTO "{name}" TABLE {_FIRST_ROWS}."{name}"')
    return "DO $$ BEGIN " + "".join(f"{step}; " for step in [*steps, f"PERFORM * FROM ({_USED}) AS used"]) + "END $$"
