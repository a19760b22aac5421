"""A console with accounts, and a browser before it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.console.accounts.house import Surfer, World, settings_of, surfer


@pytest.fixture(scope="session")
def empty_console(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database; tests copy it."""
    path = tmp_path_factory.mktemp("console") / "m.sqlite3"

    async def make() -> None:
        engine = open_engine(f"sqlite:///{path}")
        await upgrade(engine)
        await engine.dispose()

    asyncio.run(make())
    return path


@pytest.fixture
async def copied(empty_console: Path, tmp_path: Path) -> AsyncIterator[UnitOfWork]:
    """An empty database on SQLite, sooner there than one that is migrated."""
    shutil.copy(empty_console, tmp_path / "m.sqlite3")
    transactions = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    yield transactions
    await transactions.close()


@pytest.fixture
async def world(copied: UnitOfWork, request: pytest.FixtureRequest) -> World:
    """A console; ``@pytest.mark.parametrize("world", [{…}], indirect=True)`` gives it other settings."""
    return World(copied, settings_of(**getattr(request, "param", {"second_factor": "off"})))


@pytest.fixture
async def lan(world: World) -> AsyncIterator[Surfer]:
    """A browser before the console."""
    opened = await surfer(world.app())
    yield opened
    await opened.client.close()
