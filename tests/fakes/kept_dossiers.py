"""What sources said, in memory; as strict about time as the real store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.record import Record


@dataclass(frozen=True)
class FakeKept:
    """One dossier."""

    record: Record
    source: str
    as_of: datetime


@dataclass
class FakeDossiers:
    """Implements ``Keeps``."""

    kept: dict[str, FakeKept] = field(default_factory=dict)

    async def put(self, session: AsyncSession, source: str, given: Sequence[tuple[Record, datetime]]) -> None:
        for record, as_of in given:
            known = self.kept.get(record.code)
            if known is None or known.as_of <= as_of:
                self.kept[record.code] = FakeKept(record, source, as_of)

    async def get(self, session: AsyncSession, code: str) -> FakeKept | None:
        return self.kept.get(code)
