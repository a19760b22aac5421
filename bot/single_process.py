"""Keeps a second server off a SQLite file: two would answer the same messages."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import BotError


class AlreadyServedError(BotError):
    """Another process serves the same SQLite file."""


@contextlib.contextmanager
def alone_on(database_url: str) -> Iterator[None]:
    """Hold a SQLite file for the length of a block; other kinds of database are shared freely.

    The lock ends with the process, however that ends. Commands do not ask for it: SQLite itself orders their writing.

    Raises:
        AlreadyServedError: another process holds it.
    """
    served = _file(database_url)
    if served is None:
        yield
        return
    path = Path(f"{served}.lock")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise AlreadyServedError(
                f"{served} is served by another process already (process {file.read().strip() or 'unknown'}); "
                "stop that one, or give several servers one PostgreSQL database (MOTCUA_DATABASE_URL)"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _file(database_url: str) -> str | None:
    """Return the SQLite file; ``None`` for another database. What is wrong with an address is told when it is opened."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        return None
    in_memory = not url.database or url.database == ":memory:"
    return None if in_memory or url.get_backend_name() != "sqlite" else url.database
