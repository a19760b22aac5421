"""Keeps who proved to be an applicant, and who was told what when, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.statements import insertion
from bot.dossiers.access.tables import access, lookup
from bot.dossiers.desk import LookOutcome, SeenEarlier
from bot.dossiers.disclosure import Level

SHOWN_LOOKUPS = 50
"""Look-ups told to an owner at once, the newest."""


class AccessStore:
    """Proven access, by keyed hashes of conversation and code."""

    async def grant(
        self, session: AsyncSession, person: bytes, code: bytes, way: str, times: tuple[datetime, datetime]
    ) -> None:
        """Let a person see a dossier from one moment until another."""
        given, expires = times
        row = {"person": person, "code": code, "way": way, "granted_at": given, "expires_at": expires}
        anew = {name: row[name] for name in ("way", "granted_at", "expires_at")}
        noted = insertion(session, access).values(row)
        await session.execute(noted.on_conflict_do_update(index_elements=[access.c.person, access.c.code], set_=anew))

    async def way(self, session: AsyncSession, person: bytes, code: bytes, now: datetime) -> str | None:
        """Return by which way a person proved that they may see a dossier now; ``None`` for nobody proven."""
        chosen = select(access.c.way).where(access.c.person == person, access.c.code == code, access.c.expires_at > now)
        found: str | None = await session.scalar(chosen)
        return found

    async def proven(self, session: AsyncSession, person: bytes, code: bytes, now: datetime) -> bool:
        """Tell whether a person may see a dossier now."""
        return await self.way(session, person, code, now) is not None

    async def count(self, session: AsyncSession, person: bytes, now: datetime) -> int:
        """Tell how many dossiers a person may see now."""
        chosen = select(func.count()).select_from(access)
        return (await session.execute(chosen.where(access.c.person == person, access.c.expires_at > now))).scalar_one()

    async def end(self, session: AsyncSession, person: bytes) -> None:
        """Let a person see nothing more."""
        await session.execute(delete(access).where(access.c.person == person))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete what expired; tell how much."""
        gone = await session.execute(delete(access).where(access.c.expires_at <= now))
        return gone.rowcount if isinstance(gone, CursorResult) else 0


class LookupStore:
    """Every look-up: the owner may know when, by which channel and how much, never who it was."""

    async def note(
        self,
        session: AsyncSession,
        person: bytes,
        codes: Sequence[bytes],
        told: tuple[str, Level, LookOutcome],
        at: datetime,
    ) -> None:
        """Note that some codes were looked up at once, with channel, level and outcome."""
        channel, level, outcome = told
        row = {"person": person, "channel": channel, "level": int(level), "outcome": outcome.value, "at": at}
        # In one statement: an organisation sees thousands at once, and whoever else writes waits for it.
        await session.execute(insert(lookup), [{**row, "code": code} for code in codes])

    async def seen(self, session: AsyncSession, code: bytes) -> Sequence[SeenEarlier]:
        """Return when something of a dossier was told, the newest first."""
        chosen = select(lookup.c.at, lookup.c.channel, lookup.c.level).where(
            lookup.c.code == code, lookup.c.outcome == LookOutcome.TOLD.value
        )
        rows = await session.execute(chosen.order_by(lookup.c.id.desc()).limit(SHOWN_LOOKUPS))
        return [SeenEarlier(row.at, row.channel, Level(row.level)) for row in rows]

    async def count(self, session: AsyncSession, person: bytes) -> int:
        """Tell how many look-ups of a person are kept."""
        chosen = select(func.count()).select_from(lookup).where(lookup.c.person == person)
        return (await session.execute(chosen)).scalar_one()

    async def lose(self, session: AsyncSession, person: bytes) -> None:
        """Forget who made a person's look-ups; the dossiers' owners still see when there was one."""
        await session.execute(update(lookup).where(lookup.c.person == person).values(person=None))

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Delete old look-ups; tell how many."""
        gone = await session.execute(delete(lookup).where(lookup.c.at < before))
        return gone.rowcount if isinstance(gone, CursorResult) else 0
