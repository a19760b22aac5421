"""Reading records: each actor as much as disclosure allows; every look at contact data stands in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, NotAllowedError
from feedback.answer import Draft
from feedback.answer_store import AnswerStore
from feedback.case import Case, SenderOf
from feedback.log_store import Told
from feedback.originals import without_digests
from feedback.record import Address
from feedback.stepping import Stepping
from feedback.transitions import Action, check
from feedback.working_time.zone import here


class Reading:
    """The register as officials may read it."""

    def __init__(self, stepping: Stepping, answers: AnswerStore) -> None:
        self._stepping = stepping
        self._answers = answers

    async def open(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Case:
        """Return a record; with masked words for those from whom its sender is hidden.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
        """
        return self._stepping.seen(actor, await self._stepping.open(session, actor, record_id, at), at)

    def hides_sender(self, actor: Actor, case: Case, at: datetime) -> bool:
        """Tell whether the sender of a record stays hidden from somebody who may read it otherwise."""
        return self._stepping.disclosure.is_veiled(actor, case, here(at).date())

    async def history(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Sequence[Told]:
        """Return the log of a record; without reasons and details for those from whom its sender is hidden."""
        case = await self._stepping.open(session, actor, record_id, at)
        told = await self._stepping.log.of(session, record_id)
        hidden = self.hides_sender(actor, case, at)
        return [
            replace(one, why="", details={}) if hidden else replace(one, details=without_digests(one.details))
            for one in told
        ]

    async def answers(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Sequence[Draft]:
        """Return every version of the answer; none to who is complained about."""
        case = await self._stepping.open(session, actor, record_id, at)
        if not self._stepping.disclosure.may_act(actor, case, here(at).date()):
            raise NotAllowedError(f"{actor.id} is complained about in this record")
        return await self._answers.versions(session, record_id)

    async def conversation(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Address | None:
        """Return the conversation that a record came from, so that its words around it may be read masked.

        ``None`` for one that came on paper, for those from whom its sender is hidden, and after a request for deletion.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
        """
        case = await self._stepping.open(session, actor, record_id, at)
        sent = await self._stepping.register.sender(session, case)
        restricted = sent.restricted_at is not None
        if not self._stepping.disclosure.may_see_sender(actor, case, here(at).date(), restricted) or restricted:
            return None
        return sent.where

    async def see_sender(
        self, session: AsyncSession, actor: Actor, record_id: int, at: datetime, why: str = ""
    ) -> SenderOf:
        """Return who sent a record, and write down that it was looked at.

        Raises:
            NotAllowedError: not for this actor: by role, or because the own agency is complained about.
        """
        case = await self._stepping.open(session, actor, record_id, at)
        check(Action.SEE_SENDER, case.status, actor, why)
        sent = await self._stepping.register.sender(session, case)
        day, restricted = here(at).date(), sent.restricted_at is not None
        if not self._stepping.disclosure.may_see_sender(actor, case, day, restricted):
            raise NotAllowedError(f"{actor.id} may not see who sent {case.register_number}")
        await self._stepping.note(session, actor, case, Action.SEE_SENDER, at, why)
        return sent
