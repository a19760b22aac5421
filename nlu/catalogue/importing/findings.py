"""What an import found wrong or doubtful, row by row, and how it is summarised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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
