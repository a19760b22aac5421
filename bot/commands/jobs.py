"""``motcua jobs``: does the work that the console asked for, in a process of its own."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction

from bot.app import project_root
from bot.app.clock import present
from bot.app.jobs import Jobs
from bot.jobs.job import JobKind, JobState
from bot.jobs.running import run_job
from bot.jobs.store import JobStore
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine

SHOWN = 20
NICER = 10
"""A training takes all the processor that it gets; citizens who ask meanwhile go first."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``jobs`` with its actions."""
    parser = subparsers.add_parser("jobs", help="show and do the long work that the console asks for")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    one = actions.add_parser("run", help="do one job; the console starts this by itself")
    one.add_argument("number", type=int)
    one.add_argument("--rasa-url", help="Rasa server that a replay may ask")
    one.add_argument("--nice", action="store_true", help="let the server go first")
    one.set_defaults(action=_run)
    actions.add_parser("list", help="show the last jobs").set_defaults(action=_list)
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Do one action."""
    work = UnitOfWork(open_engine(settings.database_url))
    try:
        outcome: int = await args.action(args, settings, work)
        return outcome
    finally:
        await work.close()


async def _run(args: Namespace, settings: Settings, work: UnitOfWork) -> int:
    if args.nice:
        os.nice(NICER)
    jobs = Jobs(settings, project_root(), work, args.rasa_url)
    state = await run_job(work, args.number, jobs.works(), present)
    return 0 if state is JobState.DONE else 1


async def _list(args: Namespace, settings: Settings, work: UnitOfWork) -> int:
    async with work.read() as session:
        found = await JobStore(session).recent(tuple(JobKind), SHOWN)
    if not found:
        print("No job was started yet.")
    now = present()
    for one in (job.judged(now) for job in found):
        told = f"{one.step} {one.done}/{one.total}" if one.running else one.fault
        print(f"{one.id:>5}  {one.kind:<9} {one.about:<14} {one.state:<8} {one.at:%Y-%m-%d %H:%M}  {one.by}  {told}")
    return 0
