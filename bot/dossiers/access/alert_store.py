"""Keeps what operators are told of codes and facts being tried out, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.statements import insertion
from bot.dossiers.access.tables import alert


class AlertKind(StrEnum):
    """What seems to be going on."""

    UNKNOWN = "unknown"
    """Many codes that no source knows."""
    SERIES = "series"
    """Many codes of one agency and one day."""
    FACTS = "facts"
    """Many second facts."""


class Whose(StrEnum):
    """Whom or what it is about."""

    PERSON = "person"
    SOURCE = "source"
    """One network."""
    UNIT = "unit"
    """One agency's codes, whoever asks."""
    DOSSIER = "dossier"


@dataclass(frozen=True)
class Alert:
    """What operators are told; nobody can be known from it."""

    kind: AlertKind
    whose: Whose
    subject: bytes
    """Keyed hash of whom or what it is about."""
    unit: str
    """The agency whose codes were asked about last."""
    channel: str
    amount: int
    """How many today."""
    first_at: datetime
    last_at: datetime


class AlertStore:
    """One line per kind, subject and day."""

    async def raise_(self, session: AsyncSession, told: Alert, day: datetime) -> None:
        """Note an alert, or that it goes on."""
        row = {name: getattr(told, name) for name in ("subject", "unit", "channel", "amount", "first_at", "last_at")}
        row |= {"kind": told.kind.value, "whose": told.whose.value, "day": day}
        goes_on = {name: row[name] for name in ("unit", "channel", "amount", "last_at")}
        noted = insertion(session, alert).values(row)
        where = [alert.c.kind, alert.c.subject, alert.c.day]
        await session.execute(noted.on_conflict_do_update(index_elements=where, set_=goes_on))

    async def listed(self, session: AsyncSession, limit: int) -> Sequence[Alert]:
        """Return the alerts, the newest first."""
        rows = await session.execute(select(alert).order_by(alert.c.last_at.desc(), alert.c.id.desc()).limit(limit))
        return [
            Alert(
                AlertKind(row.kind),
                Whose(row.whose),
                row.subject,
                row.unit,
                row.channel,
                row.amount,
                row.first_at,
                row.last_at,
            )
            for row in rows
        ]

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Delete alerts that ended before a moment; tell how many."""
        gone = await session.execute(delete(alert).where(alert.c.last_at < before))
        return gone.rowcount if isinstance(gone, CursorResult) else 0
