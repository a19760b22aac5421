"""The register of look-ups, which applicants can read, as those need it who look in with a right of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.desk import LookOutcome
from bot.dossiers.disclosure import Level


class NotesLookups(Protocol):
    """The register of look-ups, which applicants can read."""

    async def note(
        self,
        session: AsyncSession,
        person: bytes,
        codes: Sequence[bytes],
        told: tuple[str, Level, LookOutcome],
        at: datetime,
    ) -> None:
        """Note that some codes were looked up at once, with channel, level and outcome."""
        ...


class MarksDossiers(Protocol):
    """Keyed hashes by which the register knows dossiers and whoever looked."""

    def dossier(self, code: str) -> bytes:
        """Return the mark of a dossier."""
        ...

    def of(self, kind: str, *parts: str) -> bytes:
        """Return the mark of anything else."""
        ...
