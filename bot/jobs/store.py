"""Reads and writes jobs in the session of the unit of work; never commits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.job import DIED, LANES, LONGEST_STEP, SILENT, BusyError, Job, JobError, JobKind, JobState
from bot.jobs.tables import background_job as rows


class JobStore:
    """The rows of ``background_job``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, kind: JobKind, about: str, asked: str, by: str, at: datetime) -> int:
        """Enter a job that begins now; one of the lane whose process died makes room.

        Raises:
            BusyError: another one of the lane is running.
        """
        lane = LANES[kind]
        dead = update(rows).where(rows.c.lane == lane, rows.c.state == JobState.RUNNING, rows.c.beat_at < at - SILENT)
        await self._session.execute(dead.values(state=JobState.FAILED, ended_at=at, fault=DIED))
        values = {
            "kind": kind.value,
            "lane": lane,
            "about": about,
            "asked": asked,
            "state": JobState.RUNNING.value,
            "made_by": by[:64],
            "made_at": at,
            "beat_at": at,
            "stop_by": "",
            "step": "",
            "done": 0,
            "total": 0,
            "result": "",
            "fault": "",
        }
        try:
            made = await self._session.execute(insert(rows), values)
        except IntegrityError as error:
            raise BusyError(f"another job of the lane {lane} is running; wait for it, or stop it") from error
        return int(getattr(made, "inserted_primary_key", (0,))[0])

    async def get(self, number: int) -> Job:
        """Return one job.

        Raises:
            JobError: there is none under that number.
        """
        row = (await self._session.execute(select(rows).where(rows.c.id == number))).first()
        if row is None:
            raise JobError(f"there is no job {number}")
        return _job(row)

    async def newest(self, kind: JobKind, about: str = "", state: JobState | None = None) -> Job | None:
        """Return the last job of a kind about something; only of those in a state where one is named."""
        wanted = select(rows).where(rows.c.kind == kind.value, rows.c.about == about)
        if state is not None:
            wanted = wanted.where(rows.c.state == state)
        row = (await self._session.execute(wanted.order_by(rows.c.id.desc()).limit(1))).first()
        return _job(row) if row else None

    async def recent(self, kinds: tuple[JobKind, ...], limit: int) -> list[Job]:
        """Return the last jobs of some kinds, newest first."""
        wanted = select(rows).where(rows.c.kind.in_([one.value for one in kinds]))
        found = await self._session.execute(wanted.order_by(rows.c.id.desc()).limit(limit))
        return [_job(row) for row in found]

    async def beat(self, number: int, at: datetime, step: str, done: int, total: int) -> str:
        """Give a sign of life, and return who wants the job stopped; empty for nobody.

        A job that is not running any more, because it was silent too long and another one has its lane, is to stop too.
        """
        alive = update(rows).where(rows.c.id == number, rows.c.state == JobState.RUNNING)
        await self._session.execute(alive.values(beat_at=at, step=step[:LONGEST_STEP], done=done, total=total))
        found = (await self._session.execute(select(rows.c.stop_by, rows.c.state).where(rows.c.id == number))).first()
        if found is None or found.state != JobState.RUNNING:
            return DIED
        return str(found.stop_by)

    async def stop(self, number: int, by: str) -> bool:
        """Want a job stopped; tells whether it was running."""
        wanted = update(rows).where(rows.c.id == number, rows.c.state == JobState.RUNNING, rows.c.stop_by == "")
        return bool(getattr(await self._session.execute(wanted.values(stop_by=by[:64])), "rowcount", 0))

    async def end(self, number: int, state: JobState, at: datetime, result: str = "", fault: str = "") -> None:
        """Write down how a job ended."""
        values: dict[str, Any] = {"state": state.value, "ended_at": at, "result": result, "fault": fault}
        await self._session.execute(
            update(rows).where(rows.c.id == number, rows.c.state == JobState.RUNNING).values(**values)
        )

    async def forget(self, before: datetime) -> int:
        """Delete jobs that ended before a moment; tell how many."""
        gone = await self._session.execute(delete(rows).where(rows.c.ended_at < before))
        return int(getattr(gone, "rowcount", 0))


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        about=row.about,
        asked=row.asked,
        state=JobState(row.state),
        by=row.made_by,
        at=row.made_at,
        beat_at=row.beat_at,
        ended_at=row.ended_at,
        stop_by=row.stop_by,
        step=row.step,
        done=row.done,
        total=row.total,
        result=row.result,
        fault=row.fault,
    )
