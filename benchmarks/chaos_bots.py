"""The processes that the fault test kills, and what one run of it does."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.caching import FOLDER
from benchmarks.chaos_bot import WEBHOOK
from benchmarks.children import Program, running, until
from bot.app import free_port, project_root

READY_SECONDS = 60.0
LIVES = (0.05, 1.2)
"""Seconds that a process lives once it answers, at the least and at the most."""
STALLS = (0.3, 3.0)
"""How long it stands still, in leases."""


@dataclass(frozen=True)
class Plan:
    """What one run does."""

    name: str
    url: str
    """Of the database."""
    processes: int
    kills: int
    conversations: int
    pause: float
    side_by_side: int
    """Messages that one process hands to the platform at once."""
    stalls: float = 0.0
    """Part of the processes that stand still for a while before they are killed."""
    lease: float = 2.0
    """Seconds for which a process may be silent on PostgreSQL."""


class Bots:
    """The bot's processes, each on a port of its own."""

    def __init__(self, plan: Plan, environment: Mapping[str, str], platform: str, chance: Random) -> None:
        """Take what they need to run."""
        self._plan = plan
        self._environment = environment
        self._platform = platform
        self._chance = chance
        self._ports = [free_port() for _ in range(plan.processes)]
        self.killed: list[int] = []
        """Process numbers."""
        self.stalled: list[int] = []
        """Those that stood still before."""

    def urls(self) -> Sequence[str]:
        """Return where they take messages in."""
        return [f"http://127.0.0.1:{port}{WEBHOOK}" for port in self._ports]

    async def die_again_and_again(self) -> None:
        """Start all, kill each after a random while and start it anew, until enough were killed; then let all live."""
        await asyncio.gather(*(self._lives(place) for place in range(self._plan.processes)))

    async def _lives(self, place: int) -> None:
        while len(self.killed) < self._plan.kills:
            async with self._alive(place) as process:
                await asyncio.sleep(self._chance.uniform(*LIVES))
                if self._chance.random() < self._plan.stalls:
                    await self._stall(process)
                if len(self.killed) < self._plan.kills:
                    self.killed.append(process.pid)
                    process.kill()
                    await process.wait()

    async def _stall(self, process: asyncio.subprocess.Process) -> None:
        """Have a process stand still, for longer than its lease or not, and go on as if nothing had been."""
        self.stalled.append(process.pid)
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(self._chance.uniform(*STALLS) * self._plan.lease)
        process.send_signal(signal.SIGCONT)
        await asyncio.sleep(self._chance.uniform(*LIVES))

    @contextlib.asynccontextmanager
    async def all_alive(self) -> AsyncIterator[None]:
        """Keep all alive for the length of a block."""
        async with contextlib.AsyncExitStack() as stack:
            for place in range(self._plan.processes):
                await stack.enter_async_context(self._alive(place))
            yield

    @contextlib.asynccontextmanager
    async def _alive(self, place: int) -> AsyncIterator[asyncio.subprocess.Process]:
        root, port = project_root(), self._ports[place]
        program = Program(
            command=[sys.executable, "-m", "benchmarks.chaos_bot", str(port), self._platform],
            environment=self._environment,
            folder=root,
            log=root / FOLDER / "log" / f"chaos-{self._plan.name}-{place}.log",
        )
        async with running(program) as process:
            await until(lambda: _listens(port), process, program.log, READY_SECONDS)
            yield process


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
