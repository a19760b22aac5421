"""The databases of measurements."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.databases import SQLITE, another, databases
from bot.unit_of_work import open_engine


def test_no_server_is_started_for_who_wants_a_file(tmp_path: Path) -> None:
    with databases((SQLITE,), tmp_path) as urls:
        assert urls == {SQLITE: f"sqlite:///{tmp_path / 'measured.sqlite3'}"}
    with databases((), tmp_path) as urls:
        assert urls == {}


async def test_another_file_lies_beside_the_first(tmp_path: Path) -> None:
    assert await another(f"sqlite:///{tmp_path / 'one.sqlite3'}", "two") == f"sqlite:///{tmp_path / 'two.sqlite3'}"


@pytest.mark.postgres
async def test_another_database_is_made_on_the_same_server(postgres_url: str) -> None:
    engine = open_engine(await another(postgres_url, "beside"))
    try:
        async with engine.connect() as connection:
            assert (await connection.execute(text("SELECT current_database()"))).scalar_one() == "beside"
    finally:
        await engine.dispose()
