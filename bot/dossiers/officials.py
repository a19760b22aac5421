"""Dossiers as officials look at them: what is due, one dossier, and with a reason who filed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.ports import Transactions
from bot.dossiers.desk import LookOutcome
from bot.dossiers.disclosure import Level
from bot.dossiers.due import WATCHED, DueLine, Urgency, due_line, horizon
from bot.dossiers.due_store import due_before
from bot.dossiers.lookups import MarksDossiers, NotesLookups
from bot.dossiers.record import Owner
from bot.dossiers.store import Change, DossierStore, Kept
from feedback.working_time.loading import WorkingTime

CHANNEL = "officials"
"""Channel of their look-ups, as the applicant sees it."""
PAGE = 100
"""Dossiers of one page."""
MOST_READ = 1500
"""Dossiers read for one page: many that are late were apologised for."""
LATE = (Urgency.LATE_AGAIN, Urgency.LATE)

Mark = tuple[datetime, str]
"""Appointment in force, and code, of the last dossier that was read."""


@dataclass(frozen=True)
class DuePage:
    """Some dossiers, the most urgent first."""

    lines: Sequence[DueLine]
    after: Mark | None
    """Where the next page begins; ``None`` for the last one."""


@dataclass(frozen=True)
class OfficialDossiers:
    """What the pages about dossiers ask."""

    transactions: Transactions
    store: DossierStore
    time: WorkingTime
    marks: MarksDossiers
    lookups: NotesLookups

    async def due(self, now: datetime, *, late: bool, unit: str = "", after: Mark | None = None) -> DuePage:
        """Return what is late without an apology, or due by the next working day.

        Args:
            now: the moment.
            late: which of the two.
            unit: only of this unit: its code, the beginning of it, or a part of its name.
            after: where the page begins.
        """
        before = now if late else horizon(now, self.time)
        lines: list[DueLine] = []
        read = 0
        async with self.transactions.read() as session:
            async for due in due_before(session, self.store, before, WATCHED, None if late else now, after, unit):
                read += 1
                line = due_line(due.open().record, now, self.time)
                if line is not None and (line.urgency in LATE) is late:
                    lines.append(line)
                if len(lines) == PAGE or read == MOST_READ:
                    return DuePage(lines, (due.appointment, due.code))
        return DuePage(lines, None)

    async def one(self, code: str) -> tuple[Kept, Sequence[Change]] | None:
        """Return a dossier with its history; nothing of who filed it is in it. ``None`` for an unknown code."""
        async with self.transactions.read() as session:
            kept = await self.store.get(session, code)
            if kept is None:
                return None
            nobodys = replace(kept, record=replace(kept.record, owner=Owner()))
            return nobodys, await self.store.history(session, code)

    async def owner(self, official: str, code: str, at: datetime) -> Owner | None:
        """Return who filed a dossier; the look is noted where the applicant can read it.

        Args:
            official: account of who looks.
            code: of the dossier.
            at: now.
        """
        person = self.marks.of("official", official)
        told = (CHANNEL, Level.APPLICANT, LookOutcome.TOLD)
        async with self.transactions.write() as session:
            owner = await self.store.owner(session, code)
            if owner is not None:
                await self.lookups.note(session, person, [self.marks.dossier(code)], told, at)
        return owner
