"""Two records that are one matter, and one record that is two. Numbers stay: the register has no gap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.case import Case, SenderOf
from feedback.ports import NoticeKind
from feedback.receipts import new_receipt
from feedback.record import Classification, Matter, Status, Submission
from feedback.register_rows import Placing
from feedback.stepping import Move, Stepping, Telling
from feedback.transitions import Action, TransitionError
from feedback.undoing import CHILD


@dataclass(frozen=True)
class Part:
    """What becomes a record of its own."""

    matter: Matter
    """In the sender's words, as far as they are about this."""
    classification: Classification
    field: str = ""
    accused: str = ""


class Joining:
    """Merges and splits."""

    def __init__(self, stepping: Stepping) -> None:
        self._stepping = stepping

    async def merge(
        self, session: AsyncSession, actor: Actor, record_id: int, into: int, why: str, at: datetime
    ) -> Case:
        """Handle a record with another one, whose answer then goes to both senders.

        Raises:
            TransitionError: they are the same, in two books, or the other one is ended.
        """
        await self._stepping.register.hold(session, [record_id, into])
        case = await self._stepping.start(session, actor, record_id, Action.MERGE, at, why)
        other = await self._stepping.start(session, actor, into, Action.CLASSIFY, at)
        if case.id == other.id:
            raise TransitionError("a record cannot be merged into itself")
        if case.book is not other.book:
            raise TransitionError("records of two books cannot be merged")
        told = Telling(NoticeKind.MERGED, {"receipt": case.receipt}, everybody=False, undoable=True)
        move = Move(Action.MERGE, why, values={"merged_into": other.id}, details={"into": str(other.id)}, told=told)
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def split(
        self, session: AsyncSession, actor: Actor, record_id: int, part: Part, why: str, at: datetime
    ) -> Case:
        """Make a second matter in a record a record of its own, with the next number and the same sender; return it.

        The first keeps the sender's words as they are.
        """
        case = await self._stepping.start(session, actor, record_id, Action.SPLIT, at, why)
        register = self._stepping.register
        await register.turn(session, case.book, at)
        await register.hold(session, [case.id])
        sent = await register.sender(session, case)
        placing = Placing(
            case.unit, Status.RECEIVED, part.field, part.accused, case.id, case.clock_from, sent.restricted_at
        )
        child = await register.enter(session, _submission(case, sent, part), placing, at)
        first = Move(Action.SPLIT, why, details={"split from": str(case.id)})
        told = Telling(
            NoticeKind.SPLIT, {"receipts": f"{case.receipt}, {child.receipt}"}, everybody=False, undoable=True
        )
        move = Move(Action.SPLIT, why, details={CHILD: str(child.id)}, told=told)
        await self._stepping.make(session, actor, case, move, at)
        await self._stepping.begin(session, actor, child, first, at)
        return self._stepping.seen(actor, child, at)


def _submission(case: Case, sent: SenderOf, part: Part) -> Submission:
    return Submission(
        receipt=new_receipt(),
        book=case.book,
        form=case.form,
        channel=case.channel,
        matter=replace(part.matter, happened_on=part.matter.happened_on or case.matter.happened_on),
        suggested=part.classification,
        certain=True,
        sender=sent.sender,
        consent=sent.consent,
        at=case.submitted_at,
        where=sent.where,
        language=sent.language,
        sample=case.sample,
    )
