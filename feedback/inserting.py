"""An insert that can step aside for an existing row: each database has its own spelling of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def insertion(session: AsyncSession, table: Table) -> Any:
    """Return an insert that takes ``on_conflict_…``."""
    dialect = session.get_bind().dialect.name
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
