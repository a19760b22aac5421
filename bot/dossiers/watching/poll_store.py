"""Keeps when watched dossiers are asked for again, and which process does which work, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.statements import insertion
from bot.dossiers.watching.pace import Next
from bot.dossiers.watching.tables import watch_lease, watched_dossier

_ROW = watched_dossier.c


@dataclass(frozen=True)
class Due:
    """A dossier to ask for."""

    code: str
    failures: int


async def unassigned(session: AsyncSession, limit: int) -> Sequence[str]:
    """Return codes of which nobody looked up who is asked."""
    chosen = select(_ROW.code).where(_ROW.source == "").order_by(_ROW.code).limit(limit)
    return (await session.scalars(chosen)).all()


async def assign(session: AsyncSession, sources: Mapping[str, str], polled: Collection[str], now: datetime) -> None:
    """Write down who is asked; what is not asked over a network has no next time.

    Args:
        session: the caller's.
        sources: by code.
        polled: names of the sources that are asked again and again.
        now: when those are asked first.
    """
    for asked in (True, False):
        rows = [{"at": code, "s": name} for code, name in sources.items() if (name in polled) is asked]
        if rows:
            # A time that stands already is kept: after a restart not all of them are due at once.
            following = func.coalesce(_ROW.next_at, now) if asked else None
            here = update(watched_dossier).where(_ROW.code == bindparam("at"))
            values: dict[str, Any] = {"source": bindparam("s"), "next_at": following}
            await (await session.connection()).execute(here.values(values), rows)


async def reassign(session: AsyncSession) -> None:
    """Have it looked up anew who is asked for each dossier: the file of the sources may have changed."""
    await session.execute(update(watched_dossier).values(source=""))


async def due(session: AsyncSession, source: str, now: datetime, limit: int) -> Sequence[Due]:
    """Return what a source is to be asked for: the urgent ones first, but never more than half of what is taken."""
    found: dict[str, Due] = {}
    for urgent, most in ((1, limit // 2), (0, limit), (1, limit)):
        chosen = select(_ROW.code, _ROW.failures).where(
            _ROW.source == source, _ROW.urgent == urgent, _ROW.next_at <= now
        )
        rows = await session.execute(chosen.order_by(_ROW.next_at).limit(most))
        for row in rows:
            if len(found) < limit:
                found.setdefault(row.code, Due(row.code, row.failures))
    return list(found.values())


async def looked(session: AsyncSession, following: Mapping[str, Next], failures: Mapping[str, int]) -> None:
    """Write down when dossiers are asked for next.

    Args:
        session: the caller's.
        following: by code.
        failures: in a row, by code; none for what came.
    """
    rows = [
        {"at": code, "n": one.at, "u": int(one.urgent), "f": failures.get(code, 0)} for code, one in following.items()
    ]
    if rows:
        here = update(watched_dossier).where(_ROW.code == bindparam("at"))
        values: dict[str, Any] = {"next_at": bindparam("n"), "urgent": bindparam("u"), "failures": bindparam("f")}
        await (await session.connection()).execute(here.values(values), rows)


async def lease(session: AsyncSession, name: str, owner: str, now: datetime, until: datetime) -> bool:
    """Take some work, or go on with it; false while another process has it."""
    taking = insertion(session, watch_lease)
    free = or_(watch_lease.c.owner == owner, watch_lease.c.until <= now)
    taken = taking.on_conflict_do_update(
        index_elements=["name"], set_={"owner": taking.excluded.owner, "until": taking.excluded.until}, where=free
    ).returning(watch_lease.c.name)
    return (await session.execute(taken, [{"name": name, "owner": owner, "until": until}])).first() is not None


async def release(session: AsyncSession, owner: str, now: datetime) -> None:
    """Give all work of a process back."""
    await session.execute(update(watch_lease).where(watch_lease.c.owner == owner).values(until=now))
