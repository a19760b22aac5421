"""Rasa away for a while: every message must be answered all the same, and understood again afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil

from benchmarks.load import Outcome, Phase, run_phase
from benchmarks.ours import Server, make_database, serving, understands, until_understanding
from benchmarks.talks import OurTalk, open_session
from benchmarks.usage import split_tree

KILL_SECONDS = 0.2
"""Between two looks for a Rasa server that was started anew."""
CONVERSATIONS = 16
THINKING = 1.0


@dataclass(frozen=True)
class Away:
    """What came of the messages while Rasa was away."""

    seconds: float
    outcome: Outcome
    killed: int
    """Processes of Rasa."""
    back_after: float
    """Seconds from the end of the killing until Rasa understood again."""

    @property
    def good(self) -> bool:
        """Tell whether there were messages, Rasa was away, and everybody got a reply."""
        return bool(self.outcome.milliseconds) and not self.outcome.failures and self.killed > 0


async def without_rasa(root: Path, seconds: float, questions: Sequence[str], seed: int) -> Away:
    """Let citizens write on the web while Rasa is killed whenever it starts, for so many seconds.

    Raises:
        BenchError: the assistant does not start, or Rasa does not understand before or afterwards.
    """
    database = await make_database(root, None)
    async with open_session() as session, serving(root, database, session) as server:
        await until_understanding(server, session)
        async with _killing(server) as killed:
            phase = Phase(CONVERSATIONS, seconds, THINKING)
            outcome = await run_phase(lambda: OurTalk(session, server.url), questions, phase, Random(seed))
            understood = await understands(server, session)
        began = time.perf_counter()
        await until_understanding(server, session)
        count = 0 if understood else len(killed)
        return Away(seconds, outcome, count, time.perf_counter() - began)


def table(away: Away) -> str:
    """Return the figures as a Markdown table."""
    outcome = away.outcome
    slowest = max(outcome.milliseconds, default=float("nan"))
    head = ("Rasa away, seconds", "messages", "without a reply", "slowest reply, ms", "back after, s")
    messages = len(outcome.milliseconds) + len(outcome.failures)
    cells = (round(away.seconds), messages, len(outcome.failures), round(slowest), round(away.back_after))
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), cells))


@contextlib.asynccontextmanager
async def _killing(server: Server) -> AsyncIterator[set[int]]:
    """Kill what there is of Rasa at once, and again and again for the length of a block; gives the processes."""
    killed = _kill(server)

    async def again() -> None:
        while True:
            await asyncio.sleep(KILL_SECONDS)
            killed.update(_kill(server))

    task = asyncio.create_task(again(), name="killing Rasa")
    try:
        yield killed
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _kill(server: Server) -> set[int]:
    killed = set()
    for one in split_tree(server.process.pid)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
            killed.add(one.pid)
    return killed
