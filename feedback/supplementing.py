"""Asking a sender for what is missing, and taking it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.attaching import AdoptsAttachments
from feedback.case import Case
from feedback.letters import supplemented
from feedback.log import Entry
from feedback.ports import Mail, NoticeKind, SendsMail
from feedback.record import Book, Status
from feedback.stepping import Move, Stepping, Telling
from feedback.supplement import supplemented_text
from feedback.transitions import Action, TransitionError
from feedback.working_time.zone import here


class Supplementing:
    """The two steps of a supplement."""

    def __init__(self, stepping: Stepping, attachments: AdoptsAttachments, mail: SendsMail) -> None:
        self._stepping = stepping
        self._attachments = attachments
        self._mail = mail

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

        What is added to a form that went to the agency's published address goes there too.

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
        added = supplemented_text(case.matter.text, text.strip(), here(at).date())
        matter = replace(case.matter, text=added) if text.strip() else None
        made = await self._stepping.make(session, actor, case, Move(Action.SUPPLEMENT, to=before, matter=matter), at)
        had = {file.id for file in await self._attachments.of_record(session, case.id)}
        if draft:
            await self._attachments.adopt(session, draft, case.id)
        if case.book is Book.FORWARDED and self._stepping.office.forward_to:
            files = [file.id for file in await self._attachments.of_record(session, case.id) if file.id not in had]
            await self._send_on(session, case, text.strip(), files, made.entry)
        return made.case

    async def _send_on(self, session: AsyncSession, case: Case, added: str, files: Sequence[str], entry: Entry) -> None:
        sent = await self._stepping.register.sender(session, case)
        letter = supplemented(case, sent.sender, added, entry.at)
        to, key = self._stepping.office.forward_to, f"feedback.{case.id}.{entry.seq}.more"
        await self._mail.send(session, Mail(to, letter.subject, letter.body, tuple(files), key))

    async def _before(self, session: AsyncSession, case: Case) -> Status:
        """Return where it stood when the supplement was asked for."""
        told = await self._stepping.log.of(session, case.id)
        asked = (one.entry for one in reversed(told) if one.entry.action is Action.ASK_SUPPLEMENT)
        return next((entry.from_status for entry in asked if entry.from_status), Status.RECEIVED)
