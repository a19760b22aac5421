"""Hands a record's file to an official; every time it stands in the log who had it, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.attachments.service import Attachments
from feedback.attachments.store import Attachment
from feedback.log_store import Movement
from feedback.register_store import NoSuchRecordError
from feedback.stepping import Stepping
from feedback.transitions import Action, check
from feedback.working_time.zone import here


@dataclass(frozen=True)
class HandingOut:
    """The files of records, for the command and for the officials' pages."""

    stepping: Stepping
    attachments: Attachments

    async def nth(
        self, session: AsyncSession, actor: Actor, record_id: int, number: int, why: str, at: datetime
    ) -> tuple[Attachment, bytes]:
        """Return a record's file by its place in the list, 1 for the first; see ``one``."""
        there = await self.attachments.all_of_record(session, record_id)
        id = there[number - 1].id if 0 < number <= len(there) else ""
        return await self.one(session, actor, record_id, id, why, at)

    async def one(
        self, session: AsyncSession, actor: Actor, record_id: int, id: str, why: str, at: datetime
    ) -> tuple[Attachment, bytes]:
        """Return a record's file, and write down who had it and what for.

        Args:
            session: to write with: without the entry in the log the file is not given out.
            actor: who asks.
            record_id: whose file.
            id: of the file.
            why: the reason.
            at: now.

        Raises:
            NoSuchRecordError: there is no such record or file, or not for this actor.
            NotAllowedError: not for this actor's role, the sender is hidden from them, or a scanner refused the file.
            TransitionError: the reason is missing.
            FileGoneError: the file is lost from its folder.
        """
        case = await self.stepping.open(session, actor, record_id, at)
        check(Action.SEE_FILE, case.status, actor, why)
        if not id:
            raise NoSuchRecordError(f"record {case.register_number} has no such attachment")
        day = here(at).date()
        found = await self.attachments.open(session, actor, case, id, self.stepping.disclosure, day)
        movement = Movement(
            Action.SEE_FILE, case.status, case.status, case.unit, case.unit, why, details={"attachment": id}
        )
        await self.stepping.log.append(session, case.id, actor, movement, at)
        return found
