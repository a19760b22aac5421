"""Hands out database sessions, so that every change of one turn, request or command is committed once or not at all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.errors import BotError
from bot.postgres_checks import check_connections
from bot.sqlite_driver import begin, connector

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another one on SQLite before it gives up."""

SQLITE_CONNECTIONS = 12
"""Kept open: one that is opened for a single reading costs more than the reading."""

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
"""Driver for each kind of database; a URL that names none gets it."""

READ_ONLY = "motcua_read_only"
"""Execution option of a connection that will only read: on SQLite it does not take the writer's lock."""


class DatabaseUrlError(BotError):
    """The database URL names something that the assistant cannot open."""


def open_engine(url: str) -> AsyncEngine:
    """Make the engine; the only place where a database is set up.

    Args:
        url: SQLAlchemy URL; ``sqlite:///…`` and ``postgresql://…`` get their asynchronous driver.

    Raises:
        DatabaseUrlError: when the URL is malformed or names another kind of database.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError("the database URL is not of the form sqlite:///FILE or postgresql://…") from error
    kind = parsed.get_backend_name()
    if kind not in ASYNC_DRIVERS:
        raise DatabaseUrlError(f"a {kind} database is not supported; use sqlite:///FILE or postgresql://…")
    parsed = parsed.set(drivername=ASYNC_DRIVERS[kind])
    if kind != "sqlite":
        server = create_async_engine(parsed, hide_parameters=True)
        check_connections(server, time.monotonic)
        return server
    pool: dict[str, Any] = {}
    if parsed.database and parsed.database != ":memory:":
        # A folder made here is the owner's alone: the file in it holds what citizens wrote.
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pool = {"pool_size": SQLITE_CONNECTIONS}
    engine = create_async_engine(parsed, async_creator=connector(parsed), hide_parameters=True, **pool)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer half-way is refused at once, whatever the busy timeout: writers lock when they begin.
    reading = connection.get_execution_options().get(READ_ONLY, False)
    begin(connection, "BEGIN" if reading else "BEGIN IMMEDIATE")


class UnitOfWork:
    """Sessions on one database: return commits, raise rolls back."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**{READ_ONLY: True})

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Give a session whose changes are committed when the block ends and undone when it raises."""
        async with _closing(AsyncSession(self.engine, expire_on_commit=False)) as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Give a session for reading alone; nothing done in it is kept, and on SQLite it waits for no writer."""
        async with _closing(AsyncSession(self._reading, expire_on_commit=False)) as session:
            # Leaving it undoes what was not committed, and nothing is.
            yield session

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()


@asynccontextmanager
async def _closing(session: AsyncSession) -> AsyncIterator[AsyncSession]:
    """Close a session at the end of a block; the session's own way takes two more rounds of the event loop for it."""
    try:
        yield session
    except BaseException:
        # Whoever was cancelled may be cancelled again.
        await asyncio.shield(session.close())
        raise
    await session.close()
