"""Everything that an import found, in a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bot.commands.findings_file import write_findings
from bot.spreadsheets import SpreadsheetError
from nlu.catalogue.importing.findings import Finding, Severity

DOUBT = Finding("a.csv", 3, "1.000001", Severity.DOUBTFUL, "methods.counter.time", "thời hạn ghi “1”, không có đơn vị")
REJECTED = Finding("a.csv", 4, "=cmd()", Severity.REJECTED, "code", "thiếu mã")


def test_the_csv_file_runs_no_formula(tmp_path: Path) -> None:
    write_findings([DOUBT, REJECTED], tmp_path / "r.csv")

    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle))
    assert lines[0] == ["file", "line", "code", "severity", "field", "reason"]
    assert lines[2][2] == "'=cmd()"


def test_the_json_lines_file_holds_every_finding(tmp_path: Path) -> None:
    write_findings([DOUBT, REJECTED], tmp_path / "r.jsonl")

    lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["line"] for line in lines] == [3, 4]


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(SpreadsheetError, match="cannot be written"):
        write_findings([DOUBT], tmp_path / "no" / "r.csv")
