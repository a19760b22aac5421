"""Taking back the last step of a record, as long as it has not left the house."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import CITIZEN, SYSTEM, Actor, NotAllowedError
from feedback.answer_store import AnswerStore
from feedback.case import Case
from feedback.disclosure import is_accused
from feedback.former import restored
from feedback.handling import VERSION
from feedback.log import Entry
from feedback.log_store import Told
from feedback.ports import NoticeKind
from feedback.register_store import NoSuchRecordError
from feedback.stepping import Move, Stepping, Telling
from feedback.transitions import TRANSITIONS, Action, TransitionError, check

UNDONE = "undone"
"""Detail: the number of the entry that was taken back."""
CHILD = "split off"
"""Detail of a split: the id of the record that it made."""
NOTES = frozenset(
    {
        Action.FOLLOW,
        Action.REMIND,
        Action.RECOMPUTE,
        Action.SEE_SENDER,
        Action.SEE_FILE,
        Action.RESTRICT,
        Action.RATE,
    }
)
"""Entries that are no steps of handling: undoing looks past them."""


class Undoing:
    """Takes steps back, one after the other."""

    def __init__(self, stepping: Stepping, answers: AnswerStore) -> None:
        self._stepping = stepping
        self._answers = answers

    async def undo(self, session: AsyncSession, actor: Actor, record_id: int, why: str, at: datetime) -> Case:
        """Take back the last step; a second time the one before it.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
            NotAllowedError: it was a step of another role, or the actor is complained about.
            TransitionError: it left the house, or was the sender's, or the record's first.
        """
        case = await self._stepping.register.get(session, record_id)
        last = last_step(await self._stepping.log.of(session, record_id))
        if not actor.unit or actor.unit not in (case.unit, last.entry.unit if last else ""):
            raise NoSuchRecordError(f"no record {record_id}")
        if is_accused(actor, case):
            raise NotAllowedError(f"{actor.id} is complained about in this record and decides nothing in it")
        return await self.take_back(session, actor, record_id, why, at)

    async def take_back(self, session: AsyncSession, actor: Actor, record_id: int, why: str, at: datetime) -> Case:
        """Take back the last step without asking whose record it is; for ``undo`` and for other services."""
        case = await self._stepping.register.get(session, record_id)
        check(Action.UNDO, case.status, actor, why)
        last = last_step(await self._stepping.log.of(session, record_id))
        if last is None:
            raise TransitionError("there is nothing to take back")
        _may_undo(last.entry, actor, bool(last.details))
        return await self._undo(session, actor, case, last, why, at)

    async def _undo(self, session: AsyncSession, actor: Actor, case: Case, last: Told, why: str, at: datetime) -> Case:
        entry = last.entry
        values, matter = restored(last.details)
        move = Move(
            Action.UNDO,
            why,
            to=entry.from_status,
            values=values,
            matter=matter,
            details={UNDONE: str(entry.seq), "action": entry.action},
        )
        # The record before its notices, as in every step; else the two wait for each other.
        await self._stepping.register.hold(session, [case.id])
        unsaid = await self._stepping.unsay(session, case, entry)
        if entry.action is Action.MERGE and not unsaid:
            alone = Telling(NoticeKind.SPLIT, {"receipts": case.receipt}, everybody=False)
            move = replace(move, told=alone)
        case = (await self._stepping.make(session, actor, case, move, at)).case
        if VERSION in last.details and entry.action in (Action.ASSESS, Action.DRAFT):
            await self._answers.drop(session, case.id, int(last.details[VERSION]))
        if entry.action is Action.SPLIT:
            await self._give_back(session, actor, case, int(last.details[CHILD]), (why, unsaid), at)
        return case

    async def _give_back(
        self, session: AsyncSession, actor: Actor, parent: Case, child_id: int, said: tuple[str, bool], at: datetime
    ) -> None:
        """Merge what was split off again: it keeps its number, since numbers have no gap.

        Args:
            session: the caller's.
            actor: who takes the split back.
            parent: what it was split from.
            child_id: what was split off.
            said: why, and whether its sender was never told of it.
            at: now.
        """
        why, unsaid = said
        child = await self._stepping.register.get(session, child_id)
        if last_step(await self._stepping.log.of(session, child_id)) is not None:
            raise TransitionError(f"{child.register_number}, which was split off, has moved on; merge it instead")
        check(Action.MERGE, child.status, actor, why)
        told = Telling(NoticeKind.MERGED, {"receipt": parent.receipt}, everybody=False)
        move = Move(Action.MERGE, why, values={"merged_into": parent.id}, told=None if unsaid else told)
        await self._stepping.make(session, actor, child, move, at)


def last_step(entries: Iterable[Told]) -> Told | None:
    """Return the newest step that is in force: not taken back, and not the record's first entry."""
    steps: list[Told] = []
    for one in entries:
        if one.entry.action is Action.UNDO:
            if steps:
                steps.pop()
        elif one.entry.from_status is not None and one.entry.action not in NOTES:
            steps.append(one)
    return steps[-1] if steps else None


def _may_undo(entry: Entry, actor: Actor, readable: bool) -> None:
    step = TRANSITIONS[entry.action]
    if step.leaves:
        raise TransitionError(f"{entry.action} has left the house and cannot be taken back")
    if entry.actor in (CITIZEN.id, SYSTEM.id):
        raise TransitionError(f"{entry.action} was the sender's own step")
    if actor != SYSTEM and not actor.has(step.roles):
        raise NotAllowedError(f"{actor.id} may not take back {entry.action} (needs: {', '.join(sorted(step.roles))})")
    if not readable:
        raise TransitionError(f"what {entry.action} changed was blanked and cannot be restored")
