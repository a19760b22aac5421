from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pytest_aiohttp import AiohttpClient

from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.console.triage.site import Site, make_site


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register; to be copied, never to be changed."""
    return tmp_path_factory.mktemp("triage") / "empty.sqlite3"


@pytest.fixture
async def site(migrated: Path, tmp_path: Path, aiohttp_client: AiohttpClient) -> AsyncIterator[Site]:
    """The pages over an empty register, and a client."""
    if not migrated.exists():
        engine = open_engine(f"sqlite:///{migrated}")
        await upgrade(engine)
        await engine.dispose()
    shutil.copy(migrated, tmp_path / "m.sqlite3")
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    made = make_site(database, tmp_path)
    made.client = await aiohttp_client(made.console.app())
    yield made
    await database.close()
