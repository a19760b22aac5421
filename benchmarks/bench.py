"""``python -m benchmarks.bench``: measures the assistant beside a stock Rasa assistant and prints what came of it."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.caching import FOLDER
from benchmarks.errors import BenchError
from benchmarks.measure import Measurement, Plan, measure
from benchmarks.questions import load_questions
from benchmarks.report import Heading, as_json, table
from bot.app import project_root
from bot.errors import BotError
from nlu.errors import NluError

DEVELOPMENT_DATA = Path("..") / "shared" / "data"
"""Beside the project; the real catalogue and questions are taken from there when it exists."""
MOST_SECONDS = 1800.0
"""The whole measurement ends after this, first training and import included."""
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write the report; return the exit code."""
    args = build_parser().parse_args(argv)
    root = project_root()
    try:
        plan = make_plan(args, root)
        measured = asyncio.run(_bounded(plan))
    except (BenchError, BotError, NluError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except TimeoutError:
        print(f"bench: not done within {MOST_SECONDS:.0f} s", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    name = plan.catalogue.name if plan.catalogue else "that comes with the program"
    heading = Heading(datetime.now().astimezone(), name, len(plan.questions), plan.rounds)
    print(table(heading, measured))
    target: Path = args.json or root / FOLDER / "report.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(as_json(heading, measured), ensure_ascii=False, indent=1), "utf-8")
    return 0


def build_parser() -> ArgumentParser:
    """Return the parser of the command line."""
    parser = ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument("--catalogue", type=Path, help="procedures to import; the real ones by default where they are")
    parser.add_argument(
        "--questions", type=Path, help="questions to ask; the development ones by default where they are"
    )
    parser.add_argument("--rounds", type=int, default=Plan.rounds)
    parser.add_argument("--conversations", type=int, nargs="+", default=list(Plan.conversations), help="at once")
    parser.add_argument("--thinking-seconds", type=float, default=Plan.thinking_seconds, help="length of such a phase")
    parser.add_argument(
        "--saturated-seconds", type=float, default=Plan.saturated_seconds, help="length of such a phase"
    )
    parser.add_argument("--json", type=Path, metavar="REPORT", help=f"{FOLDER / 'report.json'} by default")
    return parser


def make_plan(args: Namespace, root: Path) -> Plan:
    """Return what the arguments ask for.

    Raises:
        BenchError: they cannot be.
    """
    if args.rounds < 1 or min(args.conversations) < 1:
        raise BenchError("there must be at least one round and one conversation")
    return Plan(
        root=root,
        catalogue=args.catalogue or _there(root / DEVELOPMENT_DATA / "procedures.jsonl.gz"),
        questions=load_questions(args.questions or _there(root / DEVELOPMENT_DATA / "dev_questions.jsonl")),
        conversations=tuple(args.conversations),
        rounds=args.rounds,
        thinking_seconds=args.thinking_seconds,
        saturated_seconds=args.saturated_seconds,
    )


async def _bounded(plan: Plan) -> Measurement:
    """Measure within a time; SIGTERM ends it like Ctrl-C, with all processes that were started."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with asyncio.timeout(MOST_SECONDS):
        return await measure(plan)


def _there(path: Path) -> Path | None:
    return path if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
