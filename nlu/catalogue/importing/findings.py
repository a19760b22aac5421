"""What an import found wrong or doubtful, row by row, and how it is told: summarised, and in full to a file."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from nlu.catalogue.errors import CatalogueError

FORMULA_START = ("=", "+", "-", "@")
"""A cell that starts so would be run as a formula by spreadsheet programs."""


class Severity(StrEnum):
    """What became of the row."""

    REJECTED = "rejected"
    DOUBTFUL = "doubtful"
    """Imported; the field is marked as doubtful in the record."""
    DUPLICATE = "duplicate"
    """Left out because another row of the same file has the code."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong or doubtful about one row."""

    file: str
    """Name of the file, without folders."""
    line: int
    """Line of the file, or row of the sheet, from 1."""
    code: str
    severity: Severity
    field: str
    reason: str


def summarise(findings: Iterable[Finding]) -> list[tuple[Severity, str, int]]:
    """Count the findings of one kind together, rejections first, then by frequency, quoted values aside."""
    counted: Counter[tuple[Severity, str]] = Counter()
    for finding in findings:
        kind = re.sub(r"\d{2}/\d{2}/\d{4}|(?<= )\S+ dòng \d+", "…", re.sub(r"“[^”]*”", "“…”", finding.reason))
        field = finding.field.split(".")[-1]
        counted[finding.severity, f"{field}: {kind}"] += 1
    kinds = [(severity, reason, count) for (severity, reason), count in counted.most_common()]
    return sorted(kinds, key=lambda kind: kind[0] is Severity.DOUBTFUL)


def write_report(findings: Iterable[Finding], path: Path) -> None:
    """Write every finding to a file: JSON Lines for ``.jsonl``, else CSV that spreadsheet programs open.

    Raises:
        CatalogueError: when the file cannot be written.
    """
    try:
        if path.suffix == ".jsonl":
            lines = (json.dumps(asdict(finding), ensure_ascii=False) + "\n" for finding in findings)
            path.write_text("".join(lines), "utf-8")
            return
        with path.open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(("file", "line", "code", "severity", "field", "reason"))
            for finding in findings:
                writer.writerow(_safe(value) for value in asdict(finding).values())
    except OSError as error:
        raise CatalogueError(f"the report {path} cannot be written: {error.strerror}") from error


def _safe(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_START) else text
