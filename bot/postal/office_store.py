"""Keeps the imported list of post offices within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.postal.geography import Box
from bot.postal.office import PostOffice
from bot.postal.office_tables import post_office

AT_ONCE = 500
_COLUMNS = tuple(post_office.c[one.name] for one in fields(PostOffice))


@dataclass(frozen=True)
class Replaced:
    """What an import did to the list."""

    new: int
    changed: int
    same: int
    gone: int
    """Offices that the new list does not have."""


class OfficeStore:
    """The list as a whole: an import replaces it."""

    async def replace(self, session: AsyncSession, offices: Sequence[PostOffice]) -> Replaced:
        """Put a list in the place of the one that is there."""
        before = {one.code: one for one in await self.listed(session)}
        after = {one.code: one for one in offices}
        same = sum(before.get(code) == one for code, one in after.items())
        new = len(after.keys() - before.keys())
        await session.execute(delete(post_office))
        rows = [asdict(one) for one in after.values()]
        for start in range(0, len(rows), AT_ONCE):
            await session.execute(insert(post_office), rows[start : start + AT_ONCE])
        return Replaced(new, len(after) - new - same, same, len(before.keys() - after.keys()))

    async def remove(self, session: AsyncSession) -> int:
        """Delete the whole list; return how many there were."""
        amount = await session.scalar(select(func.count()).select_from(post_office))
        await session.execute(delete(post_office))
        return amount or 0

    async def is_empty(self, session: AsyncSession) -> bool:
        """Tell whether no list was imported."""
        return await session.scalar(select(post_office.c.code).limit(1)) is None

    async def listed(self, session: AsyncSession, province: str | None = None) -> tuple[PostOffice, ...]:
        """Return all offices, or those of a province, by their numbers."""
        wanted = select(*_COLUMNS).order_by(post_office.c.code)
        if province is not None:
            wanted = wanted.where(post_office.c.province == province)
        return _offices(await session.execute(wanted))

    async def within(self, session: AsyncSession, box: Box) -> tuple[PostOffice, ...]:
        """Return those within a box."""
        point = post_office.c
        return _offices(
            await session.execute(
                select(*_COLUMNS).where(
                    point.latitude.between(box.south, box.north), point.longitude.between(box.west, box.east)
                )
            )
        )


def _offices(rows: Iterable[Row[tuple[object, ...]]]) -> tuple[PostOffice, ...]:
    return tuple(PostOffice(**row._mapping) for row in rows)
