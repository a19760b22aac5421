"""Private notes on a record: for the officials who work on it, never for its sender, and not for who is complained about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, NotAllowedError
from feedback.beside.note_store import Note, NoteStore
from feedback.case import Case
from feedback.disclosure import is_accused
from feedback.errors import FeedbackError
from feedback.stepping import Stepping
from feedback.working_time.zone import here

LONGEST = 4000
KEPT_DAYS = 365
"""After the end of its record: by then nobody takes the matter up again, and a note may tell of somebody."""


class NoteError(FeedbackError):
    """A note that says nothing, or too much."""


@dataclass(frozen=True)
class Notes:
    """The notes of one office."""

    store: NoteStore
    stepping: Stepping

    async def of(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Sequence[Note]:
        """Return a record's notes: none to who is complained about, those of the own unit to whom its sender is hidden from.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
        """
        case = await self.stepping.open(session, actor, record_id, at)
        if is_accused(actor, case):
            return ()
        notes = await self.store.of(session, record_id)
        # What others note may tell who the sender is.
        return [one for one in notes if one.unit == actor.unit] if self._hidden(actor, case, at) else notes

    async def add(self, session: AsyncSession, actor: Actor, record_id: int, text: str, at: datetime) -> None:
        """Write a note.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
            NotAllowedError: the actor is complained about.
            NoteError: it is empty or too long.
        """
        case = await self.stepping.open(session, actor, record_id, at)
        if is_accused(actor, case):
            raise NotAllowedError(f"{actor.id} is complained about in this record")
        if not text.strip() or len(text) > LONGEST:
            raise NoteError(f"a note needs 1 to {LONGEST} signs")
        await self.store.add(session, record_id, actor.id, actor.unit, text.strip(), at)

    async def drop(self, session: AsyncSession, actor: Actor, record_id: int, id: int, at: datetime) -> bool:
        """Delete an own note; tell whether it was there."""
        await self.stepping.open(session, actor, record_id, at)
        return await self.store.drop(session, record_id, id, actor.id)

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete what is older than notes are kept; tell how many."""
        return await self.store.forget(session, now - timedelta(days=KEPT_DAYS))

    def _hidden(self, actor: Actor, case: Case, at: datetime) -> bool:
        return self.stepping.disclosure.is_veiled(actor, case, here(at).date())
