"""Asking a sender for what is missing, and taking it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.attaching import AdoptsAttachments
from feedback.case import Case
from feedback.ports import NoticeKind
from feedback.record import Status
from feedback.stepping import Move, Stepping, Telling
from feedback.transitions import Action, TransitionError
from feedback.working_time.zone import here


class Supplementing:
    """The two steps of a supplement."""

    def __init__(self, stepping: Stepping, attachments: AdoptsAttachments) -> None:
        self._stepping = stepping
        self._attachments = attachments

    async def ask_supplement(
        self, session: AsyncSession, actor: Actor, record_id: int, what: str, at: datetime
    ) -> Case:
        """Ask the sender for something; the clocks that pause stand still."""
        case = await self._stepping.start(session, actor, record_id, Action.ASK_SUPPLEMENT, at, what)
        told = Telling(NoticeKind.SUPPLEMENT, {"why": what}, everybody=False)
        move = Move(Action.ASK_SUPPLEMENT, what, told=told)
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def supplement(
        self, session: AsyncSession, actor: Actor, record_id: int, text: str, at: datetime, draft: str = ""
    ) -> Case:
        """Take in what the sender adds; the record goes on where it stood. What was written before stays as it was.

        Args:
            session: the caller's.
            actor: the sender, or an official who got it on paper or by telephone.
            record_id: the record.
            text: what is added; may be empty when attachments are.
            at: now.
            draft: id of the draft whose attachments belong to it.
        """
        case = await self._stepping.start(session, actor, record_id, Action.SUPPLEMENT, at)
        if not text.strip() and not draft:
            raise TransitionError("a supplement needs a text or attachments")
        before = await self._before(session, case)
        added = f"{case.matter.text}\n\n+ {here(at):%d/%m/%Y}: {text.strip()}"
        matter = replace(case.matter, text=added) if text.strip() else None
        made = await self._stepping.make(session, actor, case, Move(Action.SUPPLEMENT, to=before, matter=matter), at)
        if draft:
            await self._attachments.adopt(session, draft, case.id)
        return made.case

    async def _before(self, session: AsyncSession, case: Case) -> Status:
        """Return where it stood when the supplement was asked for."""
        told = await self._stepping.log.of(session, case.id)
        asked = (one.entry for one in reversed(told) if one.entry.action is Action.ASK_SUPPLEMENT)
        return next((entry.from_status for entry in asked if entry.from_status), Status.RECEIVED)
