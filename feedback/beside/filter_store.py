"""Keeps the filters that officials saved, sealed, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.beside.tables import saved_filter
from feedback.ports import Seals
from feedback.sealed import SealedColumn, tried

MOST = 12
"""Of one official."""
NAME, QUERY = 60, 600
"""Signs at most."""


class _Body(msgspec.Struct, array_like=True):
    name: str
    query: str


@dataclass(frozen=True)
class SavedFilter:
    """What an official often looks for."""

    id: int
    name: str
    query: str = field(repr=False)
    """As it stands in the address of the list; the words that are searched may be somebody's name or number."""


class FilterStore:
    """The saved filters of one database."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    async def of(self, session: AsyncSession, account: str) -> Sequence[SavedFilter]:
        """Return an official's filters in the order in which they were saved; without those that cannot be opened."""
        mine = select(saved_filter).where(saved_filter.c.account == account).order_by(saved_filter.c.id)
        opened = [tried(self._opened, row.id, row.body) for row in await session.execute(mine)]
        return [one for one in opened if one is not None]

    async def put(self, session: AsyncSession, account: str, name: str, query: str) -> bool:
        """Save a filter, or another query under its name; false for no name, a query too long, or one too many."""
        name = name.strip()[:NAME]
        mine = await self.of(session, account)
        same = next((one.id for one in mine if one.name == name), None)
        if not name or len(query) > QUERY or (same is None and len(mine) >= MOST):
            return False
        if same is None:
            row = {"account": account, "body": b""}
            same = (await session.execute(insert(saved_filter).values(row).returning(saved_filter.c.id))).scalar_one()
        sealed = self._seals.seal(msgspec.msgpack.encode(_Body(name, query)), _about(same))
        await session.execute(update(saved_filter).where(saved_filter.c.id == same).values(body=sealed))
        return True

    async def drop(self, session: AsyncSession, account: str, id: int) -> None:
        """Delete an own filter."""
        await session.execute(delete(saved_filter).where(saved_filter.c.account == account, saved_filter.c.id == id))

    def _opened(self, id: int, body: bytes) -> SavedFilter:
        opened = msgspec.msgpack.decode(self._seals.open(body, _about(id)), type=_Body)
        return SavedFilter(id, opened.name, opened.query)


def _about(id: int) -> str:
    return f"feedback filter {id}"


SEALED = (SealedColumn(saved_filter, "body", lambda row: _about(row.id)),)
