"""``motcua postal offices``: the list of post offices that citizens are told of."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from tqdm import tqdm

from bot.app.post_offices import read_offices
from bot.commands.findings_file import write_findings
from bot.postal.office import PostOffice
from bot.postal.office_store import OfficeStore
from bot.postal.office_tables import SOURCE_LENGTH
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.importing.findings import Finding, summarise

SUMMARISED = 10
"""Most kinds of findings shown on the terminal."""


def add_offices(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``offices``."""
    offices = actions.add_parser("offices", help="post offices near a commune or a location")
    steps = offices.add_subparsers(required=True, metavar="STEP")
    one = steps.add_parser("import", help="put a file's offices in the place of those that are there")
    one.add_argument("file", type=Path, help=".csv, .xlsx, .json or .jsonl (docs/postal.md)")
    one.add_argument("--source", type=_source, required=True, help="who made the list; citizens are told")
    one.add_argument("--as-of", type=_day, required=True, metavar="YYYY-MM-DD", help="day on which it stood so")
    one.add_argument("--report", type=Path, metavar="FILE", help="where every finding goes (.csv or .jsonl)")
    one.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
    one.set_defaults(action=import_offices)
    listing = steps.add_parser("list", help="show how many there are, or those of a province")
    listing.add_argument("--province", metavar="CODE", help="today's, such as 51")
    listing.set_defaults(action=list_offices)
    steps.add_parser("remove", help="delete the whole list").set_defaults(action=remove_offices)


async def import_offices(args: Namespace, settings: Settings) -> int:
    """Read a file, then replace the list at once; a file that cannot be read as a whole changes nothing."""
    size = args.file.stat().st_size if args.file.is_file() else None
    # disable=None: no bar where stderr is not a terminal.
    with tqdm(total=size, desc=args.file.name, unit="B", unit_scale=True, disable=None, file=sys.stderr) as bar:

        def advance(step: int) -> None:
            bar.update(step)

        reading, offices = read_offices(args.file, args.source, args.as_of, advance)
    _tell(reading.findings, args.report or args.file.with_name(f"{args.file.stem}.findings.csv"))
    placed = sum(bool(one.commune) for one in offices)
    print(f"{reading.rows} rows: {len(offices)} offices, {placed} of them in a commune of today.")
    if args.dry_run:
        print("Nothing was kept: --dry-run.")
        return 0
    async with _database(settings) as transactions, transactions.write() as session:
        done = await OfficeStore().replace(session, offices)
    print(f"{done.new} new, {done.changed} changed, {done.same} as they were, {done.gone} gone.")
    return 0


async def list_offices(args: Namespace, settings: Settings) -> int:
    """Show the offices of a province, or how many each list has."""
    async with _database(settings) as transactions, transactions.read() as session:
        offices = await OfficeStore().listed(session, args.province)
    if args.province:
        for one in offices:
            print(_line(one))
    lists = sorted({(one.source, one.as_of) for one in offices})
    print(f"{len(offices)} offices" + "".join(f"; {source}, {as_of}" for source, as_of in lists))
    return 0


async def remove_offices(_: Namespace, settings: Settings) -> int:
    """Delete the list."""
    async with _database(settings) as transactions, transactions.write() as session:
        amount = await OfficeStore().remove(session)
    print(f"{amount} offices removed.")
    return 0


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[UnitOfWork]:
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        yield transactions
    finally:
        await transactions.close()


def _tell(findings: list[Finding], report: Path) -> None:
    if not findings:
        return
    write_findings(findings, report)
    for severity, reason, count in summarise(findings)[:SUMMARISED]:
        print(f"{count:>7}  {severity.value:<9}  {reason}")
    print(f"Every one with its line: {report}")


def _line(one: PostOffice) -> str:
    return f"{one.code:<12} {one.commune or '-----'}  {one.name}  ·  {one.address}"


def _source(text: str) -> str:
    plain = " ".join(text.split())
    if not plain or len(plain) > SOURCE_LENGTH:
        raise ArgumentTypeError(f"must be a name of at most {SOURCE_LENGTH} letters")
    return plain


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write 2026-11-30") from error
