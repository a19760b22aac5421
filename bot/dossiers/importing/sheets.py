"""Run as a process of its own: reads one sheet of a workbook and writes its rows as JSON Lines.

A workbook is a compressed archive from outside: a small one may unfold to any size, and one with a single cell in its last
corner makes its reader ask for the whole sheet. This process may take so much memory and time and no more; when it dies of
that, the import says so, and nothing else is harmed.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import msgspec
from python_calamine import CalamineWorkbook

MEMORY = 2 * 1024**3
SECONDS = 300


def main(path: Path, sheet: int | None) -> None:
    """Write the names of the sheets, or the rows of one."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    workbook = CalamineWorkbook.from_path(path)
    out, encode = sys.stdout.buffer, msgspec.json.Encoder().encode
    if sheet is None:
        out.write(encode(workbook.sheet_names) + b"\n")
        return
    table = workbook.get_sheet_by_index(sheet)
    out.write(encode({"rows": table.height, "first": (table.start or (0, 0))[0] + 1}) + b"\n")
    for row in table.iter_rows():
        out.write(encode([None if cell == "" else cell for cell in row]) + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
