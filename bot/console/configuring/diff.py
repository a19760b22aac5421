"""What differs between two texts, line by line, as the pages show it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

AROUND = 3
"""Lines that stay, shown beside those that change."""


class Change(StrEnum):
    """What happens to a line."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    SKIPPED = "skipped"
    """Lines that stay the same are left out here."""


@dataclass(frozen=True)
class DiffLine:
    """A line, and what happens to it."""

    change: Change
    text: str


def diff_of(before: str, after: str) -> Sequence[DiffLine]:
    """Return the lines that change with some around them; nothing for texts that are the same."""
    found: list[DiffLine] = []
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=AROUND):
        if line.startswith(("---", "+++")) and not found:
            continue
        if line.startswith("@@"):
            found.append(DiffLine(Change.SKIPPED, ""))
        else:
            kind = {"-": Change.GONE, "+": Change.NEW}.get(line[:1], Change.SAME)
            found.append(DiffLine(kind, line[1:]))
    return found
