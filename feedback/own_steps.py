"""What a sender does with the own record: takes it back, reopens it after an answer, says how content one is."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import CITIZEN, SYSTEM
from feedback.answer import Draft
from feedback.answer_store import AnswerStore
from feedback.case import Case
from feedback.letters import withdrawn
from feedback.ports import Mail, SendsMail
from feedback.record import Book, Status
from feedback.stepping import Move, Stepping
from feedback.transitions import ANSWERED, Action, TransitionError
from feedback.undoing import Undoing
from feedback.working_time.zone import here

GRADES = range(1, 6)
ALONE = "the record that it was merged into was withdrawn by its sender"


class TooLateError(TransitionError):
    """The time in which the office allows this is over."""


class OwnSteps:
    """Steps of senders; whoever calls has proven that the record is theirs."""

    def __init__(self, stepping: Stepping, answers: AnswerStore, undoing: Undoing, mail: SendsMail) -> None:
        self._stepping = stepping
        self._answers = answers
        self._undoing = undoing
        self._mail = mail

    async def withdraw(self, session: AsyncSession, record_id: int, at: datetime, why: str = "") -> Case:
        """Take it back; what others sent and was merged into it stands on its own again.

        Whoever got its form by mail is told.
        """
        merged = [one.id for one in await self._stepping.register.merged(session, record_id)]
        await self._stepping.register.hold(session, [record_id, *merged])
        case = await self._stepping.start(session, CITIZEN, record_id, Action.WITHDRAW, at, why)
        for one in await self._stepping.register.merged(session, record_id):
            if one.merged_into == record_id:
                await self._undoing.take_back(session, SYSTEM, one.id, ALONE, at)
        made = await self._stepping.make(session, CITIZEN, case, Move(Action.WITHDRAW, why), at)
        to = self._stepping.office.forward_to
        if case.book is Book.FORWARDED and to:
            letter = withdrawn(case, why, at)
            key = f"feedback.{case.id}.{made.entry.seq}.withdrawn"
            await self._mail.send(session, Mail(to, letter.subject, letter.body, (), key))
        return made.case

    async def reopen(self, session: AsyncSession, record_id: int, why: str, at: datetime) -> Case:
        """Ask for it to be studied again; it goes back to the receiving unit and its clocks begin anew.

        Raises:
            TooLateError: the office allows it no longer.
        """
        case = await self._stepping.start(session, CITIZEN, record_id, Action.REOPEN, at, why)
        await self._in_time(session, case, self._stepping.office.policy.reopen_days, at)
        values = {
            "unit": self._stepping.office.receiving(here(at).date()).code,
            "officer": None,
            "merged_into": None,
            "basis": None,
            "outcome": None,
            "clock_from": at,
            "reopened": case.reopened + 1,
            "satisfied": None,
        }
        return (await self._stepping.make(session, CITIZEN, case, Move(Action.REOPEN, why, values=values), at)).case

    async def rate(self, session: AsyncSession, record_id: int, grade: int, at: datetime, why: str = "") -> Case:
        """Say how content one is with the answer, 1 to 5, and why if one likes; a second time replaces the first."""
        if grade not in GRADES:
            raise TransitionError("a grade is 1 to 5")
        case = await self._stepping.start(session, CITIZEN, record_id, Action.RATE, at)
        await self._in_time(session, case, self._stepping.office.policy.rate_days, at)
        move = Move(Action.RATE, why, values={"satisfied": grade}, details={"grade": str(grade)})
        return (await self._stepping.make(session, CITIZEN, case, move, at)).case

    async def _in_time(self, session: AsyncSession, case: Case, days: int, at: datetime) -> None:
        answered = await self._answered(session, case)
        if answered is None or answered.approved_at is None:
            raise TransitionError("it has not been answered yet")
        last = here(answered.approved_at).date() + timedelta(days=days)
        if here(at).date() > last:
            raise TooLateError(f"this was possible until {last:%d/%m/%Y}, {days} days after the answer")

    async def _answered(self, session: AsyncSession, case: Case) -> Draft | None:
        """Return the answer that its sender got: of a merged record that of the one which answers for both."""
        while case.status is Status.MERGED and case.merged_into is not None:
            case = await self._stepping.register.get(session, case.merged_into)
        if case.status not in ANSWERED:
            return None
        return await self._answers.approved(session, case.id)
