"""``python -m benchmarks.feedback_load``: feedback from many conversations at once, while tasks are cancelled and processes killed.

Each worker process holds a part of the conversations. A conversation hands in one submission after the other and tries
again with the same receipt number until it has the receipt, as the assistant does after a crash; some tap twice at once.
The workers are killed within their transactions and started again. What each sender was told stands in a journal that is
written after the commit; at the end it is compared with the register, and the register is proven by its log.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from benchmarks.caching import FOLDER
from benchmarks.children import Program, last_line, running
from benchmarks.databases import BOTH, databases
from benchmarks.errors import BenchError
from benchmarks.feedback_sending import read_journal
from benchmarks.feedback_state import State, check
from benchmarks.figures import percentile
from bot.app import project_root
from bot.migrations.schema import upgrade
from bot.unit_of_work import open_engine

WORKERS = 2
KILLED = -9
SECONDS = 3600.0


@dataclass(frozen=True)
class Measured:
    """What one database came to; times in milliseconds."""

    database: str
    submissions: int
    conversations: int
    per_second: float
    p50: float
    p95: float
    p50_waiting: float
    """With the wait for a connection."""
    p95_waiting: float
    kills: int
    """Processes that were killed."""
    cancelled: int
    """Tasks that were cancelled within their transaction."""
    doubled: int
    """Times that the same was handed in twice at once."""
    answered_again: int
    """Retries that found the record there: the crash came after the commit."""
    state: State


async def measure(url: str, database: str, submissions: int, conversations: int, kills: int, folder: Path) -> Measured:
    """Hand in everything, then look at what is there."""
    await _prepare(url)
    started = time.perf_counter()
    done = await asyncio.gather(
        *(_worker(url, one, submissions, conversations, kills // WORKERS, folder) for one in range(WORKERS))
    )
    seconds = time.perf_counter() - started
    told = [line for one in range(WORKERS) for line in read_journal(_journal(folder, one))]
    spent, waited = [one.spent for one in told], [one.waited for one in told]
    return Measured(
        database=database,
        submissions=submissions,
        conversations=conversations,
        per_second=len(told) / seconds,
        p50=percentile(spent, 0.5),
        p95=percentile(spent, 0.95),
        p50_waiting=percentile(waited, 0.5),
        p95_waiting=percentile(waited, 0.95),
        kills=sum(done),
        cancelled=sum(one.cancelled for one in told),
        doubled=sum(one.doubled for one in told),
        answered_again=sum(not one.new for one in told),
        state=await check(url, submissions, told),
    )


async def _prepare(url: str) -> None:
    engine = open_engine(url)
    try:
        await upgrade(engine)
    finally:
        await engine.dispose()


async def _worker(url: str, number: int, submissions: int, conversations: int, kills: int, folder: Path) -> int:
    """Run a worker to its end, killing it now and then; tell how often it was killed."""
    chance, killed = Random(number), 0
    mine = [number, conversations, WORKERS, submissions // conversations]
    command = [sys.executable, "-m", "benchmarks.feedback_sending", url, str(_journal(folder, number)), *map(str, mine)]
    log = folder / f"worker-{number}.log"
    each = submissions // WORKERS
    while True:
        async with running(Program(command, os.environ, project_root(), log)) as process:
            # The next kill comes when a drawn share of the work is done, whatever the machine's pace.
            until = round(each * (killed + chance.random()) / kills) if killed < kills else None
            if await _ended(process, _journal(folder, number), until):
                if process.returncode != 0:
                    raise BenchError(f"worker {number} failed: {last_line(log)} (see {log})")
                return killed
            process.kill()
            await process.wait()
            killed += 1


async def _ended(process: asyncio.subprocess.Process, journal: Path, until: int | None) -> bool:
    """Wait until a worker ended, or has handed in so many: then it is to be killed."""
    deadline = time.monotonic() + SECONDS
    while process.returncode is None:
        if until is not None and _lines(journal) > until:
            return False
        if time.monotonic() > deadline:
            raise BenchError(f"a worker took over {SECONDS:.0f} s")
        await asyncio.sleep(0.05)
    return True


def _lines(journal: Path) -> int:
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def _journal(folder: Path, number: int) -> Path:
    return folder / f"journal-{number}.jsonl"


def told(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield the lines of the report."""
    for one in measured:
        yield (
            f"{one.database:<11}{one.submissions} submissions of {one.conversations} conversations:"
            f" {one.per_second:.0f} a second; p50 {one.p50:.1f} ms, p95 {one.p95:.1f} ms"
            f" (with the wait for a connection {one.p50_waiting:.0f} and {one.p95_waiting:.0f} ms)"
        )
        yield (
            f"{'':<11}{one.kills} processes killed, {one.cancelled} tasks cancelled, {one.doubled} double taps,"
            f" {one.answered_again} answered again"
        )
        state = one.state
        yield (
            f"{'':<11}lost {state.lost}, twice {state.twice}, told otherwise {state.told_otherwise},"
            f" highest number {state.highest} of {state.records}, log of {state.entries} entries:"
            f" {'; '.join(state.findings) or 'sound'} ({state.verified_seconds:.1f} s)"
        )


async def run(submissions: int, conversations: int, kills: int, only: str | None) -> list[Measured]:
    """Measure all of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = []
    with (
        tempfile.TemporaryDirectory(prefix="feedback-", dir=FOLDER) as folder,
        databases((only,) if only else BOTH, Path(folder)) as urls,
    ):
        for name, url in urls.items():
            own = Path(folder) / name
            own.mkdir()
            found.append(await measure(url, name, submissions, conversations, kills, own.resolve()))
    return found


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m benchmarks.feedback_load", description=__doc__)
    parser.add_argument("--submissions", type=int, default=20_000)
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20, help="processes killed while it runs")
    parser.add_argument("--only", choices=BOTH)
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    measured = asyncio.run(run(args.submissions, args.conversations, args.kills, args.only))
    print("\n".join(told(measured)))
    if args.json:
        args.json.write_text(json.dumps([asdict(one) for one in measured], indent=1), "utf-8")
    if any(not one.state.sound for one in measured):
        sys.exit(1)


if __name__ == "__main__":
    main()
