"""``make chaos``: kills the bot process again and again under load, and counts what was lost, doubled or reordered.

Then it keeps Rasa dead for a minute and counts who got no reply.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import aiohttp
from aiohttp import web

from benchmarks.caching import FOLDER
from benchmarks.chaos_bots import Bots, Plan
from benchmarks.chaos_platform import Citizens, Platform, Verdict
from benchmarks.chaos_rasa import table as away_table
from benchmarks.chaos_rasa import without_rasa
from benchmarks.chaos_rows import Rows, read_rows
from benchmarks.children import Program, completed
from benchmarks.databases import BOTH, POSTGRESQL, databases
from bot.app import project_root
from bot.first_start import KEYS

SETUP_SECONDS = 300.0
DRAIN_SECONDS = 120.0
QUESTIONS = ("đăng ký khai sinh cần giấy tờ gì", "lệ phí bao nhiêu", "thời hạn", "xin chào", "1", "cảm ơn")


@dataclass(frozen=True)
class Result:
    """What came of it."""

    plan: Plan
    kills: int
    stalls: int
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
        """Tell whether nothing is wrong: doubles only where a crash explains them, few in each."""
        found, rows = self.verdict, self.rows
        wrong = found.lost + found.reordered + found.strange + rows.open + rows.unsent + rows.doubled
        few = found.most_at_once <= self.plan.side_by_side and found.most_in_one <= 1
        explained = not found.unexplained and found.doubled <= self.interrupted
        return not wrong and found.messages == rows.messages and few and explained


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
    verdict = platform.verdict({*bots.killed, *bots.stalled})
    counts = len(bots.killed), len(bots.stalled)
    return Result(plan, *counts, seconds, platform.repeated, verdict, platform.refused, rows)


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table."""
    head = (
        *("database", "processes", "kills", "stalls", "messages", "repeated", "replies"),
        *("lost", "reordered", "strange", "answered twice", "sent twice"),
        *("most in one crash", "without a crash", "interrupted sends", "seconds"),
    )
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for one in results:
        found, rows = one.verdict, one.rows
        cells = (
            *(one.plan.name, one.plan.processes, one.kills, one.stalls, found.messages, one.repeated, found.replies),
            *(found.lost + rows.open + rows.unsent, found.reordered, found.strange, rows.doubled),
            *(found.doubled, found.most_at_once, found.unexplained, one.interrupted, round(one.seconds)),
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
        "MOTCUA_LEASE_SECONDS": str(plan.lease),
        "MOTCUA_SEND_SIDE_BY_SIDE": str(plan.side_by_side),
        "CHAOS_SECRET": secrets.token_urlsafe(16),
    }
    return {**kept, **keys, **own}


async def _all(plans: Sequence[Plan], seed: int) -> list[Result]:
    results = []
    for plan in plans:
        print(f"{plan.name}: {plan.kills} kills …", file=sys.stderr)
        results.append(await run(plan, seed))
        print(table(results[-1:]), file=sys.stderr)
    return results


def main() -> int:
    """Run on each database, then without Rasa, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="on each database; 0: not tried")
    parser.add_argument("--database", choices=BOTH, action="append", help="both by default")
    parser.add_argument("--processes", type=int, default=2, help="on PostgreSQL")
    parser.add_argument("--conversations", type=int, default=16)
    parser.add_argument("--pause", type=float, default=0.3, help="mean seconds between two messages of a citizen")
    parser.add_argument("--side-by-side", type=int, default=1, help="sends at once; a crash doubles at most so many")
    parser.add_argument(
        "--lease", type=float, default=2.0, help="seconds; a machine that is busy for longer has messages sent twice"
    )
    parser.add_argument("--stalls", type=float, default=0.0, help="part of the processes that stand still for a while")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rasa-away", type=float, default=60.0, help="seconds for which Rasa is dead; 0: not tried")
    args = parser.parse_args()
    good = [_crashes(args)] if args.kills else []
    if args.rasa_away:
        away = asyncio.run(without_rasa(project_root(), args.rasa_away, QUESTIONS, args.seed))
        print(away_table(away))
        good.append(away.good)
    return 0 if all(good) else 1


def _crashes(args: argparse.Namespace) -> bool:
    with (
        tempfile.TemporaryDirectory(prefix="motcua-chaos-") as folder,
        databases(args.database or BOTH, Path(folder)) as urls,
    ):
        plans = [
            Plan(
                name,
                url,
                args.processes if name == POSTGRESQL else 1,
                *(args.kills, args.conversations, args.pause, args.side_by_side, args.stalls, args.lease),
            )
            for name, url in urls.items()
        ]
        results = asyncio.run(_all(plans, args.seed))
    print(table(results))
    return all(one.good for one in results)


if __name__ == "__main__":
    sys.exit(main())
