"""SQLite with one hop to the driver's thread per statement, and none for what has nothing to do.

The driver runs each connection in a thread of its own. Making a cursor, executing, fetching and closing are a hop each, and
so are beginning and ending a transaction; under load every hop waits for whatever else the event loop and the
interpreter's lock are busy with. Here a statement does all of that in one, the first one of a transaction begins it as well,
and a transaction in which nothing was said ends without asking anybody.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.engine import URL


def connector(url: URL) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Return what opens connections to a database, for ``create_async_engine(async_creator=…)``."""
    (path,), options = url.get_dialect()().create_connect_args(url)
    # The driver's own transaction handling starts late and forgets reads; `begin` takes it over.
    options = {**options, "isolation_level": None}

    def connect() -> Awaitable[aiosqlite.Connection]:
        return OneHopConnection(lambda: sqlite3.connect(path, **options))

    return connect


def begin(connection: Connection, statement: str) -> None:
    """Have a connection of ours begin a transaction with its next statement."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, OneHopConnection)
    driver.begin_with(statement)


class OneHopConnection(aiosqlite.Connection):
    """A connection whose cursors need one hop per statement."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """Take what opens the database; it is called in the connection's own thread."""
        super().__init__(connect, iter_chunk_size=64)
        # Whoever ends the process waits for no idle connection.
        self._thread.daemon = True
        self._beginning = ""
        self._used = False

    def __del__(self) -> None:
        """Close without a word: SQLAlchemy drops a connection when it is cancelled while preparing it."""
        if self._connection is not None:
            self.stop()

    def begin_with(self, statement: str) -> None:
        """Begin a transaction with the next statement."""
        self._beginning = statement

    def cursor(self) -> Any:  # the base class gives a context manager of its own kind
        """Return a cursor; makes no hop."""
        return OneHopCursor(self)

    async def run(self, sql: str, parameters: Sequence[Any], many: bool) -> Outcome:
        """Execute a statement, with the beginning of its transaction when that is due."""
        beginning, self._beginning = self._beginning, ""
        # Before the hop: a caller that is cancelled during it has its rollback queued behind it.
        self._used = True
        in_thread: Callable[..., Awaitable[Outcome]] = self._execute
        return await in_thread(_run, self._conn, beginning, sql, parameters, many)

    async def commit(self) -> None:
        """Commit, unless nothing was said since the last end."""
        await self._end(super().commit)

    async def rollback(self) -> None:
        """Roll back, unless nothing was said since the last end."""
        await self._end(super().rollback)

    async def _end(self, how: Callable[[], Awaitable[None]]) -> None:
        self._beginning = ""
        if self._used:
            await how()
            # Only now: an end that failed leaves the transaction open.
            self._used = False


@dataclass(frozen=True)
class Outcome:
    """All that a statement brought."""

    rows: Sequence[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


def _run(connection: sqlite3.Connection, beginning: str, sql: str, parameters: Any, many: bool) -> Outcome:
    if beginning:
        connection.execute(beginning)
    cursor = connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(sql, parameters)
        rows = cursor.fetchall() if cursor.description else ()
        return Outcome(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()


class OneHopCursor:
    """What SQLAlchemy needs of a cursor; holds what its last statement brought and nothing in the database."""

    def __init__(self, connection: OneHopConnection) -> None:
        """Take the connection."""
        self._connection = connection
        self._outcome = Outcome((), None, -1, None)
        self._rows: deque[Any] = deque()
        self.arraysize = 1

    async def __aenter__(self) -> OneHopCursor:
        """Be ready."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> OneHopCursor:
        """Execute a statement and fetch its rows."""
        return await self._run(sql, parameters, many=False)

    async def executemany(self, sql: str, parameters: Sequence[Any]) -> OneHopCursor:
        """Execute a statement once per set of parameters."""
        return await self._run(sql, parameters, many=True)

    async def fetchone(self) -> Any:
        """Return the next row."""
        return self._rows.popleft() if self._rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        """Return all further rows."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    async def close(self) -> None:
        """Leave the rows to whoever has them; the database's cursor is closed already."""

    @property
    def description(self) -> Any:
        """Return what the columns are called."""
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        """Return how many rows were changed."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        """Return the number of the row that was added last."""
        return self._outcome.lastrowid

    async def _run(self, sql: str, parameters: Sequence[Any], many: bool) -> OneHopCursor:
        self._rows.clear()
        self._outcome = await self._connection.run(sql, parameters, many)
        self._rows.extend(self._outcome.rows)
        return self
