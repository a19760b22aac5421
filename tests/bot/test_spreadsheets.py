"""Writing tables for spreadsheet programs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.spreadsheets import SpreadsheetError, write_table

ROWS = [("H48-1", -2, "=HYPERLINK(1)"), ("H48-2", None, "+84")]


def test_a_table_is_the_same_as_csv_and_as_workbook_and_runs_nothing(tmp_path: Path) -> None:
    for name in ("a.csv", "a.XLSX"):
        write_table(tmp_path / name, ("Mã", "Còn", "Tên"), ROWS)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert list(csv.reader(handle)) == [
            ["Mã", "Còn", "Tên"],
            ["H48-1", "-2", "'=HYPERLINK(1)"],
            ["H48-2", "", "'+84"],
        ]
    (tmp_path / "a.XLSX").rename(tmp_path / "b.xlsx")
    rows = list(load_workbook(tmp_path / "b.xlsx").worksheets[0].values)
    assert rows == [("Mã", "Còn", "Tên"), ("H48-1", -2, "'=HYPERLINK(1)"), ("H48-2", None, "'+84")]


@pytest.mark.parametrize("name", ["a.doc", "none/a.csv"])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(SpreadsheetError):
        write_table(tmp_path / name, ("Mã",), [])
