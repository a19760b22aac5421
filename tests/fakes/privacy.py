"""A register that a law keeps, in memory; implements ``KeepsByLaw`` as a later module will on its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.privacy.held import Held
from bot.privacy.restriction import Use, may_use


@dataclass
class FakeRegister:
    """Has an entry per person, which stays, and drafts, which do not."""

    name: str = "register"
    tables: frozenset[str] = frozenset()
    entries: dict[Ref, str] = field(default_factory=dict)
    drafts: dict[Ref, str] = field(default_factory=dict)
    restricted: dict[Ref, datetime] = field(default_factory=dict)

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        kept = [Held("utter_held_person", {"count": "1"}, "utter_data_never")] if ref in self.entries else []
        return [*kept, *([Held("utter_held_state")] if ref in self.drafts else [])]

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        self.drafts.pop(ref, None)

    async def restrict(self, session: AsyncSession, ref: Ref, at: datetime) -> None:
        if ref in self.entries:
            self.restricted.setdefault(ref, at)

    def read(self, ref: Ref, use: Use) -> str | None:
        """Read an entry, where that is still allowed."""
        return self.entries.get(ref) if may_use(use, self.restricted.get(ref)) else None
