"""Somebody who proved to be the applicant of a dossier with a result, or did not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.dossiers.desk import Asker, Look, LookOutcome
from bot.dossiers.disclosure import Shown, coarse, shown
from bot.dossiers.record import Status
from tests.bot.dossiers.records import BASE

DONE = replace(BASE, status=Status.DONE)


@dataclass
class FakeApplicant:
    """Implements ``Looks``, and tells when the dossier was first rated."""

    known: Shown | None = field(default_factory=lambda: shown(DONE))
    first: datetime | None = None

    async def look(self, asker: Asker, code: str) -> Look:
        return Look(LookOutcome.TOLD, coarse(DONE), self.known)

    async def first_rated(self, code: str) -> datetime | None:
        return self.first
