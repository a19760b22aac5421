"""The office with its month, made once; tests only read it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.console.dashboard.house import Pages, fill
from tests.databases import in_its_own_loop


@pytest.fixture(scope="session")
def month(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which the month has happened."""
    path = tmp_path_factory.mktemp("figures") / "m.sqlite3"
    shutil.copy(migrated_sqlite, path)

    async def make() -> None:
        database = UnitOfWork(open_engine(f"sqlite:///{path}"))
        await fill(database)
        await database.close()

    in_its_own_loop(make())
    return path


@pytest.fixture
async def office(month: Path) -> AsyncIterator[Pages]:
    """The pages over it."""
    database = UnitOfWork(open_engine(f"sqlite:///{month}"))
    yield Pages(database)
    await database.close()
