from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from benchmarks.errors import BenchError
from benchmarks.ours import make_database
from tests.factories import portal_row


async def test_the_catalogue_is_imported_and_published_once(tmp_path: Path) -> None:
    catalogue = tmp_path / "few.jsonl"
    catalogue.write_text(json.dumps(portal_row(), ensure_ascii=False) + "\n", "utf-8")
    database = await make_database(tmp_path, catalogue)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM catalogue_version WHERE state = 'live'").fetchone() == (1,)
    connection.close()
    made = database.stat().st_mtime_ns
    assert await make_database(tmp_path, catalogue) == database
    assert database.stat().st_mtime_ns == made


async def test_a_catalogue_that_cannot_be_imported_leaves_nothing_to_be_taken_for_one(tmp_path: Path) -> None:
    catalogue = tmp_path / "bad.jsonl"
    catalogue.write_text("", "utf-8")
    with pytest.raises(BenchError, match="failed"):
        await make_database(tmp_path, catalogue)
    assert not list((tmp_path / "var" / "bench").glob("catalogue-*.sqlite3"))
