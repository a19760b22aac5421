"""The console's log in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.official import Official


@dataclass
class FakeLog:
    """Implements ``NotesActions``, and what writes down by account."""

    noted: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Account, what, about, why."""

    async def note(
        self, session: AsyncSession, official: Official, what: str, about: str, why: str, at: datetime
    ) -> None:
        """See ``NotesActions.note``."""
        await self.append(session, official.account, what, about, why, at)

    async def append(self, session: AsyncSession, who: str, what: str, about: str, why: str, at: datetime) -> None:
        """See ``Audit.append``."""
        assert len(what) <= 40
        self.noted.append((who, what, about, why))
