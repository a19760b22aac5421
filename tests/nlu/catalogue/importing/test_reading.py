"""Tests of reading import files whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nlu.catalogue.errors import UnreadableFileError
from nlu.catalogue.importing.findings import Finding, Severity
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.model import Detail
from tests.factories import TODAY, portal_channel, portal_row

LISTING: dict[str, Any] = {"detail": "list", "documents": [], "channels": [], "steps": None}


class Imported:
    """An import of rows, with what it found."""

    def __init__(self, spool: Spool, folder: Path) -> None:
        self.spool = spool
        self.folder = folder
        self.findings: list[Finding] = []
        self.reading = Reading(spool, self.findings.append, TODAY)

    def rows(self, *rows: dict[str, Any]) -> None:
        """Import rows from a file of JSON Lines."""
        path = self.folder / "rows.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        self.reading.read(path, lambda _: None)
        self.reading.finish()


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Imported]:
    with Spool() as spool:
        yield Imported(spool, tmp_path)


def test_good_rows_come_back_in_order_and_bad_ones_are_reported_with_line_and_code(imported: Imported) -> None:
    imported.rows(portal_row(code="1.000002"), portal_row(code="nonsense"), portal_row(code="1.000001"))

    assert [procedure.code for procedure in imported.spool.procedures()] == ["1.000001", "1.000002"]
    (finding,) = imported.findings
    assert (finding.line, finding.code, finding.severity) == (2, "nonsense", Severity.REJECTED)
    assert imported.reading.rows == 3


def test_doubtful_facts_are_reported_and_marked_in_the_record(imported: Imported) -> None:
    imported.rows(portal_row(channels=[portal_channel(time_unit=None)]))

    (finding,) = imported.findings
    (procedure,) = imported.spool.procedures()
    assert finding.severity is Severity.DOUBTFUL
    assert finding.reason == procedure.doubts[0].reason


def test_of_a_code_that_stands_twice_the_first_full_row_wins(imported: Imported) -> None:
    imported.rows(
        portal_row(name="Danh mục một", **LISTING),
        portal_row(name="Đầy đủ một"),
        portal_row(name="Đầy đủ hai"),
        portal_row(name="Danh mục hai", **LISTING),
    )

    (procedure,) = imported.spool.procedures()
    assert (procedure.name, procedure.detail) == ("Đầy đủ một", Detail.FULL)
    assert [(one.line, one.severity) for one in imported.findings] == [
        (1, Severity.DUPLICATE),
        (3, Severity.DUPLICATE),
        (4, Severity.DUPLICATE),
    ]


def test_a_name_that_was_overwritten_is_doubted_once_all_rows_are_known(imported: Imported) -> None:
    field = [portal_row(code=f"1.00000{n}", name=f"Thủ tục số {n}") for n in range(4)]
    name = "Hỗ trợ phát triển sản xuất cộng đồng thuộc chương trình"
    strangers = [portal_row(code=f"2.00000{n}", name=name, published_by="Bộ Công an") for n in range(2)]

    imported.rows(*field, *strangers)

    doubted = [procedure.code for procedure in imported.spool.procedures() if procedure.doubts]
    assert doubted == ["2.000000", "2.000001"]
    assert [finding.line for finding in imported.findings] == [5, 6]


def test_a_file_without_one_usable_row_is_refused(imported: Imported) -> None:
    with pytest.raises(UnreadableFileError, match="no procedure"):
        imported.rows({"code": "x"})


def test_yaml_files_are_read_as_they_are_and_their_faults_reported(imported: Imported) -> None:
    folder = imported.folder / "starter" / "ho-tich"
    folder.mkdir(parents=True)
    (folder / "1.001193.yaml").write_text(
        'code: "1.001193"\nname: Đăng ký khai sinh\nsource: {name: Cổng}\nas_of: "2026"\nalso_called: [a, b, c]\n',
        "utf-8",
    )
    (folder / "1.000002.yaml").write_text("code: [", "utf-8")

    imported.reading.read(imported.folder / "starter", lambda _: None)

    assert [procedure.code for procedure in imported.spool.procedures()] == ["1.001193"]
    (finding,) = imported.findings
    assert (finding.file, finding.code, finding.severity) == ("1.000002.yaml", "1.000002", Severity.REJECTED)


def test_of_two_files_the_earlier_full_record_wins_and_the_report_names_both(imported: Imported) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        path = imported.folder / name
        path.write_text(json.dumps(portal_row(name=f"Tên trong {name}")), "utf-8")
        imported.reading.read(path, lambda _: None)

    (procedure,) = imported.spool.procedures()
    (finding,) = imported.findings
    assert procedure.name == "Tên trong a.jsonl"
    assert (finding.file, finding.line) == ("b.jsonl", 1)
    assert "a.jsonl dòng 1" in finding.reason


def test_an_empty_folder_is_refused(imported: Imported) -> None:
    (imported.folder / "empty").mkdir()

    with pytest.raises(UnreadableFileError, match=r"no \.yaml files"):
        imported.reading.read(imported.folder / "empty", lambda _: None)
