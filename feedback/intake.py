"""Receiving feedback: into the register once, however often it is sent, with a number, its clocks and the first entry of its log."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import CITIZEN, Actor, NotAllowedError
from feedback.attaching import AdoptsAttachments
from feedback.case import Case
from feedback.entered_again import OtherContentsError, differing
from feedback.errors import FeedbackError
from feedback.letters import filled_form
from feedback.office import IntakeWay
from feedback.ports import FoldsText, Mail, NamesProcedures, SendsMail
from feedback.record import ENDED, REGISTERED_KINDS, Address, Book, Matter, Receipt, Status, Submission
from feedback.register_rows import Placing
from feedback.register_store import CONVERSATION
from feedback.stepping import Move, Stepping
from feedback.transitions import Action, TransitionError, check
from feedback.working_time.zone import here


class TooManyError(FeedbackError):
    """One conversation handed in so much today that it looks like abuse; the draft stays for another day."""


class Intake:
    """Receives what senders hand in and what officials enter."""

    def __init__(
        self,
        stepping: Stepping,
        attachments: AdoptsAttachments,
        mail: SendsMail,
        words: FoldsText,
        procedures: NamesProcedures,
    ) -> None:
        """Take what makes steps, and what a new record needs beside them."""
        self._stepping = stepping
        self._attachments = attachments
        self._mail = mail
        self._words = words
        self._procedures = procedures

    async def receive(self, session: AsyncSession, submission: Submission, at: datetime) -> Receipt:
        """Receive what a sender hands in; the same again gives the same receipt.

        The same is: the same receipt number (a double tap, a crash and a retry), or the same words from the same
        conversation within the minutes that the office allows.
        """
        return await self._enter(session, CITIZEN, Action.SUBMIT, submission, at)

    async def known(self, session: AsyncSession, submission: Submission, at: datetime) -> str:
        """Return the number of the receipt that these words got a moment ago; empty for new ones. Reads only."""
        given = replace(submission, book=self._book(submission))
        found = await self._stepping.register.by_receipt(session, given.receipt) or await self._twin(session, given, at)
        return found.receipt if found is not None else ""

    async def full(self, session: AsyncSession, where: Address | None, at: datetime) -> bool:
        """Tell whether a conversation has handed in all that this office takes from one on a day. Reads only."""
        most = self._stepping.office.policy.sent_a_day
        if where is None or not most:
            return False
        midnight = here(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return await self._stepping.register.count_of_conversation(session, where, midnight) >= most

    async def enter(self, session: AsyncSession, actor: Actor, submission: Submission, at: datetime) -> Receipt:
        """Enter what came on paper or by telephone (Article 6) into the same register.

        The same content of the same sender from the same official, within the minutes that the office allows, gives the
        same receipt: a command that was run twice, a form that was sent twice.

        Raises:
            OtherContentsError: the receipt is that of a record with other contents.
            NotAllowedError: the actor does not receive for this office.
            TransitionError: it is said to have come later than now.
        """
        check(Action.ENTER, None, actor)
        if actor.unit != self._stepping.office.receiving(here(at).date()).code:
            raise NotAllowedError(f"{actor.id} is not of the receiving unit")
        if submission.at > at:
            raise TransitionError("it cannot have come later than now")
        return await self._enter(session, actor, Action.ENTER, submission, at)

    async def _enter(
        self, session: AsyncSession, actor: Actor, action: Action, given: Submission, at: datetime
    ) -> Receipt:
        given = replace(given, book=self._book(given))
        # From here on whoever sends the same waits: it is found below, or is not there yet.
        await self._stepping.register.turn(session, given.book, at)
        known = await self._stepping.register.by_receipt(session, given.receipt)
        if action is Action.ENTER:
            known = await self._same(session, known, given) or await self._entered(session, actor, given, at)
        elif known is None:
            known = await self._twin(session, given, at)
        if known is not None:
            if given.draft:
                await self._attachments.adopt(session, given.draft, known.id)
            return _receipt(known, new=False)
        if action is Action.SUBMIT and await self.full(session, given.where, at):
            raise TooManyError("this conversation has handed in all that one may on a day")
        case = await self._stepping.register.enter(session, given, await self._placing(given, at), at)
        if given.draft:
            await self._attachments.adopt(session, given.draft, case.id)
        details = {"certain": "yes" if given.certain else "no", "channel": given.channel}
        await self._stepping.begin(session, actor, case, Move(action, details=details), at)
        if self._stepping.office.intake is IntakeWay.FORWARD_TO and not given.sample:
            await self._send(session, case, given)
        return _receipt(case, new=True)

    def _book(self, given: Submission) -> Book:
        """What is made up never takes a number of the register."""
        return Book.TRIAL if given.sample else self._stepping.office.book

    async def _twin(self, session: AsyncSession, given: Submission, at: datetime) -> Case | None:
        if given.where is None:
            return None
        since = at - timedelta(minutes=self._stepping.office.policy.twin_minutes)
        words = self._folded(given)
        earlier = await self._stepping.register.of_conversation(session, given.where, since)
        alike = (case for case in earlier if case.book is given.book and case.status not in ENDED)
        return next((case for case in alike if self._fold(case.matter.text, case.matter.proposal) == words), None)

    async def _same(self, session: AsyncSession, known: Case | None, given: Submission) -> Case | None:
        """Return what has the receipt already, which must be the same sheet."""
        if known is not None:
            sent = await self._stepping.register.sender(session, known)
            fields = differing(known, sent, given, self._fold)
            if fields:
                raise OtherContentsError(known, fields)
        return known

    async def _entered(self, session: AsyncSession, actor: Actor, given: Submission, at: datetime) -> Case | None:
        """Return what the same official entered a moment ago with the same content of the same sender."""
        since = at - timedelta(minutes=self._stepping.office.policy.twin_minutes)
        register = self._stepping.register
        for one in await self._stepping.log.made_by(session, actor, Action.ENTER, since, CONVERSATION):
            case = await register.get(session, one)
            if case.book is not given.book or case.channel != given.channel or case.status in ENDED:
                continue
            same = self._content(case.matter) == self._content(given.matter)
            if same and (await register.sender(session, case)).sender == given.sender:
                return case
        return None

    def _content(self, matter: Matter) -> Matter:
        """Return a matter as two of them are compared: however it is spelt."""
        return replace(matter, text=self._fold(matter.text), proposal=self._fold(matter.proposal))

    def _folded(self, given: Submission) -> str:
        return self._fold(given.matter.text, given.matter.proposal)

    def _fold(self, *texts: str) -> str:
        return "\n".join(" ".join(self._words.fold(text).split()) for text in texts)

    async def _placing(self, given: Submission, at: datetime) -> Placing:
        """Put it with the receiving unit; what is in doubt waits there for an official's word and is never turned away."""
        sure = given.certain and given.suggested.border in REGISTERED_KINDS
        code = given.matter.procedure_code
        procedure = await self._procedures.procedure(code) if code else None
        unit = self._stepping.office.receiving(here(at).date()).code
        status = Status.RECEIVED if sure else Status.NEEDS_TRIAGE
        return Placing(unit, status, procedure.field if procedure else "")

    async def _send(self, session: AsyncSession, case: Case, given: Submission) -> None:
        letter = filled_form(case, given.sender)
        files = await self._attachments.of_record(session, case.id)
        ids = tuple(file.id for file in files)
        to, key = self._stepping.office.forward_to, f"feedback.{case.id}.form"
        await self._mail.send(session, Mail(to, letter.subject, letter.body, ids, key))


def _receipt(case: Case, new: bool) -> Receipt:
    return Receipt(case.id, case.receipt, case.book, case.year, case.number, case.status, new)
