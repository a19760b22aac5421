"""Keeps who proved a second fact, and slows tries down, within the caller's transaction; never commits."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.inserting import insertion
from feedback.tables import access, patience

_LONG_AGO = timedelta(days=30)
_STEEPEST = 30
"""Doublings after which any delay is the longest one anyway."""


@dataclass(frozen=True)
class Slope:
    """Tries that are free, and a delay that doubles with each further one."""

    free: int
    first: timedelta
    """Delay after the first try beyond those."""
    most: timedelta
    leak: timedelta
    """After so long one try is forgotten."""
    alarm: float
    """Tries from which on operators are told."""

    def level(self, level: float, since: timedelta) -> float:
        """Return how many tries still count after some time."""
        return max(0.0, level - max(since, timedelta(0)) / self.leak)

    def delay(self, level: float) -> timedelta:
        """Return how long after the try that brought it to this level the next one counts."""
        beyond = math.ceil(round(level, 6)) - self.free
        return min(self.first * 2 ** min(beyond, _STEEPEST), self.most) if beyond >= 0 else timedelta(0)


@dataclass(frozen=True)
class Tried:
    """What a try came to."""

    until: datetime | None
    """When the next one counts, if this one does not."""
    alarming: Mapping[bytes, float]
    """Subjects that reached their alarm by this very try, with their level."""


class PatienceStore:
    """Tries and proofs of one database."""

    async def count(self, session: AsyncSession, slopes: Mapping[bytes, Slope], now: datetime) -> Tried:
        """Count a try of each subject; one that must wait counts nothing."""
        # In one order everywhere, so that two who need the same rows wait for each other instead of locking each other out.
        subjects = sorted(slopes)
        fresh = [{"subject": one, "level": 0.0, "tried_at": now, "until": now} for one in subjects]
        await session.execute(insertion(session, patience).on_conflict_do_nothing(), fresh)
        chosen = select(patience).where(patience.c.subject.in_(subjects)).order_by(patience.c.subject)
        held = {row.subject: row for row in await session.execute(chosen.with_for_update())}
        until = max(row.until for row in held.values())
        if until > now:
            return Tried(until, {})
        alarming: dict[bytes, float] = {}
        for one in subjects:
            slope, row = slopes[one], held[one]
            before = slope.level(row.level, now - row.tried_at)
            level = before + 1
            if before < slope.alarm <= level:
                alarming[one] = level
            values = {"level": level, "tried_at": now, "until": now + slope.delay(level)}
            await session.execute(update(patience).where(patience.c.subject == one).values(**values))
        return Tried(None, alarming)

    async def give_back(self, session: AsyncSession, subjects: Collection[bytes], now: datetime) -> None:
        """Forget the tries of subjects: the last one proved to be the sender's."""
        ordered = update(patience).where(patience.c.subject.in_(sorted(subjects)))
        await session.execute(ordered.values(level=0.0, until=now))

    async def prove(self, session: AsyncSession, person: bytes, record_id: int, until: datetime) -> None:
        """Note that a conversation proved to be the sender's."""
        made = insertion(session, access).values(person=person, record=record_id, until=until)
        await session.execute(made.on_conflict_do_update(index_elements=["person", "record"], set_={"until": until}))

    async def proved(self, session: AsyncSession, person: bytes, record_id: int, now: datetime) -> bool:
        """Tell whether a conversation proved it a short while ago."""
        chosen = select(access.c.record).where(
            access.c.person == person, access.c.record == record_id, access.c.until > now
        )
        return (await session.execute(chosen)).one_or_none() is not None

    async def lose(self, session: AsyncSession, person: bytes) -> None:
        """Forget everything that a conversation proved."""
        await session.execute(delete(access).where(access.c.person == person))

    async def forget(self, session: AsyncSession, now: datetime) -> None:
        """Delete what no longer counts."""
        await session.execute(delete(access).where(access.c.until <= now))
        await session.execute(delete(patience).where(patience.c.tried_at < now - _LONG_AGO))
