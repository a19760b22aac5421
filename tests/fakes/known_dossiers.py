"""A source of dossiers in memory, that can be down, and a sender of one-time codes that keeps what it was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.dossiers.ports import Sighting, SourceDownError
from bot.dossiers.record import Record
from nlu.codes import DossierCode


@dataclass
class KnownDossiers:
    """Implements ``DossierSource``."""

    records: dict[str, Record] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)
    """Codes in the order in which they were asked for."""
    name: str = "known"
    as_of: datetime = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)

    async def find(self, code: DossierCode) -> Sighting:
        """See ``DossierSource.find``."""
        self.asked.append(code.text)
        if self.down:
            raise SourceDownError("the source is down")
        return Sighting(self.records.get(code.text), self.as_of)


@dataclass
class FakeCodeSender:
    """Implements ``SendsCodes``."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    """Telephone and code."""
    keys: list[str] = field(default_factory=list)
    refusals: int = 0
    """How many of the next ones the gateway refuses."""

    async def send(self, phone: str, code: str, key: str) -> bool:
        """See ``SendsCodes.send``."""
        if self.refusals:
            self.refusals -= 1
            return False
        self.sent.append((phone, code))
        self.keys.append(key)
        return True
