"""Background jobs: one at a time, stopped on demand, and never "running" for ever."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import BotError
from bot.jobs.desk import JobDesk
from bot.jobs.job import BROKEN, DIED, NOT_BEGUN, SILENT, BusyError, Job, JobError, JobKind, JobState
from bot.jobs.running import Progress, Work, run_job
from bot.jobs.store import JobStore
from bot.unit_of_work import UnitOfWork
from tests.factories import NOW


class Watch:
    """A clock that tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Notes:
    """Who began and who stopped what."""

    kept: list[tuple[str, JobKind, str]] = field(default_factory=list)

    async def begun(self, session: AsyncSession, job: Job) -> None:
        self.kept.append((job.by, job.kind, "begun"))

    async def stopped(self, session: AsyncSession, job: Job, by: str, at: datetime) -> None:
        self.kept.append((by, job.kind, "stopped"))


async def nobody(number: int) -> None:
    """A process that never begins."""


@pytest.fixture
def clock() -> Watch:
    return Watch()


@pytest.fixture
def desk(database: UnitOfWork, clock: Watch) -> JobDesk:
    return JobDesk(database, nobody, clock, Notes())


async def ran(database: UnitOfWork, desk: JobDesk, work: Work, clock: Watch) -> Job:
    """A job done by some work."""
    number = await desk.start(JobKind.TRAIN, "lan")
    await run_job(database, number, {JobKind.TRAIN: work}, clock, beat_seconds=0.01)
    return await desk.get(number)


async def test_a_job_tells_how_far_it_is_and_keeps_its_result(
    database: UnitOfWork, desk: JobDesk, clock: Watch
) -> None:
    async def work(job: Job, progress: Progress) -> object:
        progress.say("Học từ câu đã nhận", 3, 4)
        return {"questions": 3, "asked": job.asked}

    found = await ran(database, desk, work, clock)
    assert (found.state, found.step, found.done, found.total) == (JobState.DONE, "Học từ câu đã nhận", 3, 4)
    assert found.result == '{"questions":3,"asked":"{}"}'
    with pytest.raises(JobError, match="done"):
        await run_job(database, found.id, {JobKind.TRAIN: work}, clock)


@pytest.mark.parametrize(("error", "said"), [(BotError("no model"), "no model"), (ValueError("secret"), BROKEN)])
async def test_a_job_that_fails_says_why_and_no_more(
    database: UnitOfWork, desk: JobDesk, clock: Watch, error: Exception, said: str
) -> None:
    async def work(job: Job, progress: Progress) -> object:
        raise error

    found = await ran(database, desk, work, clock)
    assert found.state is JobState.FAILED
    assert said in found.fault
    assert "secret" not in found.fault


async def test_a_job_is_stopped_by_whoever_may(database: UnitOfWork, desk: JobDesk, clock: Watch) -> None:
    async def work(job: Job, progress: Progress) -> object:
        assert await desk.stop(job.id, "binh")
        await asyncio.sleep(60)
        return None

    found = await ran(database, desk, work, clock)
    assert (found.state, found.stop_by) == (JobState.STOPPED, "binh")
    assert not await desk.stop(found.id, "binh")


async def test_who_begins_and_who_stops_a_job_is_written_down_and_nothing_that_did_not_happen(
    database: UnitOfWork, clock: Watch
) -> None:
    notes = Notes()
    desk = JobDesk(database, nobody, clock, notes)
    number = await desk.start(JobKind.TRAIN, "lan")
    with pytest.raises(BusyError):
        await desk.start(JobKind.PROMOTE, "binh")
    assert await desk.stop(number, "binh")
    assert not await desk.stop(number, "chi"), "it is wanted already"
    assert notes.kept == [("lan", JobKind.TRAIN, "begun"), ("binh", JobKind.TRAIN, "stopped")]


async def test_two_of_a_lane_never_run_at_once_and_other_lanes_do(desk: JobDesk) -> None:
    await desk.start(JobKind.TRAIN, "lan")
    with pytest.raises(BusyError):
        await desk.start(JobKind.PROMOTE, "lan")
    await desk.start(JobKind.REPLAY, "lan", "7")


async def test_a_job_whose_process_died_is_told_as_failed_and_makes_room(
    database: UnitOfWork, desk: JobDesk, clock: Watch
) -> None:
    first = await desk.start(JobKind.TRAIN, "lan")
    clock.now += SILENT + timedelta(seconds=1)
    dead = await desk.get(first)
    assert (dead.state, dead.fault) == (JobState.FAILED, DIED)
    second = await desk.start(JobKind.TRAIN, "lan")
    newest = await desk.newest(JobKind.TRAIN)
    assert newest is not None
    assert newest.id == second
    async with database.read() as session:
        states = [one.state for one in await JobStore(session).recent((JobKind.TRAIN,), 10)]
    assert states == [JobState.RUNNING, JobState.FAILED]


async def test_a_job_that_was_given_up_for_dead_does_not_go_on_beside_the_next_one(
    database: UnitOfWork, desk: JobDesk, clock: Watch
) -> None:
    begun, forever = asyncio.Event(), asyncio.Event()

    async def work(job: Job, progress: Progress) -> object:
        begun.set()
        await forever.wait()
        return {}

    number = await desk.start(JobKind.TRAIN, "lan")
    running = asyncio.ensure_future(run_job(database, number, {JobKind.TRAIN: work}, clock, beat_seconds=0.01))
    await begun.wait()
    async with database.write() as session:
        await JobStore(session).end(number, JobState.FAILED, NOW, fault=DIED)
    done, _ = await asyncio.wait({running}, timeout=5)
    forever.set()
    await running
    assert done
    assert (await desk.get(number)).fault == DIED


@pytest.mark.parametrize(
    ("state", "result", "came_to"),
    [
        (JobState.DONE, '{"rows":3}', {"rows": 3}),
        (JobState.DONE, '{"rows":"of another program"}', None),
        (JobState.STOPPED, "", None),
    ],
)
def test_only_a_result_of_this_program_is_told(state: JobState, result: str, came_to: dict[str, int] | None) -> None:
    found = Job(1, JobKind.IMPORT, "", "{}", state, "lan", NOW, NOW, result=result)
    assert found.result_as(dict[str, int]) == came_to


async def test_what_ended_long_ago_is_forgotten(database: UnitOfWork, desk: JobDesk, clock: Watch) -> None:
    async def work(job: Job, progress: Progress) -> object:
        return None

    found = await ran(database, desk, work, clock)
    async with database.write() as session:
        assert await JobStore(session).forget(NOW) == 0
        assert await JobStore(session).forget(NOW + timedelta(seconds=1)) == 1
    with pytest.raises(JobError):
        await desk.get(found.id)


async def test_a_process_that_cannot_begin_is_told_at_once(database: UnitOfWork, clock: Watch) -> None:
    async def broken(number: int) -> None:
        raise OSError("no memory")

    desk = JobDesk(database, broken, clock, Notes())
    found = await desk.get(await desk.start(JobKind.TRAIN, "lan"))
    assert (found.state, found.fault) == (JobState.FAILED, NOT_BEGUN)
