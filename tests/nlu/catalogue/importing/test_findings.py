"""Tests of telling what an import found."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from nlu.catalogue.errors import CatalogueError
from nlu.catalogue.importing.findings import Finding, Severity, summarise, write_report

DOUBT = Finding("a.csv", 3, "1.000001", Severity.DOUBTFUL, "methods.counter.time", "thời hạn ghi “1”, không có đơn vị")
REJECTED = Finding("a.csv", 4, "=cmd()", Severity.REJECTED, "code", "thiếu mã")


def test_findings_of_one_kind_are_counted_together_and_rejections_come_first() -> None:
    other = Finding(
        "b.csv", 9, "1.000002", Severity.DOUBTFUL, "methods.post.time", "thời hạn ghi “12”, không có đơn vị"
    )

    assert summarise([DOUBT, other, REJECTED]) == [
        (Severity.REJECTED, "code: thiếu mã", 1),
        (Severity.DOUBTFUL, "time: thời hạn ghi “…”, không có đơn vị", 2),
    ]


def test_the_csv_report_runs_no_formula(tmp_path: Path) -> None:
    write_report([DOUBT, REJECTED], tmp_path / "r.csv")

    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle))
    assert lines[0] == ["file", "line", "code", "severity", "field", "reason"]
    assert lines[2][2] == "'=cmd()"


def test_the_json_lines_report_holds_every_finding(tmp_path: Path) -> None:
    write_report([DOUBT, REJECTED], tmp_path / "r.jsonl")

    lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["line"] for line in lines] == [3, 4]


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be written"):
        write_report([DOUBT], tmp_path / "no" / "r.csv")
