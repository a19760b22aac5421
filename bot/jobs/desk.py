"""Starts jobs, tells how far they are, and stops them: what pages ask."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.ports import Transactions
from bot.jobs.job import NOT_BEGUN, Job, JobKind, JobState
from bot.jobs.store import JobStore

logger = logging.getLogger(__name__)

Spawn = Callable[[int], Awaitable[None]]
"""Lets a process of its own do a job."""


class NotesJobs(Protocol):
    """Writes down who lets long work begin and who stops it, in the transaction in which that is wanted."""

    async def begun(self, session: AsyncSession, job: Job) -> None:
        """Note a job that begins."""
        ...

    async def stopped(self, session: AsyncSession, job: Job, by: str, at: datetime) -> None:
        """Note that somebody wants a running job stopped."""
        ...


class JobDesk:
    """The jobs of one database."""

    def __init__(
        self, transactions: Transactions, spawn: Spawn, clock: Callable[[], datetime], notes: NotesJobs
    ) -> None:
        """Take the database, what starts processes, the clock, and where beginnings and ends are written down."""
        self._transactions = transactions
        self._spawn = spawn
        self._clock = clock
        self._notes = notes

    async def start(self, kind: JobKind, by: str, about: str = "", asked: Mapping[str, str] | None = None) -> int:
        """Begin a job and return its number.

        Raises:
            BusyError: another one of its lane is running.
        """
        now = self._clock()
        async with self._transactions.write() as session:
            store = JobStore(session)
            number = await store.add(kind, about, msgspec.json.encode(asked or {}).decode(), by, now)
            await self._notes.begun(session, await store.get(number))
        try:
            await self._spawn(number)
        except OSError as error:
            logger.error("No process could be started for a job: %s", error)
            async with self._transactions.write() as session:
                await JobStore(session).end(number, JobState.FAILED, self._clock(), fault=NOT_BEGUN)
        return number

    async def get(self, number: int) -> Job:
        """Return one job.

        Raises:
            JobError: there is none under that number.
        """
        async with self._transactions.read() as session:
            return (await JobStore(session).get(number)).judged(self._clock())

    async def newest(self, kind: JobKind, about: str = "", state: JobState | None = None) -> Job | None:
        """Return the last job of a kind about something; only of those in a state where one is named."""
        async with self._transactions.read() as session:
            found = await JobStore(session).newest(kind, about, state)
        return found.judged(self._clock()) if found else None

    async def stop(self, number: int, by: str) -> bool:
        """Want a job stopped; its process sees it within seconds. Tells whether it was running."""
        async with self._transactions.write() as session:
            store = JobStore(session)
            stopped = await store.stop(number, by)
            if stopped:
                await self._notes.stopped(session, await store.get(number), by, self._clock())
        return stopped


def process_of(root: Path, rasa_url: str | None) -> Spawn:
    """Return what starts ``motcua jobs run`` beside the server, so that a restart of the server ends no job.

    Args:
        root: the project's folder.
        rasa_url: of the Rasa server that the server asks.
    """
    waiting: set[asyncio.Task[int]] = set()

    async def spawn(number: int) -> None:
        command = [sys.executable, "-m", "bot", "jobs", "run", str(number), "--nice"]
        log = root / "var" / "log" / "jobs.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                *(["--rasa-url", rasa_url] if rasa_url else []),
                cwd=root,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        # Waited for, lest ended children stay as zombies.
        task = asyncio.ensure_future(process.wait())
        waiting.add(task)
        task.add_done_callback(waiting.discard)

    return spawn
