"""``motcua model``: which model is live, and the gate through which a newer one goes."""

from __future__ import annotations

import logging
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Awaitable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bot.app import project_root
from bot.evaluation.cases import read_cases
from bot.evaluation.promotion import TOLERANCE, Exam, Promotion
from bot.evaluation.whole import Bench, Contender
from bot.settings import Settings
from nlu.learning.lessons import FIXED_QUESTIONS, FOLDER, SAYINGS
from nlu.live_model import live_path, read_live
from nlu.training import RasaHome, ensure_model, model_path, print_progress


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``model`` with its actions."""
    parser = subparsers.add_parser("model", help="show the live model; promote a newer one that is not worse")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("status", help="show which model is live and which is newest").set_defaults(action=_status)
    one = actions.add_parser(
        "promote", help="measure the newest model beside the live one; make it live if nothing guarded is worse"
    )
    one.add_argument("questions", nargs="*", type=Path, help="more labelled questions beside the fixed set")
    one.add_argument("--catalogue", type=Path, help="procedures to measure with; the starter catalogue by default")
    one.add_argument(
        "--tolerance",
        type=_share,
        default=TOLERANCE,
        help=f"how much worse a guarded figure may become ({TOLERANCE} by default)",
    )
    one.add_argument("--uncompared", action="store_true", help="even when the live model can no longer be measured")
    one.set_defaults(action=_promote)
    return parser


def run(args: Namespace, settings: Settings) -> int | Awaitable[int]:
    """Do one action."""
    outcome: int | Awaitable[int] = args.action(args, settings)
    return outcome


def _status(args: Namespace, settings: Settings) -> int:
    home = RasaHome(project_root())
    newest, live, serving = model_path(home), read_live(home.models), live_path(home.root)
    print(f"newest   {newest.name}  {'trained' if newest.is_file() else 'not trained yet: `motcua train`'}")
    if live is None:
        print("live     none promoted: `serve` takes the newest")
        return 0
    fits = "runs with this program" if serving else "does not run with this program: `serve` takes the newest"
    print(f"live     {live.model}  promoted {live.promoted_at}  {fits}")
    print(f"sayings  {live.sayings or 'none learned'}")
    for kind, figures in live.figures.items():
        shown = ((name, figures.get(name)) for name in ("R@1", "R@3", "declined", "aspect"))
        told = "  ".join(f"{name} {value:.3f}" for name, value in shown if value is not None)
        print(f"         {kind} ({figures.get('questions')}): {told}")
    return 0


async def _promote(args: Namespace, settings: Settings) -> int:
    logging.basicConfig(level=logging.WARNING)
    home = RasaHome(project_root())
    files = {"fixed": home.root / FIXED_QUESTIONS, **{str(path): path for path in args.questions}}
    about = sha256(args.catalogue.read_bytes()).hexdigest() if args.catalogue else "starter"
    exam = Exam({name: read_cases([path]) for name, path in files.items()}, about)
    candidate = Contender(lambda: ensure_model(home, os.environ, print_progress), home.root / FOLDER / SAYINGS)
    bench = Bench(settings, home, args.catalogue)
    promotion = Promotion(home, bench, candidate, lambda: datetime.now(UTC), lambda text: print(text, flush=True))
    live = await promotion.run(exam, args.tolerance, args.uncompared)
    print(f"{live.model} is live; a running server takes it within half a minute")
    print("sayings learned along reach the search with `motcua db upgrade` or the next start", file=sys.stderr)
    return 0


def _share(raw: str) -> float:
    try:
        share = float(raw)
    except ValueError as error:
        raise ArgumentTypeError("must be a number between 0 and 1") from error
    if not 0 <= share <= 1:
        raise ArgumentTypeError("must be a number between 0 and 1")
    return share
