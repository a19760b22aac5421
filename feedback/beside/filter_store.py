"""Keeps the filters that officials saved, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.beside.tables import FILTER_NAME, FILTER_QUERY, saved_filter
from feedback.inserting import insertion

MOST = 12
"""Of one official."""


@dataclass(frozen=True)
class SavedFilter:
    """What an official often looks for."""

    id: int
    name: str
    query: str
    """As it stands in the address of the list."""


class FilterStore:
    """The saved filters of one database."""

    async def of(self, session: AsyncSession, account: str) -> Sequence[SavedFilter]:
        """Return an official's filters in the order in which they were saved."""
        mine = select(saved_filter).where(saved_filter.c.account == account).order_by(saved_filter.c.id)
        return [SavedFilter(row.id, row.name, row.query) for row in await session.execute(mine)]

    async def put(self, session: AsyncSession, account: str, name: str, query: str) -> bool:
        """Save a filter, or another query under its name; false for no name, a query too long, or one too many."""
        name = name.strip()[:FILTER_NAME]
        there = select(func.count()).select_from(saved_filter)
        others = there.where(saved_filter.c.account == account, saved_filter.c.name != name)
        if not name or len(query) > FILTER_QUERY or (await session.execute(others)).scalar_one() >= MOST:
            return False
        put = insertion(session, saved_filter).values(account=account, name=name, query=query)
        await session.execute(
            put.on_conflict_do_update(
                index_elements=[saved_filter.c.account, saved_filter.c.name], set_={"query": query}
            )
        )
        return True

    async def drop(self, session: AsyncSession, account: str, id: int) -> None:
        """Delete an own filter."""
        await session.execute(delete(saved_filter).where(saved_filter.c.account == account, saved_filter.c.id == id))
