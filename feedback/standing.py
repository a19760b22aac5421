"""What a sender is shown of a record: where it is, since when, by when and on which basis, what is waited for, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.case import Case
from feedback.log_store import LogStore, Told
from feedback.looks import Shown
from feedback.record import Status
from feedback.register_store import RegisterStore
from feedback.similar_store import SimilarStore
from feedback.timekeeping import Clocks
from feedback.transitions import ANSWERED, TRANSITIONS, Action
from feedback.working_time.zone import here

_EXPLAINED = {
    Status.NEEDS_SUPPLEMENT: Action.ASK_SUPPLEMENT,
    Status.NOT_RECEIVED: Action.REFUSE,
    Status.OUT_OF_SCOPE: Action.REDIRECT,
    Status.FORWARDED: Action.FORWARD,
}
"""Statuses whose reason the sender is told, with the step that gave it; of other steps the reason stays in the house."""
_OWN = (Action.SUPPLEMENT, Action.WITHDRAW, Action.REOPEN, Action.RATE)
_DEEP = 20


class ReadsAnswers(Protocol):
    """The approved answers."""

    async def text(self, session: AsyncSession, record_id: int) -> str:
        """Return the text that went to the sender last; empty for none."""
        ...


@dataclass(frozen=True)
class Standing:
    """Tells where records stand; whoever calls has proven that the record is theirs."""

    register: RegisterStore
    log: LogStore
    clocks: Clocks
    items: SimilarStore
    answers: ReadsAnswers
    reopen_days: int
    """Days after the answer in which its sender may reopen a record."""

    async def of(self, session: AsyncSession, record_id: int, at: datetime) -> Shown:
        """Return where a record stands; of a merged one, where the record stands that answers for it."""
        own = await self.register.get(session, record_id)
        case = await self._main(session, own)
        told = await self.log.of(session, case.id)
        last = next((one for one in reversed(told) if _moved(one)), None)
        # What another sender was asked for is between the agency and that sender.
        reason = _reason(case, told) if case is own or case.status is not Status.NEEDS_SUPPLEMENT else None
        answered = case.status in ANSWERED
        until = self._reopen_until(told) if answered else None
        steps = frozenset(one for one in _OWN if own.status in TRANSITIONS[one].starts)
        if until is None or at >= until:
            steps -= {Action.REOPEN}
        if not answered:
            steps -= {Action.RATE}
        return Shown(
            receipt=own.receipt,
            register_number=own.register_number,
            book=own.book,
            status=case.status,
            unit=case.unit,
            receiver=reason.entry.to_unit if reason and case.status is Status.FORWARDED else "",
            since=last.entry.at if last else case.entered_at,
            submitted_at=own.submitted_at,
            procedure_name=own.matter.procedure_name,
            promises=await self.clocks.promises(session, case),
            waits_for=reason.why if reason else "",
            answer=await self.answers.text(session, case.id) if answered else "",
            slug=await self.items.slug_of(session, case.id),
            steps=steps,
            reopen_until=until,
            satisfied=own.satisfied,
            merged=case.id != own.id,
            sample=own.sample,
        )

    async def _main(self, session: AsyncSession, case: Case) -> Case:
        for _ in range(_DEEP):
            if case.status is not Status.MERGED or case.merged_into is None:
                break
            case = await self.register.get(session, case.merged_into)
        return case

    def _reopen_until(self, told: Sequence[Told]) -> datetime | None:
        answered = next((one.entry.at for one in reversed(told) if one.entry.action is Action.DECIDE), None)
        if answered is None:
            return None
        midnight = here(answered).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=self.reopen_days + 1)


def _moved(told: Told) -> bool:
    return told.entry.to_status is not None and told.entry.from_status is not told.entry.to_status


def _reason(case: Case, told: Sequence[Told]) -> Told | None:
    action = _EXPLAINED.get(case.status)
    return next((one for one in reversed(told) if one.entry.action is action), None) if action else None
