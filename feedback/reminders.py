"""Reminds the responsible unit of deadlines that are near, missed and long missed, and tells the sender of a missed one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import IntEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import SYSTEM
from feedback.clock_store import Bounds, ClockStore, Standing
from feedback.clocks import DUTIES, PROCESS, Timer
from feedback.log_store import LogStore, Movement
from feedback.ports import Notice, NoticeKind, Tells
from feedback.record import Book
from feedback.register_store import RegisterStore
from feedback.transitions import Action
from feedback.working_time.calendar import DAY
from feedback.working_time.zone import VIETNAM, here


class Stage(IntEnum):
    """How far a deadline is, as its unit was told; each is told once."""

    NONE = 0
    SOON = 1
    OVERDUE = 2
    VERY_OVERDUE = 3


@dataclass(frozen=True)
class Reminder:
    """What a unit is told: never who sent it, nor what it says."""

    stage: Stage
    rule: str
    record: int
    receipt: str
    register_number: str
    due_at: datetime


class RemindsUnit(Protocol):
    """Reaches the people of a unit."""

    async def remind(self, session: AsyncSession, unit: str, reminder: Reminder) -> None:
        """Queue a reminder in the transaction that marks it as given."""
        ...


@dataclass(frozen=True)
class Pace:
    """When somebody is reminded, in working days."""

    remind_days: int
    """Before the last day."""
    very_late_days: int
    """After the last day."""
    told: frozenset[str] = frozenset({PROCESS})
    """Rules of whose missed end the sender is told, with an apology."""


@dataclass(frozen=True)
class Reminders:
    """Gives the reminders that are due."""

    clocks: ClockStore
    log: LogStore
    register: RegisterStore
    timer: Timer
    pace: Pace
    units: RemindsUnit
    tells: Tells

    async def run(self, session: AsyncSession, at: datetime, most: int = 100) -> int:
        """Give some of the reminders that are due, the most urgent first; tell how many. To be called until there are none."""
        bounds = self.bounds(at)
        given = 0
        for standing in await self.clocks.to_remind(session, bounds, most):
            given += await self._remind(session, standing, bounds, at)
        return given

    def bounds(self, at: datetime) -> Bounds:
        """Return which deadlines are near, missed and long missed at a moment."""
        calendar, today = self.timer.hours.calendar, here(at).date()
        near = calendar.add(today, self.pace.remind_days).day
        long_ago = calendar.subtract(today, self.pace.very_late_days).day
        return Bounds(
            datetime.combine(near + DAY, time(), VIETNAM), at, datetime.combine(long_ago, time(), VIETNAM), DUTIES
        )

    async def _remind(self, session: AsyncSession, standing: Standing, bounds: Bounds, at: datetime) -> int:
        one = standing.deadline
        assert one.due_at is not None
        stage = stage_of(one.due_at, bounds) if one.rule in DUTIES else Stage.SOON
        # As in steps: the log first, then the deadline; else the two wait for each other.
        await self.log.turn(session)
        if not await self.clocks.remind(session, one, stage):
            return 0
        details = {"rule": one.rule, "stage": stage.name.lower()}
        movement = Movement(Action.REMIND, standing.status, standing.status, details=details)
        await self.log.append(session, one.record, SYSTEM, movement, at)
        # Of practice no agency knows: there is nobody to remind, and nobody's lateness to apologise for.
        if one.sample or standing.book is Book.TRIAL:
            return 1
        told = Reminder(stage, one.rule, one.record, standing.receipt, standing.register_number, one.due_at)
        await self.units.remind(session, one.unit, told)
        if stage >= Stage.OVERDUE > one.reminded and one.rule in self.pace.told:
            await self._apologise(session, standing)
        return 1

    async def _apologise(self, session: AsyncSession, standing: Standing) -> None:
        """Tell plainly everybody who waits for it, where they can be told and did not ask to be left alone."""
        one = standing.deadline
        assert one.due_at is not None
        values = {"unit": one.unit, "day": f"{here(one.due_at):%d/%m/%Y}"}
        lead = await self.register.get(session, one.record)
        for case in (lead, *await self.register.merged(session, lead.id)):
            sender = await self.register.sender(session, case)
            if sender.where is None or sender.restricted_at is not None:
                continue
            key = f"f:{case.id}:late:{one.id}:{one.due_at.timestamp():.0f}"
            notice = Notice(NoticeKind.LATE, case.receipt, values, key)
            await self.tells.tell(session, sender.where, notice, sender.language)


def stage_of(due_at: datetime, bounds: Bounds) -> Stage:
    """Return how far a deadline is."""
    if due_at < bounds.very_overdue:
        return Stage.VERY_OVERDUE
    if due_at < bounds.overdue:
        return Stage.OVERDUE
    return Stage.SOON if due_at < bounds.soon else Stage.NONE
