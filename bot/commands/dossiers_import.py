"""``motcua dossiers import``: reads a file of dossiers and tells the terminal what came of it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Never

from tqdm import tqdm

from bot.app.working_time import make_working_time
from bot.commands.dossiers_at_hand import AtHand
from bot.commands.findings_file import write_findings
from bot.dossiers.batching import Stored
from bot.dossiers.importing.errors import DossierFileError
from bot.dossiers.importing.loading import Files, Loading, Reading
from bot.dossiers.importing.rows import RowReader, Told
from bot.dossiers.importing.values import CellError, moment
from bot.dossiers.importing.words import load_words
from bot.dossiers.record import Status
from bot.dossiers.sample_loading import remove_samples
from nlu.catalogue.importing.findings import Finding, Severity, summarise

SUMMARISED = 15
"""Most kinds of findings shown on the terminal."""
OFTEN = 3
"""A state that no table maps is shown once so many dossiers have it: less often it might be somebody's name."""
SOURCE_LENGTH = 32


def add_import(actions: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``import``."""
    one = actions.add_parser("import", help="import a file: new dossiers are added, known ones updated")
    one.add_argument("file", type=Path, help=".csv, .xlsx or .jsonl, with MaHoSo and TrangThai at least")
    one.add_argument("--steps", type=Path, metavar="FILE", help="progress rows of a .csv or .xlsx, by MaHoSo")
    one.add_argument("--slips", type=Path, metavar="FILE", help="slips of a .csv or .xlsx, by MaHoSo")
    one.add_argument("--states", type=Path, metavar="FILE", help="YAML of a vendor's states: `Đang giải quyết: 4`")
    one.add_argument("--source", type=_source, default="file", metavar="NAME", help="who says so")
    one.add_argument("--as-of", type=_moment, metavar="MOMENT", help="when the file was made; its own date by default")
    one.add_argument("--report", type=Path, metavar="FILE", help="where every finding goes (.csv or .jsonl)")
    one.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
    one.set_defaults(action=import_file)


async def import_file(args: Namespace, at_hand: AtHand) -> int:
    """Import; rows that cannot be kept are reported, the rest is kept."""
    files = Files(args.file, args.steps, args.slips)
    now = datetime.now(UTC)
    as_of = min(now, args.as_of or _made(args.file))
    reader = RowReader(load_words(args.states), make_working_time(at_hand.settings), as_of)
    reading = Reading(reader, timedelta(days=at_hand.settings.dossier_days))
    loading = Loading(at_hand.transactions, at_hand.store, args.source, as_of, args.dry_run)
    unmapped: Counter[str] = Counter()
    report = args.report or args.file.with_name(f"{args.file.stem}.findings.csv")
    stored = Stored()
    try:
        with _bar(args.file) as bar:

            def advance(step: int) -> None:
                bar.update(step)

            stored = await loading.load(_counting(reading.read(files, advance), unmapped))
    finally:
        _tell(reading, unmapped, report)
    print(_told(stored, reading, args.dry_run))
    if not args.dry_run and stored.new + stored.changed + stored.same and await remove_samples(at_hand.transactions):
        print("The sample dossiers were deleted: there are real ones now.")
    return 0


def _counting(told: Iterator[Told], unmapped: Counter[str]) -> Iterator[Told]:
    for one in told:
        if one.fields["status"] is Status.UNKNOWN:
            unmapped[one.fields["vendor_status"]] += 1
        yield one


def _bar(file: Path) -> tqdm[Never]:
    size = file.stat().st_size if file.is_file() else None
    # disable=None: no bar where stderr is not a terminal.
    return tqdm(total=size, desc=file.name, unit="B", unit_scale=True, disable=None, file=sys.stderr)


def _made(file: Path) -> datetime:
    if not file.is_file():
        raise DossierFileError(f"{file} is not there or is no file")
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _tell(reading: Reading, unmapped: Counter[str], report: Path) -> None:
    findings: Sequence[Finding] = reading.findings
    if not findings:
        return
    write_findings(findings, report)
    kinds = summarise(findings)
    for severity, reason, count in kinds[:SUMMARISED]:
        print(f"{count:>7}  {severity.value:<9}  {reason}")
    if len(kinds) > SUMMARISED:
        print(f"         … {len(kinds) - SUMMARISED} more kinds")
    for state, count in unmapped.most_common(SUMMARISED):
        if count >= OFTEN:
            print(f"{count:>7}  unmapped state  {state}")
    print(f"Every one with its line: {report}")


def _told(stored: Stored, reading: Reading, trial: bool) -> str:
    rejected = sum(finding.severity is Severity.REJECTED for finding in reading.findings)
    words = f"{stored.new} new, {stored.changed} changed, {stored.same} as they were, {rejected} rejected"
    older = f"; {stored.older} left alone, because something newer is known" if stored.older else ""
    return f"{reading.rows} rows: {words}{older}." + (" Nothing was kept: --dry-run." if trial else "")


def _source(text: str) -> str:
    if not text.isascii() or not text.replace("-", "").replace("_", "").isalnum() or len(text) > SOURCE_LENGTH:
        raise ArgumentTypeError(f"must be letters, digits, - and _, at most {SOURCE_LENGTH}")
    return text


def _moment(text: str) -> datetime:
    try:
        found = moment(text)
    except CellError as error:
        raise ArgumentTypeError(f"{text!r} is no moment; write 2026-11-30T17:00") from error
    if found is None:
        raise ArgumentTypeError("is empty")
    return found
