"""Reads and replaces the sealed values of one column, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, Select, and_, func, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.keys.ports import Key, Value
from feedback.sealed import SealedColumn

PAGE = 200
"""Values that are read at once: a writer of the house waits as long as replacing these takes."""


@dataclass(frozen=True)
class ColumnValues:
    """See ``Reseals``."""

    of: SealedColumn
    most: int = PAGE

    @property
    def name(self) -> str:
        """See ``Reseals.name``."""
        return self.of.name

    async def size(self, session: AsyncSession) -> int:
        """See ``Reseals.size``."""
        column = self.of.table.c[self.of.column]
        return (await session.execute(select(func.count()).where(column.is_not(None)))).scalar_one()

    async def page(self, session: AsyncSession, after: Key | None) -> Sequence[Value]:
        """See ``Reseals.page``."""
        table = self.of.table
        key = tuple(table.primary_key.columns)
        chosen: Select[*tuple[Any, ...]] = select(*key, *self.of.needs, table.c[self.of.column].label("sealed_value"))
        chosen = chosen.select_from(table if self.of.among is None else self.of.among)
        chosen = chosen.where(table.c[self.of.column].is_not(None)).order_by(*key).limit(self.most)
        if after is not None:
            last = tuple_(*(literal(value, column.type) for value, column in zip(after, key, strict=True)))
            chosen = chosen.where(tuple_(*key) > last)
        rows = (await session.execute(chosen)).all()
        return [Value(tuple(row[: len(key)]), row.sealed_value, self.of.about(row)) for row in rows]

    async def swap(self, session: AsyncSession, value: Value, sealed: bytes) -> bool:
        """See ``Reseals.swap``."""
        table, column = self.of.table, self.of.table.c[self.of.column]
        key = zip(table.primary_key.columns, value.key, strict=True)
        mine = and_(column == value.sealed, *(part == wanted for part, wanted in key))
        changed = await session.execute(update(table).where(mine).values({self.of.column: sealed}))
        return isinstance(changed, CursorResult) and changed.rowcount == 1
