"""``motcua dossiers samples``: which sample dossiers there are to try, with the facts that prove to be their applicant."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import UTC, datetime

from bot.commands.dossiers_at_hand import AtHand
from bot.dossiers.facts import e164, identity, last_four
from bot.dossiers.record import Record
from bot.dossiers.sample_loading import SOURCE, refresh_samples, remove_samples
from bot.dossiers.samples_store import sample_lines
from feedback.working_time.zone import here


def add_samples(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``samples``."""
    one = actions.add_parser(
        "samples", help="list the sample dossiers, with the digits that prove to be their applicant"
    )
    one.add_argument("--load", action="store_true", help="load them first, as of today, where no real dossier is kept")
    one.add_argument("--remove", action="store_true", help="delete them")
    one.add_argument("--limit", type=int, default=20, help="how many to list")
    one.set_defaults(action=show_samples)


async def show_samples(args: Namespace, at_hand: AtHand) -> int:
    """List, load or delete the samples."""
    if args.remove:
        print(f"{await remove_samples(at_hand.transactions)} sample dossiers deleted.")
        return 0
    if args.load:
        print(
            f"{await refresh_samples(at_hand.transactions, at_hand.store, datetime.now(UTC))} sample dossiers loaded."
        )
    async with at_hand.transactions.read() as session:
        codes = sorted((line.code for line in await sample_lines(session, SOURCE)), key=_number)
        shown = await at_hand.store.whole(session, codes[: args.limit])
    if not codes:
        print("There is none; --load loads them where no real dossier is kept.", file=sys.stderr)
        return 1
    print(f"{'CODE':<28}{'STATUS':<17}{'DUE':<12}{'PHONE':<7}{'ID':<6}APPLICANT (made up)")
    for code in codes[: args.limit]:
        if code in shown:
            print(_told(shown[code]))
    if len(codes) > args.limit:
        print(f"… {len(codes) - args.limit} more; --limit shows them")
    return 0


def _told(record: Record) -> str:
    due = f"{here(record.appointment):%d/%m/%Y}" if record.appointment else "-"
    phone = last_four(e164(record.owner.phone)) or "-"
    number = last_four(identity(record.owner.identity)) or "-"
    return f"{record.code:<28}{record.status.name.lower():<17}{due:<12}{phone:<7}{number:<6}{record.owner.name}"


def _number(code: str) -> str:
    return code[-4:]
