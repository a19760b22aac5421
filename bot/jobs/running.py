"""Does a job: gives signs of life meanwhile, stops when somebody wants it, and writes down how it ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import msgspec

from bot.delivery.ports import Transactions
from bot.errors import BotError
from bot.jobs.job import BROKEN, Job, JobError, JobKind, JobState
from bot.jobs.store import JobStore
from bot.tracebacks import where
from nlu.errors import NluError

logger = logging.getLogger(__name__)

BEAT_SECONDS = 1.0


class Progress:
    """How far a job is; the next sign of life tells it."""

    def __init__(self) -> None:
        self.step = ""
        self.done = 0
        self.total = 0

    def say(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say what is done now, and how much of how much."""
        self.step, self.done, self.total = step, done, total


Work = Callable[[Job, Progress], Awaitable[object]]
"""Does one kind of job and returns its result, which is kept as JSON."""


async def run_job(
    transactions: Transactions,
    number: int,
    works: Mapping[JobKind, Work],
    clock: Callable[[], datetime],
    beat_seconds: float = BEAT_SECONDS,
) -> JobState:
    """Do a job to its end.

    Args:
        transactions: of its database.
        number: of the job.
        works: what does each kind.
        clock: tells the time.
        beat_seconds: between two signs of life.

    Raises:
        JobError: there is no such job, or it has ended already.
    """
    async with transactions.read() as session:
        job = await JobStore(session).get(number)
    if not job.running:
        raise JobError(f"job {number} is {job.state.value} already")
    progress = Progress()
    working = asyncio.ensure_future(works[job.kind](job, progress))
    beating = asyncio.ensure_future(_beat(transactions, number, progress, working, clock, beat_seconds))
    state, result, fault = await _ended(working)
    beating.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await beating
    async with transactions.write() as session:
        store = JobStore(session)
        await store.beat(number, clock(), progress.step, progress.done, progress.total)
        await store.end(number, state, clock(), result, fault)
    return state


async def _ended(working: asyncio.Future[object]) -> tuple[JobState, str, str]:
    try:
        result = await working
    except asyncio.CancelledError:
        return JobState.STOPPED, "", ""
    except (BotError, NluError) as error:
        return JobState.FAILED, "", str(error)
    except Exception as error:
        logger.error("A job failed (%s).\n%s", type(error).__name__, where(error))
        return JobState.FAILED, "", BROKEN
    return JobState.DONE, msgspec.json.encode(result).decode(), ""


async def _beat(
    transactions: Transactions,
    number: int,
    progress: Progress,
    working: asyncio.Future[object],
    clock: Callable[[], datetime],
    seconds: float,
) -> None:
    while True:
        try:
            async with transactions.write() as session:
                step, done, total = progress.step, progress.done, progress.total
                wanted = await JobStore(session).beat(number, clock(), step, done, total)
            if wanted:
                working.cancel()
        except Exception as error:
            logger.error("No sign of life could be given (%s).\n%s", type(error).__name__, where(error))
        await asyncio.sleep(seconds)
