"""Writes tables for spreadsheet programs: one mark, one separator, and no cell of ours that is ever run as a formula."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from openpyxl import Workbook

from bot.errors import BotError

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that starts so would be run as a formula."""
BOM = "\ufeff"
"""Excel reads UTF-8 only behind this mark."""
Cell = str | int | Decimal | None
Rows = AsyncGenerator[Sequence[Cell], None]
_CHUNK = 64 * 1024


class SpreadsheetError(BotError):
    """A table cannot be written."""


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a whole table as CSV, its head included."""
    return (BOM + _lines(rows)).encode()


async def csv_chunks(head: Sequence[Cell], rows: Rows) -> AsyncGenerator[bytes, None]:
    """Give a table as CSV while it is read; little of it is in memory at once."""
    yield BOM.encode() + _lines([head]).encode()
    some: list[Sequence[Cell]] = []
    size = 0
    # Closed at once when whoever takes it goes away: a session may be open in there.
    async with aclosing(rows):
        async for row in rows:
            some.append(row)
            size += sum(len(cell) for cell in row if isinstance(cell, str))
            if size >= _CHUNK or len(some) >= 1000:
                yield _lines(some).encode()
                some, size = [], 0
    yield _lines(some).encode()


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as ``.csv`` or ``.xlsx``.

    Raises:
        SpreadsheetError: another kind was asked for, or the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        write_csv(path, itertools.chain([head], rows))
    elif path.suffix.lower() == ".xlsx":
        write_sheets(path, [("Sheet", itertools.chain([head], rows))])
    else:
        raise SpreadsheetError(f"{path.name}: kind not known; give .csv or .xlsx")


def write_csv(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as CSV, whatever the file is called.

    Raises:
        SpreadsheetError: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as handle:
            handle.write(BOM)
            _write_lines(handle, rows)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> SpreadsheetError:
    """Return what to raise for a file that cannot be written."""
    return SpreadsheetError(f"{path} cannot be written: {error.strerror}")


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet program runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_START) else cell


def _lines(rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    _write_lines(out, rows)
    return out.getvalue()


def _write_lines(out: TextIO, rows: Iterable[Sequence[Cell]]) -> None:
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)


def write_sheets(path: Path, sheets: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> None:
    """Write several tables into one workbook, each on a sheet of its own, named in 31 characters at most.

    Raises:
        SpreadsheetError: the file cannot be written.
    """
    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([harmless(cell) for cell in row])
    try:
        book.save(path)
    except OSError as error:
        raise unwritable(path, error) from error
