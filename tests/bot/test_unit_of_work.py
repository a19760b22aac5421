"""Tests of the unit of work and of how databases are opened."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.unit_of_work import DatabaseUrlError, UnitOfWork, open_engine
from nlu.catalogue.tables import revision


async def count(database: UnitOfWork) -> int:
    """How many rows there are."""
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(revision)) or 0


async def add(database: UnitOfWork, name: str, pause: float = 0) -> None:
    """Add a row, and take some time about it."""
    async with database.write() as session:
        await session.scalar(select(func.count()).select_from(revision))
        await asyncio.sleep(pause)
        await session.execute(revision.insert().values(hash=name, body=b""))


async def test_return_commits(database: UnitOfWork) -> None:
    await add(database, "a")

    assert await count(database) == 1


async def test_raise_rolls_back(database: UnitOfWork) -> None:
    async def broken() -> None:
        async with database.write() as session:
            await session.execute(revision.insert().values(hash="a", body=b""))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await broken()

    assert await count(database) == 0


async def test_nothing_done_while_reading_is_kept(database: UnitOfWork) -> None:
    async with database.read() as session:
        await session.execute(revision.insert().values(hash="a", body=b""))

    assert await count(database) == 0


async def test_writers_that_read_first_wait_for_each_other_instead_of_failing(database: UnitOfWork) -> None:
    await asyncio.gather(*(add(database, str(number), pause=0.02) for number in range(5)))

    assert await count(database) == 5


async def test_a_reader_does_not_wait_for_a_writer(database: UnitOfWork) -> None:
    async with database.write() as session:
        await session.execute(revision.insert().values(hash="a", body=b""))

        assert await asyncio.wait_for(count(database), timeout=5) == 0


async def test_sqlite_is_set_up_on_every_connection(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'folder' / 'x.sqlite3'}")
    async with engine.connect() as connection:
        found = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    await engine.dispose()

    assert found == ["wal", 1, 10_000]


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://localhost/x", "sqlite"])
def test_an_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(DatabaseUrlError) as caught:
        open_engine(url)

    assert "localhost" not in str(caught.value)


def test_postgresql_gets_its_asynchronous_driver() -> None:
    assert open_engine("postgresql://user:secret@localhost/x").url.drivername == "postgresql+asyncpg"
