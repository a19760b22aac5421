"""Writes everything that an import found to a file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path

from bot.spreadsheets import unwritable, write_csv
from nlu.catalogue.importing.findings import Finding

HEAD = tuple(field.name for field in dataclasses.fields(Finding))


def write_findings(findings: Iterable[Finding], path: Path) -> None:
    """Write every finding: JSON Lines for ``.jsonl``, else CSV that spreadsheet programs open.

    Raises:
        SpreadsheetError: the file cannot be written.
    """
    rows = [dataclasses.asdict(finding) for finding in findings]
    if path.suffix != ".jsonl":
        write_csv(path, [HEAD, *(tuple(row.values()) for row in rows)])
        return
    try:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    except OSError as error:
        raise unwritable(path, error) from error
