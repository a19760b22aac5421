"""Tests of telling what an import found."""

from __future__ import annotations

from nlu.catalogue.importing.findings import Finding, Severity, summarise

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
