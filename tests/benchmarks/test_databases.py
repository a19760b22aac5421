"""The databases of measurements."""

from __future__ import annotations

from pathlib import Path

from benchmarks.databases import SQLITE, databases


def test_no_server_is_started_for_who_wants_a_file(tmp_path: Path) -> None:
    with databases((SQLITE,), tmp_path) as urls:
        assert urls == {SQLITE: f"sqlite:///{tmp_path / 'measured.sqlite3'}"}
    with databases((), tmp_path) as urls:
        assert urls == {}
