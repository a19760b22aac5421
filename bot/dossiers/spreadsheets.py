"""Writes tables for spreadsheet programs. No cell of ours is ever run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from bot.dossiers.ports import DossierError

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that starts so would be run as a formula."""
Cell = str | int | None


class SpreadsheetError(DossierError):
    """A table cannot be written."""


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as ``.csv`` or ``.xlsx``.

    Raises:
        SpreadsheetError: another kind was asked for, or the file cannot be written.
    """
    try:
        if path.suffix.lower() == ".csv":
            with path.open("w", encoding="utf-8-sig", newline="") as handle:
                csv.writer(handle).writerows([head, *([harmless(cell) for cell in row] for row in rows)])
        elif path.suffix.lower() == ".xlsx":
            _write_workbook(path, head, rows)
        else:
            raise SpreadsheetError(f"{path.name}: kind not known; give .csv or .xlsx")
    except OSError as error:
        raise SpreadsheetError(f"{path} cannot be written: {error.strerror}") from error


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet program runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_START) else cell


def _write_workbook(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(head))
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    book.save(path)
