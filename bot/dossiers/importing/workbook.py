"""Reads XLSX workbooks through a process that can take only so much memory and time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

from bot.dossiers.importing.errors import DossierFileError


def sheet_names(path: Path) -> Sequence[str]:
    """Return the names of a workbook's sheets.

    Raises:
        DossierFileError: it is no workbook, damaged, or too large.
    """
    with _reading(path) as lines:
        return msgspec.json.decode(lines.readline() or b"[]", type=list[str])


def sheet_rows(path: Path, sheet: int) -> Iterator[tuple[int, int, list[Any]]]:
    """Yield number, share of all rows that it is one of, and cells of each row of a sheet, the header included.

    Raises:
        DossierFileError: as ``sheet_names``; also half-way through.
    """
    with _reading(path, str(sheet)) as lines:
        head = msgspec.json.decode(lines.readline() or b'{"rows":0,"first":1}')
        for number, line in enumerate(lines, start=head["first"]):
            yield number, head["rows"], msgspec.json.decode(line)


@contextmanager
def _reading(path: Path, *sheet: str) -> Iterator[IO[bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            archive.getinfo("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError) as error:
        raise DossierFileError(f"{path.name} is no whole XLSX workbook; save or copy it again") from error
    command = [sys.executable, "-m", "bot.dossiers.importing.sheets", str(path), *sheet]
    # The words of its death are Rust's own and help nobody.
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    assert process.stdout is not None
    whole = False
    try:
        yield process.stdout
        whole = True
    except msgspec.DecodeError:
        whole = True  # it died in the middle of a row: its exit code says so below
    finally:
        process.stdout.close()
        if not whole:
            process.kill()
        code = process.wait()
    if code:
        raise DossierFileError(
            f"{path.name} cannot be read: it is damaged, or unfolds to more than a workbook of dossiers can hold"
            " (2 GB); save it again, or export CSV"
        )
