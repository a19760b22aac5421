"""``motcua dossiers sources``: which one-stop systems there are, and whether they answer. Shows nothing of anybody."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import datetime

from bot.app.dossiers import open_dossiers
from bot.commands.dossiers_at_hand import AtHand
from bot.dossiers.sources.by_agency import Remote
from feedback.working_time.zone import VIETNAM
from nlu.codes import parse_dossier_code


def add_sources(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``sources``."""
    one = actions.add_parser("sources", help="list the one-stop systems, and ask each whether it answers")
    one.add_argument("--code", help="ask the system that answers for this code, as it knows it")
    one.set_defaults(action=list_sources)


async def list_sources(args: Namespace, at: AtHand) -> int:
    """List the sources; exit code 1 when one of them does not answer."""
    async with open_dossiers(at.settings, at.transactions) as dossiers:
        remotes = dossiers.sources.remotes
        if not remotes:
            print("No one-stop system is set up (MOTCUA_DOSSIER_SOURCES): the database alone knows dossiers.")
        asked = parse_dossier_code(args.code) if args.code else None
        if asked is not None:
            remote = dossiers.sources.remote_of(asked)
            remotes = (remote,) if remote is not None else ()
            print(f"{asked.text}: {dossiers.sources.source_of(asked).name}")
        return max([0, *[await _told(remote, args.code) for remote in remotes]])


async def _told(remote: Remote, code: str | None) -> int:
    """Ask a system; without a code for one that hardly exists, which is an answer too."""
    agency = remote.health.agencies[0]
    asked = parse_dossier_code(code or f"{agency}-{datetime.now(VIETNAM):%y%m%d}-0000")
    answers = await remote.probe(asked)
    health = remote.health
    state = "answers" if answers else "is down"
    print(
        f"{health.name} ({', '.join(health.agencies)}) {state}"
        + (f": {health.last_fault}" if health.last_fault else "")
    )
    return 0 if answers else 1
