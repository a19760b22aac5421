"""The office with its month, made once; tests only read it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.console.dashboard.house import Pages, fill


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which the month has happened."""
    path = tmp_path_factory.mktemp("figures") / "m.sqlite3"

    async def make() -> None:
        database = UnitOfWork(open_engine(f"sqlite:///{path}"))
        await upgrade(database.engine)
        await fill(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def office(month: Path) -> AsyncIterator[Pages]:
    """The pages over it."""
    database = UnitOfWork(open_engine(f"sqlite:///{month}"))
    yield Pages(database)
    await database.close()
