"""What remote sources need: somebody who asks one system, and somewhere to keep what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.record import Record
from nlu.codes import DossierCode


class Asks(Protocol):
    """Asks one system."""

    async def ask(self, code: DossierCode) -> Record | None:
        """Return a dossier as the system knows it now; ``None`` when there is none; raises ``SourceDownError``."""
        ...


class KeptRecord(Protocol):
    """A dossier as it is known here."""

    @property
    def record(self) -> Record:
        """What was said."""
        ...

    @property
    def source(self) -> str:
        """Who said it."""
        ...

    @property
    def as_of(self) -> datetime:
        """When."""
        ...


class Keeps(Protocol):
    """Keeps dossiers; see ``DossierStore``."""

    async def put(self, session: AsyncSession, source: str, given: Sequence[tuple[Record, datetime]]) -> object:
        """Keep what a source said."""
        ...

    async def get(self, session: AsyncSession, code: str) -> KeptRecord | None:
        """Return what is known of a dossier."""
        ...
