"""Steps of who studies a record (Article 14): holds it for want of a basis, tests the rule by six criteria, drafts the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.answer import Answer, Draft, Verdict, criteria_faults
from feedback.answer_store import AnswerStore
from feedback.case import Case
from feedback.originals import answer_of, bound
from feedback.record import Basis, Outcome
from feedback.stepping import Move, Stepping
from feedback.transitions import Action, TransitionError

VERSION = "version"
"""Detail of an entry that wrote a version of the answer."""


def drafted(draft: Draft) -> dict[str, str]:
    """Return the details of an entry about a version of the answer."""
    return {VERSION: str(draft.version), **bound(answer_of(draft.version), draft.answer)}


class Handling:
    """Steps between taking and deciding. Every version of the answer is kept."""

    def __init__(self, stepping: Stepping, answers: AnswerStore) -> None:
        self._stepping = stepping
        self._answers = answers

    async def hold(self, session: AsyncSession, actor: Actor, record_id: int, why: str, at: datetime) -> Case:
        """Keep it and collect further: there is not enough to decide on (chưa đủ cơ sở)."""
        case = await self._stepping.start(session, actor, record_id, Action.HOLD, at, why)
        move = Move(Action.HOLD, why, values={"basis": Basis.NOT_ENOUGH})
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def assess(
        self,
        session: AsyncSession,
        actor: Actor,
        record_id: int,
        criteria: Sequence[Verdict],
        at: datetime,
        basis: Basis = Basis.ENOUGH,
    ) -> Draft:
        """Test the rule by the six criteria, each with a verdict and a reason.

        Raises:
            TransitionError: a criterion has no verdict, two, or none with a reason.
        """
        faults = [*criteria_faults(criteria)]
        if faults:
            raise TransitionError("; ".join(faults))
        case = await self._stepping.start(session, actor, record_id, Action.ASSESS, at)
        answer = replace(await self._answer(session, case), criteria=tuple(criteria))
        move = Move(Action.ASSESS, values={"basis": basis})
        return await self._write(session, actor, case, answer, move, at)

    async def draft(
        self, session: AsyncSession, actor: Actor, record_id: int, text: str, outcome: Outcome, at: datetime
    ) -> Draft:
        """Write a further version of the answer."""
        case = await self._stepping.start(session, actor, record_id, Action.DRAFT, at)
        answer = replace(await self._answer(session, case), text=text, outcome=outcome)
        return await self._write(session, actor, case, answer, Move(Action.DRAFT), at)

    async def _answer(self, session: AsyncSession, case: Case) -> Answer:
        """Return what the new version goes on from: nothing of an answer that a reopening made old."""
        latest = await self._answers.latest(session, case.id)
        return latest.answer if latest and latest.approved_at is None else Answer()

    async def _write(
        self, session: AsyncSession, actor: Actor, case: Case, answer: Answer, move: Move, at: datetime
    ) -> Draft:
        await self._stepping.register.hold(session, [case.id])
        draft = await self._answers.add(session, case.id, answer, actor.id, at)
        await self._stepping.make(session, actor, case, replace(move, details=drafted(draft)), at)
        return draft
