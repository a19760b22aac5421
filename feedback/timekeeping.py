"""Lets the deadlines of a record follow its steps, and moves the open ones when a calendar or a rule changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import SYSTEM
from feedback.case import Case
from feedback.clock_store import ClockStore, Standing
from feedback.clocks import CLOCKS, Deadline, Promise, State, Timer, expected, follow, moved, step_of
from feedback.log_store import LogStore, Movement
from feedback.record import About
from feedback.transitions import Action

PAGE = 500


@dataclass(frozen=True)
class Clocks:
    """The clocks of one office; called at each step, in its transaction."""

    store: ClockStore
    timer: Timer

    async def follow(self, session: AsyncSession, case: Case, action: Action, at: datetime) -> None:
        """Open, meet, pause and void what a step opens, meets, pauses and voids.

        Args:
            session: of the step.
            case: as it is after the step. Who reopens a record or hands it to this body anew sets ``clock_from``.
            action: the step.
            at: its moment.
        """
        kept = await self.store.of(session, case.id)
        await self.store.save(session, follow(kept, step_of(case, action, at), self.timer))

    async def of(self, session: AsyncSession, case: Case) -> Sequence[Deadline]:
        """Return all deadlines of a record, the oldest first."""
        return await self.store.of(session, case.id)

    async def promises(self, session: AsyncSession, case: Case) -> Sequence[Promise]:
        """Return what is still open for its sender: by when and on which basis."""
        duties = [clock.rule for clock in CLOCKS if clock.duty]
        found = [one for one in await self.of(session, case) if one.state is State.OPEN and one.rule in duties]
        return [self.timer.promise(one.rule, one.started_at, one.pauses) for one in found]

    def expected(self, sent: datetime, about: About) -> Sequence[Promise]:
        """Return what a sender may expect of what is sent now."""
        return expected(self.timer, sent, about)


@dataclass(frozen=True)
class Recompute:
    """Counts the open deadlines again. What is met, void or paused, and what has ended, never changes."""

    store: ClockStore
    log: LogStore
    timer: Timer

    async def run(self, session: AsyncSession, at: datetime) -> int:
        """Move every open deadline that ends on another day now, each with a line in the log; tell how many moved."""
        moves, after = 0, 0
        while True:
            moved, after = await self.page(session, after, at)
            moves += moved
            if not after:
                return moves

    async def page(self, session: AsyncSession, after: int, at: datetime) -> tuple[int, int]:
        """Do so for the next open deadlines, in a transaction that is short; tell how many moved, and where to go on, 0 for the end."""
        page = await self.store.open_ones(session, after, PAGE)
        moves = sum([await self._one(session, standing, at) for standing in page])
        return moves, page[-1].deadline.id if len(page) == PAGE else 0

    async def _one(self, session: AsyncSession, standing: Standing, at: datetime) -> int:
        before = standing.deadline
        after = moved(before, self.timer, at)
        if after is None:
            return 0
        # As in steps: the log first, then the deadline; else the two wait for each other.
        await self.log.turn(session)
        if not await self.store.move(session, before, after):
            return 0
        details = {"rule": before.rule, "old": _written(before.due_at), "new": _written(after.due_at)}
        movement = Movement(Action.RECOMPUTE, standing.status, standing.status, details=details)
        await self.log.append(session, before.record, SYSTEM, movement, at)
        return 1


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
