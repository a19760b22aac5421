"""Opens import files of every kind: JSON Lines (plain or gzip), CSV and XLSX, row by row without loading the whole."""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any

import msgspec
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from nlu.catalogue.errors import UnreadableFileError

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes. A longer line is no procedure; it is left out rather than read into memory."""

MOST_UNPACKED = 256 * 1024 * 1024
"""Bytes. The national catalogue has an eighth of it; a packed file that comes to more would fill memory or disk."""

REQUIRED_COLUMNS = ("code", "name", "source")
"""Columns without which a table cannot be read."""

LIST_COLUMNS = ("documents", "channels", "legal_basis", "sources")
"""Columns whose cell is a JSON list, or texts divided by semicolons."""

Progress = Callable[[int], None]
"""Told how many more bytes of the file were read."""


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in the file; ``fault`` says why it could not be read."""

    line: int
    data: Mapping[str, Any] | None
    fault: str = ""


def open_rows(path: Path, progress: Progress) -> Iterator[RawRow]:
    """Read the rows of a file.

    Raises:
        UnreadableFileError: when the file is missing, damaged or of a kind that is not read; also half-way through.
    """
    reader = _reader(path)
    if not path.is_file():
        raise UnreadableFileError(f"{path} is not there or is no file")
    try:
        yield from reader(path, progress)
    except (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile) as error:
        raise UnreadableFileError(f"{path.name} is damaged or cut off ({error}); copy it again") from error
    except OSError as error:
        raise UnreadableFileError(f"{path.name} cannot be read: {error.strerror or error}") from error


def _reader(path: Path) -> Callable[[Path, Progress], Iterator[RawRow]]:
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")):
        return _json_lines
    if name.endswith(".csv"):
        return _csv_rows
    if name.endswith(".xlsx"):
        return _xlsx_rows
    raise UnreadableFileError(
        f"{path.name}: kind not known; give .jsonl, .jsonl.gz, .csv, .xlsx or a folder of .yaml files"
    )


def _json_lines(path: Path, progress: Progress) -> Iterator[RawRow]:
    with path.open("rb") as raw:
        lines: IO[bytes] = raw if path.suffix.lower() != ".gz" else gzip.GzipFile(fileobj=raw)  # type: ignore[assignment]
        read_before, seen_object, number = 0, False, 0
        while line := lines.readline(LONGEST_LINE):
            number += 1
            if isinstance(lines, gzip.GzipFile):
                _refuse_bomb(path, lines.tell())
            progress(raw.tell() - read_before)
            read_before = raw.tell()
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                _skip_line(path, lines)
                yield RawRow(number, None, "dòng dài bất thường")
                continue
            row = _json_line(number, line.strip().removeprefix(b"\xef\xbb\xbf"))
            if row is None:
                continue
            if row.data is None and not seen_object:
                raise UnreadableFileError(f"{path.name} is not JSON Lines: line {number} is no JSON object")
            seen_object = True
            yield row


def _skip_line(path: Path, lines: IO[bytes]) -> None:
    while (part := lines.readline(LONGEST_LINE)) and not part.endswith(b"\n"):
        if isinstance(lines, gzip.GzipFile):
            _refuse_bomb(path, lines.tell())


def _refuse_bomb(path: Path, unpacked: int) -> None:
    if unpacked > MOST_UNPACKED:
        raise UnreadableFileError(f"{path.name} comes to more than {MOST_UNPACKED // 1024 // 1024} MB; divide it")


def _json_line(number: int, line: bytes) -> RawRow | None:
    if not line:
        return None
    try:
        # Broken bytes and lone surrogates must not take the row's neighbours with them.
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return RawRow(number, None, f"không phải JSON: {error}")
    if not isinstance(data, dict):
        return RawRow(number, None, "không phải là một đối tượng JSON")
    return RawRow(number, data)


def _csv_rows(path: Path, progress: Progress) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_LINE)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            first = handle.readline(LONGEST_LINE)
            separator = max(",;\t", key=first.count)
            rows = csv.reader(chain((first,), _counted(handle, progress)), delimiter=separator)
            columns = _columns(path, next(rows, []))
            for cells in rows:
                yield _table_row(rows.line_num, columns, cells)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path.name} is not UTF-8; save it as “CSV UTF-8”") from error
    except csv.Error as error:
        raise UnreadableFileError(f"{path.name} is no proper CSV: {error}") from error


def _counted(handle: IO[str], progress: Progress) -> Iterator[str]:
    for line in handle:
        progress(len(line.encode("utf-8", "replace")))
        yield line


def _xlsx_rows(path: Path, progress: Progress) -> Iterator[RawRow]:
    with zipfile.ZipFile(path) as packed:
        # A part is never unpacked further than it says here.
        _refuse_bomb(path, sum(part.file_size for part in packed.infolist()))
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableFileError(f"{path.name} is no XLSX workbook; save it again as .xlsx") from error
    try:
        sheet = workbook.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        columns = _columns(path, next(rows, ()))
        share = path.stat().st_size // max(sheet.max_row or 1, 1)
        for number, cells in enumerate(rows, start=2):
            progress(share)
            yield _table_row(number, columns, cells)
    finally:
        workbook.close()


def _columns(path: Path, cells: Any) -> list[str]:
    columns = ["" if cell is None else str(cell).strip().lower() for cell in cells]
    missing = [name for name in REQUIRED_COLUMNS if name not in columns]
    if missing:
        raise UnreadableFileError(f"{path.name}: the first row must name the columns; missing: {', '.join(missing)}")
    twice = {name for name in columns if name and columns.count(name) > 1}
    if twice:
        raise UnreadableFileError(f"{path.name}: column named twice: {', '.join(sorted(twice))}")
    return columns


def _table_row(number: int, columns: list[str], cells: Any) -> RawRow:
    data: dict[str, Any] = {}
    for name, cell in zip(columns, cells, strict=False):
        if not name or cell is None or cell == "":
            continue
        try:
            data[name] = _cell(name, cell)
        except msgspec.DecodeError:
            return RawRow(number, None, f"cột {name} bắt đầu như JSON nhưng không đọc được")
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        return RawRow(number, None, "có nhiều ô hơn số cột (thiếu dấu ngoặc kép?)")
    return RawRow(number, data)


def _cell(name: str, cell: Any) -> Any:
    if name == "code" and isinstance(cell, float):
        # Spreadsheets turn 1.000170 into a number and drop its last zero; codes have six decimals.
        return f"{cell:.6f}"
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    if name in LIST_COLUMNS and isinstance(cell, str) and cell.lstrip().startswith("["):
        return msgspec.json.decode(cell)
    return cell
