"""What the module needs from outside: sources of dossiers, and who carries a one-time code to a telephone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dossiers.record import Record
from bot.errors import BotError
from nlu.codes import DossierCode


class DossierError(BotError):
    """Base of this module's errors."""


class SourceDownError(DossierError):
    """A source cannot be asked now, or answers nonsense; nothing is known about what it would say."""


@dataclass(frozen=True)
class Sighting:
    """What a source knew, and when."""

    record: Record | None
    """``None``: there is no such dossier."""
    as_of: datetime
    """When the source said so."""
    down: bool = False
    """Whether the source cannot be asked now, and this is the last that it said."""
    called: str = ""
    """Name of the source, as citizens know it; empty for the data that offices hand over."""


class DossierSource(Protocol):
    """Knows dossiers: our database, or a province's one-stop system."""

    name: str

    async def find(self, code: DossierCode) -> Sighting:
        """Look one dossier up.

        Raises:
            SourceDownError: the source cannot be asked, and nothing is known from before.
        """
        ...


class PollsDossiers(Protocol):
    """A source that must be asked again to learn of changes; the watch asks it for the dossiers that somebody waits for."""

    name: str

    def poll(self, codes: Sequence[DossierCode]) -> AsyncIterator[Sighting]:
        """Ask for many dossiers, at the pace that the source bears; those that failed are left out."""
        ...


class SendsCodes(Protocol):
    """Carries a one-time code to a telephone: an SMS gateway, a Zalo template."""

    async def send(self, phone: str, code: str, key: str) -> bool:
        """Send a code; tell whether the gateway took it. Never raises for what the gateway answers, never logs either.

        Args:
            phone: E.164.
            code: in digits.
            key: the same whenever the same message is sent again; says nothing of the person.
        """
        ...
