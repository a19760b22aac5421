"""Keeps the Rasa server running beside the bot: trains if stale, starts, watches, restarts with back-off, stops."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nlu.training import RasaMissing, TrainingError

logger = logging.getLogger(__name__)


class NluState(StrEnum):
    """How far the Rasa process is."""

    TRAINING = "training"
    LOADING = "loading"
    READY = "ready"
    DOWN = "down"
    """Not running; a restart may be under way. The catalogue search answers meanwhile."""


@dataclass(frozen=True)
class Pace:
    """The supervisor's times, in seconds."""

    poll: float = 0.5
    """Between two looks at a server that is loading."""
    watch: float = 5.0
    """Between two looks at a server that was ready."""
    load: float = 180.0
    """A server that is not ready after this is started again."""
    first_delay: float = 1.0
    longest_delay: float = 60.0
    steady: float = 60.0
    """A server that was ready for this long starts with a fresh back-off when it dies."""
    grace: float = 5.0
    """Between asking a process to stop and killing it."""
    misses: int = 12
    """Looks in a row that a ready server may leave unanswered before it counts as hung."""


class NluProcess:
    """Supervises one Rasa server. ``run`` ends only when cancelled, or when there is no Rasa environment at all."""

    def __init__(
        self,
        prepare: Callable[[], Awaitable[Path]],
        command: Callable[[Path], list[str]],
        ready: Callable[[], Awaitable[bool]],
        environment: Mapping[str, str],
        root: Path,
        log_file: Path,
        on_state: Callable[[NluState], None] = lambda state: None,
        pace: Pace | None = None,
    ) -> None:
        """Nothing starts before ``run``.

        Args:
            prepare: returns the model to serve, training it first if it must.
            command: the command line that serves a model.
            ready: tells whether the server has loaded its model.
            environment: of the server's process, complete.
            root: working directory of the server; it finds our components there.
            log_file: takes all that the server prints.
            on_state: called at each change of state.
            pace: the times.
        """
        self._prepare = prepare
        self._command = command
        self._ready = ready
        self._environment = dict(environment)
        self._root = root
        self._log_file = log_file
        self._on_state = on_state
        self._pace = pace or Pace()
        self._state = NluState.DOWN

    @property
    def state(self) -> NluState:
        """How far the server is now."""
        return self._state

    async def run(self) -> None:
        """Keep a server running; on cancellation stop it with all its children before returning."""
        delay = self._pace.first_delay
        while True:
            try:
                steady = await self._serve_once()
            except RasaMissing as error:
                logger.warning("%s; questions are answered by catalogue search alone", error)
                return
            except (TrainingError, OSError) as error:
                logger.error("The Rasa server cannot be started: %s", error)
                steady = False
            finally:
                self._enter(NluState.DOWN)
            delay = self._pace.first_delay if steady else delay
            logger.warning("The Rasa server is down; next start in %.0f s, its log is %s", delay, self._log_file)
            await asyncio.sleep(delay)
            delay = min(2 * delay, self._pace.longest_delay)

    async def _serve_once(self) -> bool:
        """Run the server until it ends; return whether it was ready for long enough to count as sound."""
        self._enter(NluState.TRAINING)
        model = await self._prepare()
        self._enter(NluState.LOADING)
        process = await self._start(model)
        try:
            if not await self._load(process):
                return False
            since = asyncio.get_running_loop().time()
            self._enter(NluState.READY)
            await self._watch(process)
            return asyncio.get_running_loop().time() - since >= self._pace.steady
        finally:
            await self._stop(process)

    async def _start(self, model: Path) -> asyncio.subprocess.Process:
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *self._command(model),
                env=self._environment,
                cwd=self._root,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A group of its own: Ctrl-C reaches only us, and stopping reaches all of its children.
                start_new_session=True,
                preexec_fn=_die_with_parent(),
            )

    async def _load(self, process: asyncio.subprocess.Process) -> bool:
        deadline = asyncio.get_running_loop().time() + self._pace.load
        while asyncio.get_running_loop().time() < deadline:
            if await _ended(process, self._pace.poll):
                return False
            if await self._ready() and process.returncode is None:
                return True
        logger.error("The Rasa server did not load its model within %.0f s", self._pace.load)
        return False

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        missed = 0
        while missed < self._pace.misses:
            if await _ended(process, self._pace.watch):
                return
            missed = 0 if await self._ready() else missed + 1
        logger.error("The Rasa server runs but has stopped answering")

    async def _stop(self, process: asyncio.subprocess.Process) -> None:
        """End the process and its children, politely first; shielded, so that a cancellation cannot skip it."""
        ending = asyncio.ensure_future(self._end_group(process))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await ending
            raise

    async def _end_group(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is None:
            _signal_group(process.pid, signal.SIGTERM)
            await _ended(process, self._pace.grace)
        _signal_group(process.pid, signal.SIGKILL)
        await process.wait()

    def _enter(self, state: NluState) -> None:
        if state is not self._state:
            self._state = state
            self._on_state(state)


def serve_command(python: Path, port: int) -> Callable[[Path], list[str]]:
    """Return the maker of the command that serves a model on the loopback address.

    ``--quiet`` is for privacy too: at lower levels Rasa writes the citizens' messages into its log.
    """

    def command(model: Path) -> list[str]:
        options = ["--enable-api", "-i", "127.0.0.1", "-p", str(port), "-m", str(model), "--quiet"]
        return [str(python), "-m", "rasa", "run", *options]

    return command


async def _ended(process: asyncio.subprocess.Process, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), seconds)
    return process.returncode is not None


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _die_with_parent() -> Callable[[], None] | None:
    """Return what a child runs before its program, so that the kernel ends it even when we are killed outright."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up before the fork: after it nothing may be loaded
    death_signal = 1  # PR_SET_PDEATHSIG

    def ask() -> None:
        prctl(death_signal, signal.SIGKILL)

    return ask
