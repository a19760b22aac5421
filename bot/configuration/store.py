"""Reading and writing versions of what an agency sets itself, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.configuration.kinds import Kind
from bot.configuration.tables import configuration_version as table


@dataclass(frozen=True)
class Version:
    """What was set once."""

    id: int
    kind: Kind
    body: str
    """YAML; empty: the operator's own file holds."""
    why: str
    official: str
    set_at: datetime


@dataclass(frozen=True)
class NewVersion:
    """What is to be set."""

    kind: Kind
    body: str
    why: str
    official: str
    based_on: int
    """The version that was before the administrator's eyes; 0 for none."""


class ConfigurationStore:
    """The versions, append only."""

    async def newest(self, session: AsyncSession) -> Mapping[Kind, Version]:
        """Return what holds; kinds that were never set are missing."""
        newest = select(func.max(table.c.id)).group_by(table.c.kind)
        rows = await session.execute(select(table).where(table.c.id.in_(newest)))
        return {version.kind: version for version in map(_version, rows)}

    async def one(self, session: AsyncSession, id: int) -> Version | None:
        """Return a version; ``None`` for none."""
        row = (await session.execute(select(table).where(table.c.id == id))).one_or_none()
        return _version(row) if row is not None else None

    async def history(self, session: AsyncSession, kind: Kind, limit: int = 50) -> Sequence[Version]:
        """Return the versions of a kind, the newest first."""
        rows = await session.execute(
            select(table).where(table.c.kind == kind.value).order_by(table.c.id.desc()).limit(limit)
        )
        return [_version(row) for row in rows]

    async def add(self, session: AsyncSession, new: NewVersion, at: datetime) -> int | None:
        """Set something and return its number; ``None`` when somebody else set it meanwhile."""
        mine = table.c.kind == new.kind.value
        # Whoever sets the same kind at the same time waits here, and finds this version below.
        await session.execute(select(table.c.id).where(mine).order_by(table.c.id.desc()).limit(1).with_for_update())
        latest = select(func.max(table.c.id)).where(mine)
        if (await session.scalar(latest) or 0) != new.based_on:
            return None
        row = {"kind": new.kind.value, "body": new.body, "why": new.why, "official": new.official, "set_at": at}
        number: int | None = await session.scalar(insert(table).values(row).returning(table.c.id))
        return number


def _version(row: Row[tuple[object, ...]]) -> Version:
    named = row._mapping
    return Version(named["id"], Kind(named["kind"]), named["body"], named["why"], named["official"], named["set_at"])
