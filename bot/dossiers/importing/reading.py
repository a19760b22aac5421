"""Opens files of dossiers and gives their rows with the official names of the fields, without loading the whole."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.dossiers.importing.errors import DossierFileError
from bot.dossiers.importing.words import plain
from bot.dossiers.importing.workbook import sheet_names, sheet_rows
from nlu.catalogue.errors import UnreadableFileError
from nlu.catalogue.importing.formats import LONGEST_LINE, open_rows

Names = Mapping[str, str]
Progress = Callable[[int], None]
"""Told how many more bytes of the file were read."""
_CHUNK = 1024 * 1024
_JSON = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in the file; ``fault`` says why it could not be read."""

    line: int
    given: Mapping[str, Any]
    fault: str = ""


def read_rows(path: Path, names: Names, required: Sequence[str], progress: Progress) -> Iterator[RawRow]:
    """Read a file's rows.

    Args:
        path: ``.csv``, ``.xlsx`` (its first sheet), ``.jsonl``.
        names: official names by what columns may be called.
        required: official names of columns that must be there.
        progress: told as reading goes on.

    Raises:
        DossierFileError: it is missing, damaged, of another kind or encoding, or lacks a column; also half-way through.
    """
    name = path.name.lower()
    if not path.is_file():
        raise DossierFileError(f"{path} is not there or is no file")
    if name.endswith(_JSON):
        yield from _json_rows(path, names, progress)
    elif name.endswith(".csv"):
        yield from _csv_rows(path, names, required, progress)
    elif name.endswith(".xlsx"):
        yield from read_sheet(path, 0, names, required, progress)
    else:
        raise DossierFileError(f"{path.name}: kind not known; give .csv, .xlsx or .jsonl")


def read_sheet(path: Path, sheet: int, names: Names, required: Sequence[str], progress: Progress) -> Iterator[RawRow]:
    """Read the rows of one sheet; see ``read_rows``."""
    columns: list[str] | None = None
    for line, rows, cells in sheet_rows(path, sheet):
        progress(path.stat().st_size // max(rows, 1))
        if all(cell is None for cell in cells):
            continue
        if columns is None:
            columns = _columns(path, cells, names, required)
        else:
            yield RawRow(line, {name: cell for name, cell in zip(columns, cells, strict=False) if name})
    if columns is None:
        raise DossierFileError(f"{path.name} is empty: the first row must name the columns")


def other_sheets(path: Path, names: Names) -> Mapping[str, int]:
    """Return the numbers of a workbook's sheets that have a meaning, by it; the first sheet is the dossiers' own.

    Raises:
        DossierFileError: it is no workbook.
    """
    if not path.name.lower().endswith(".xlsx"):
        return {}
    found = ((names.get(plain(name)), number) for number, name in enumerate(sheet_names(path)) if number)
    return {meaning: number for meaning, number in found if meaning}


def _json_rows(path: Path, names: Names, progress: Progress) -> Iterator[RawRow]:
    try:
        for row in open_rows(path, progress):
            given = {names[plain(name)]: value for name, value in (row.data or {}).items() if plain(name) in names}
            yield RawRow(row.line, given, "không phải JSON (dòng bị cắt?)" if row.data is None else "")
    except UnreadableFileError as error:
        raise DossierFileError(str(error)) from error


def _csv_rows(path: Path, names: Names, required: Sequence[str], progress: Progress) -> Iterator[RawRow]:
    encoding = _encoding(path)
    csv.field_size_limit(LONGEST_LINE)
    line = 1
    try:
        with path.open(encoding=encoding, newline="") as handle:
            first = handle.readline(LONGEST_LINE)
            handle.seek(0)
            rows = csv.reader(_counted(handle, progress), delimiter=max(",;\t", key=first.count), strict=True)
            columns = _columns(path, next(rows, []), names, required)
            for cells in rows:
                line = rows.line_num
                if cells:
                    yield _csv_row(line, columns, cells)
    except csv.Error as error:
        raise DossierFileError(
            f"{path.name}: no proper CSV after line {line} ({error}); a quotation mark may be missing, or the file is"
            " cut off. What stood before is kept; mend it and import the whole again"
        ) from error


def _csv_row(line: int, columns: Sequence[str], cells: Sequence[str]) -> RawRow:
    if len(cells) < len(columns):
        return RawRow(line, {}, "ít ô hơn số cột (dòng bị cắt?)")
    if any(cells[len(columns) :]):
        return RawRow(line, {}, "nhiều ô hơn số cột (thiếu dấu ngoặc kép?)")
    return RawRow(line, {name: cell for name, cell in zip(columns, cells, strict=False) if name})


def _encoding(path: Path) -> str:
    """Return how a text is encoded, having looked through the whole: half a file is not imported before it is found."""
    with path.open("rb") as handle:
        start = handle.read(4)
        if start.startswith(b"PK\x03\x04"):
            raise DossierFileError(f"{path.name} is a workbook; call it .xlsx")
        encoding = "utf-16" if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
        handle.seek(0)
        decoder, lines, chunk = codecs.getincrementaldecoder(encoding)(), 1, b""
        try:
            while chunk := handle.read(_CHUNK):
                if "\x00" in decoder.decode(chunk):
                    raise DossierFileError(
                        f"{path.name} is no text: there are zero bytes in it; save it as “CSV UTF-8”"
                    )
                lines += chunk.count(b"\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            lines += chunk[: max(error.start, 0)].count(b"\n")
            raise DossierFileError(
                f"{path.name} is not UTF-8 (near line {lines}); save it as “CSV UTF-8”. Nothing was imported"
            ) from error
    return encoding


def _counted(handle: Any, progress: Progress) -> Iterator[str]:
    for line in handle:
        progress(len(line.encode("utf-8", "replace")))
        yield line


def _columns(path: Path, cells: Sequence[Any], names: Names, required: Sequence[str]) -> list[str]:
    columns = [names.get(plain(str(cell))[:100], "") if cell is not None else "" for cell in cells]
    missing = [name for name in required if name not in columns]
    if missing:
        raise DossierFileError(f"{path.name}: the first row must name the columns; missing: {', '.join(missing)}")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise DossierFileError(f"{path.name}: more than one column means {', '.join(twice)}; leave one")
    return columns
