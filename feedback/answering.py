"""Steps of who approves: the answer goes to the sender, once for all who wrote about the same, and onto the public pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, NotAllowedError
from feedback.answer import Answer, Draft, answer_faults
from feedback.answer_store import AnswerStore
from feedback.case import Case
from feedback.disclosure import Sight
from feedback.handling import VERSION, drafted
from feedback.naming import Naming
from feedback.ports import NoticeKind
from feedback.record import About, Basis, Status
from feedback.stepping import Move, Stepping, Telling
from feedback.transitions import Action, TransitionError
from feedback.working_time.zone import here

ANSWER_OF = "answer of"
"""Detail of a decision that takes over another record's answer."""
WORDS = "words"
"""Detail of a publication: the digest of what is public."""


class Answering:
    """Steps from the decision on."""

    def __init__(self, stepping: Stepping, answers: AnswerStore, naming: Naming) -> None:
        self._stepping = stepping
        self._answers = answers
        self._naming = naming

    async def decide(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Case:
        """Approve the newest draft: its sender is told, and those of the records that were merged into this one.

        Raises:
            NotAllowedError: the actor drafted it, and this office wants four eyes.
            TransitionError: the draft is not whole, or names its sender to others.
        """
        return (await self.answer_many(session, actor, record_id, (), at))[0]

    async def answer_many(
        self, session: AsyncSession, actor: Actor, record_id: int, others: Sequence[int], at: datetime
    ) -> Sequence[Case]:
        """Approve one record's newest draft for further ones about the same: each is decided, every sender told once.

        Args:
            session: the caller's.
            actor: who approves.
            record_id: the record whose draft it is.
            others: further records that are studied and get the same answer.
            at: now.
        """
        ids = [record_id, *(one for one in dict.fromkeys(others) if one != record_id)]
        await self._stepping.register.hold(session, ids)
        cases = [await self._stepping.start(session, actor, one, Action.DECIDE, at) for one in ids]
        draft = await self._draft(session, actor, cases[0])
        self._whole(cases, draft.answer)
        told = await self._naming.of_group(session, cases)
        if len(told) > 1:
            await self._naming.refuse(session, actor, told, ("answer", draft.answer.text), at)
        return [await self._decide(session, actor, case, draft, at) for case in cases]

    async def to_publish(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Case:
        """Say that the answer is to be made public."""
        case = await self._stepping.start(session, actor, record_id, Action.TO_PUBLISH, at)
        return (await self._stepping.make(session, actor, case, Move(Action.TO_PUBLISH), at)).case

    async def open_to_publish(
        self, session: AsyncSession, actor: Actor, record_id: int, at: datetime
    ) -> tuple[Case, bool]:
        """Return a record of which somebody prepares the public item, and whether its sender is hidden from them.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
            NotAllowedError: the actor is complained about.
        """
        case, day = await self._stepping.open(session, actor, record_id, at), here(at).date()
        if not self._stepping.disclosure.may_act(actor, case, day):
            raise NotAllowedError(f"{actor.id} is complained about in this record")
        return case, self._stepping.disclosure.is_veiled(actor, case, day)

    async def ready_to_publish(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Case:
        """Return a record that the actor may publish now, or whose public item may be changed; others wait from now on."""
        await self._stepping.register.hold(session, [record_id])
        case = await self._stepping.open(session, actor, record_id, at)
        action = Action.REWORD if case.status is Status.PUBLISHED else Action.PUBLISH
        return await self._stepping.start(session, actor, record_id, action, at)

    def sight(self, actor: Actor, case: Case, at: datetime, *, restricted: bool) -> Sight:
        """Return how much of a record's sender is shown to somebody who works on it; after a request for deletion less."""
        return self._stepping.disclosure.sight(actor, case, here(at).date(), restricted)

    async def publish(
        self, session: AsyncSession, actor: Actor, record_id: int, link: str, at: datetime, words: str = ""
    ) -> Case:
        """Note that the redacted question and its answer stand on the public pages, and tell the senders where.

        Args:
            session: the caller's.
            actor: who approves.
            record_id: the record.
            link: permanent.
            at: now.
            words: digest of what is public; a change that no step made shows by it.
        """
        case = await self._stepping.start(session, actor, record_id, Action.PUBLISH, at)
        told = Telling(NoticeKind.PUBLISHED, {"link": link})
        move = Move(Action.PUBLISH, details={"link": link, WORDS: words}, told=told)
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def reword(self, session: AsyncSession, actor: Actor, record_id: int, words: str, at: datetime) -> Case:
        """Note that the words of the public item were changed; ``words`` is their digest."""
        case = await self._stepping.start(session, actor, record_id, Action.REWORD, at)
        return (await self._stepping.make(session, actor, case, Move(Action.REWORD, details={WORDS: words}), at)).case

    async def hide(self, session: AsyncSession, actor: Actor, record_id: int, why: str, at: datetime) -> Case:
        """Note that it was taken off the public pages again; what was reopened meanwhile goes on where it stands."""
        case = await self._stepping.start(session, actor, record_id, Action.HIDE, at, why)
        move = Move(Action.HIDE, why, to=Status.DECIDED if case.status is Status.PUBLISHED else None)
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def _draft(self, session: AsyncSession, actor: Actor, case: Case) -> Draft:
        draft = await self._answers.latest(session, case.id)
        if draft is None or draft.approved_at is not None:
            raise TransitionError(f"there is no draft of an answer to {case.register_number}")
        if self._stepping.office.policy.four_eyes and await self._wrote(session, actor, case):
            raise NotAllowedError(f"{actor.id} drafted this answer; somebody else approves it")
        return draft

    async def _wrote(self, session: AsyncSession, actor: Actor, case: Case) -> bool:
        """Tell whether somebody wrote a version that nobody has approved yet: the newest goes on from those before."""
        versions = await self._answers.versions(session, case.id)
        sent = max((one.version for one in versions if one.approved_at), default=0)
        return any(one.drafted_by == actor.id for one in versions if one.version > sent)

    def _whole(self, cases: Sequence[Case], answer: Answer) -> None:
        """Refuse an answer that does not answer one of the records."""
        lead = cases[0]
        for case in cases:
            basis = case.basis or (lead.basis if case is not lead else "")
            faults = [*answer_faults(answer, case.about, basis)]
            if faults:
                raise TransitionError(f"{case.register_number}: " + "; ".join(faults))

    async def _decide(self, session: AsyncSession, actor: Actor, case: Case, draft: Draft, at: datetime) -> Case:
        own, details = draft, {VERSION: str(draft.version)}
        await self._stepping.register.hold(session, [case.id])
        if case.id != draft.record:
            own = await self._answers.add(session, case.id, draft.answer, draft.drafted_by, at)
            details = {ANSWER_OF: str(draft.record), **drafted(own)}
        await self._answers.approve(session, own, actor.id, at)
        answer = draft.answer
        assert answer.outcome is not None
        values = {"outcome": answer.outcome}
        if case.about is not About.CONDUCT:
            values |= {"basis": Basis.ENOUGH}  # type: ignore[dict-item]
        told = Telling(NoticeKind.ANSWERED, {"answer": answer.text, "outcome": answer.outcome})
        move = Move(Action.DECIDE, values=values, details=details, told=told)
        return (await self._stepping.make(session, actor, case, move, at)).case
