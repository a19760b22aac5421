"""Starts the processes that are measured, and ends them with all their children, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import BenchError

LOOK_SECONDS = 0.02
"""Between two looks at a starting server: the precision of the cold start."""
GRACE_SECONDS = 10.0
"""Between asking a process to stop and killing it with its group."""


@dataclass(frozen=True)
class Program:
    """What to run."""

    command: Sequence[str]
    environment: Mapping[str, str]
    """Complete."""
    folder: Path
    """Working directory."""
    log: Path
    """Takes all that it prints; written anew."""


@contextlib.asynccontextmanager
async def running(program: Program) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a program for the length of a block; then end it and its group."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    with program.log.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *_mortal(program.command),
            cwd=program.folder,
            env=program.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # A group of its own: Ctrl-C reaches only us, and ending reaches all of its children.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        ending = asyncio.ensure_future(_end(process))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await ending
            raise


async def completed(program: Program, seconds: float) -> None:
    """Run a program to its end.

    Raises:
        BenchError: it failed or took longer than ``seconds``; the message carries its last line.
    """
    async with running(program) as process:
        try:
            code = await asyncio.wait_for(process.wait(), seconds)
        except TimeoutError as error:
            raise BenchError(f"{program.command[-1]} took over {seconds:.0f} s; see {program.log}") from error
    if code != 0:
        raise BenchError(f"{' '.join(program.command[:4])} … failed: {last_line(program.log)} (see {program.log})")


async def until(
    true: Callable[[], Awaitable[bool]], process: asyncio.subprocess.Process, log: Path, seconds: float
) -> None:
    """Wait until something is true of a running program.

    Raises:
        BenchError: the program ended before, or ``seconds`` went by.
    """
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if process.returncode is not None:
            raise BenchError(f"a server ended while it started: {last_line(log)} (see {log})")
        if await true():
            return
        await asyncio.sleep(LOOK_SECONDS)
    raise BenchError(f"a server did not become ready within {seconds:.0f} s; see {log}")


def last_line(log: Path) -> str:
    """Return the last line of a log that says something."""
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it printed nothing"


def _mortal(command: Sequence[str]) -> list[str]:
    """Have the kernel end the process when we are killed outright, where the system can do that."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else list(command)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        _signal_group(process.pid, signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE_SECONDS)
    _signal_group(process.pid, signal.SIGKILL)
    await process.wait()


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
