"""Imports files into a draft and tells the terminal what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from bot.commands.findings_file import write_findings
from nlu.catalogue.errors import UnreadableFileError
from nlu.catalogue.importing.findings import Finding, Severity, summarise
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.versions import DraftMade, Transactions, make_draft

SUMMARISED = 15
"""Most kinds of findings shown on the terminal."""


async def import_files(
    transactions: Transactions,
    files: Sequence[Path],
    *,
    replace: bool,
    onto: int | None,
    report: Path | None,
    now: datetime,
) -> DraftMade:
    """Read the files and make one draft of them; nothing is kept when a file cannot be read.

    Raises:
        UnreadableFileError: a file is missing, damaged or holds no procedure.
        NoSuchVersionError: ``onto`` does not exist.
    """
    findings: list[Finding] = []
    with Spool() as spool:
        reading = Reading(spool, findings.append, now.date())
        try:
            for file in files:
                _read(reading, file)
            reading.finish()
        except UnreadableFileError:
            _tell_kinds(findings)  # every row may have been rejected: why, is what the operator needs
            raise
        finally:
            if report is not None:
                write_findings(findings, report)
        origin = ", ".join(file.name for file in files)
        made = await make_draft(transactions, spool.procedures, origin=origin, now=now, replace=replace, onto=onto)
    _tell(made, reading.rows, findings, report)
    return made


def _read(reading: Reading, file: Path) -> None:
    size = file.stat().st_size if file.is_file() else None
    # disable=None: no bar where stderr is not a terminal.
    with tqdm(total=size, desc=file.name, unit="B", unit_scale=True, disable=None, file=sys.stderr) as bar:

        def advance(step: int) -> None:
            bar.update(step)

        reading.read(file, advance)


def _tell(made: DraftMade, rows: int, findings: Sequence[Finding], report: Path | None) -> None:
    rejected = sum(finding.severity is Severity.REJECTED for finding in findings)
    duplicate = sum(finding.severity is Severity.DUPLICATE for finding in findings)
    doubtful = {finding.code for finding in findings if finding.severity is Severity.DOUBTFUL}
    onto = f", on top of version {made.base} ({made.carried_over} carried over)" if made.base is not None else ""
    print(f"Draft {made.number}: {made.imported} procedures imported of {rows} rows{onto}.")
    print(
        f"Rejected rows: {rejected}. Duplicates left out: {duplicate}. Procedures with doubtful facts: {len(doubtful)}."
    )
    _tell_kinds(findings)
    if findings:
        print(f"Every one with its line: {report}" if report else "Give --report FILE to see every one with its line.")
    if made.base is not None:
        print("Rows replace procedures of the same code; add --starter to keep the starter catalogue's plainer texts.")


def _tell_kinds(findings: Sequence[Finding]) -> None:
    """Print what was found, kind by kind, the most frequent first."""
    kinds = summarise(findings)
    for severity, reason, count in kinds[:SUMMARISED]:
        print(f"{count:>6}  {severity.value:<9}  {reason}")
    if len(kinds) > SUMMARISED:
        print(f"        … {len(kinds) - SUMMARISED} more kinds")
