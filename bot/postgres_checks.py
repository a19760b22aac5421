"""Tells dead connections to PostgreSQL before they are used, without asking the server each time.

The driver's own look asks three times over the network (it begins a transaction, says nothing in it and ends it); a citizen's
message takes five transactions. A connection that the server closed is known to be closed here, and one that has just been
used has not silently died; only one that lay idle for a while is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine

IDLE_SECONDS = 20.0
"""After so long without use, what stands between may have forgotten a connection."""

_USED = "used at"


def check_connections(engine: AsyncEngine, ticks: Callable[[], float]) -> None:
    """Check each connection of a PostgreSQL engine when it is taken out of the pool.

    Args:
        engine: of the asyncpg driver.
        ticks: a clock in seconds that never goes back.
    """
    dialect = engine.sync_engine.dialect

    def put_back(_connection: Any, record: Any) -> None:
        record.info[_USED] = ticks()

    def taken(connection: Any, record: Any, _fairy: Any) -> None:
        used = record.info.get(_USED)
        if used is None:
            return  # just opened
        if connection.driver_connection.is_closed() or (ticks() - used >= IDLE_SECONDS and not answers(connection)):
            # Those that lie beside it died of the same: all are opened anew.
            raise InvalidatePoolError

    def answers(connection: Any) -> bool:
        try:
            return dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error:
            return False

    event.listen(engine.sync_engine, "checkin", put_back)
    event.listen(engine.sync_engine, "checkout", taken)
