"""The fault of a data file is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback.working_time.errors import DataFaultError
from feedback.working_time.reading import read_file
from feedback.working_time.shapes import LocalFile

GOOD = """province: H48
days_off:
  - from: 2026-10-19
    sure: law
    source: a closure
offices:
  - name: H48.30
    source: a decision
    sure: law
    sessions:
      monday: ["07:00-11:30"]
"""


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "h48.yml").write_text(GOOD, "utf-8")
    assert read_file(tmp_path / "h48.yml", LocalFile).province == "H48"


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("province: H48", "province: tinh", r"h48\.yml, line 1: .*regex"),
        ("from: 2026-10-19", "from: hôm kia", r"h48\.yml, line 3: Invalid RFC3339"),
        ("from: 2026-10-19", "from: 2026-02-30", r"h48\.yml, line 3: Invalid RFC3339"),
        ("sure: law\n    source: a c", "sure: maybe\n    source: a c", r"h48\.yml, line 4: Invalid enum value 'maybe'"),
        ("    source: a closure\n", "", r"h48\.yml, line 3: .*`source`"),
        ("- name: H48.30", "- nom: H48.30", r"h48\.yml, line 7: .*`nom`"),
        ('["07:00-11:30"]', "07:00", r"h48\.yml, line 1[01]: Expected `array`"),
        ('["07:00-11:30"]', "[", r"h48\.yml, line 12: .*did not find expected"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    assert right in GOOD
    (tmp_path / "h48.yml").write_text(GOOD.replace(right, wrong, 1), "utf-8")
    with pytest.raises(DataFaultError, match=f"(?s){fault}"):
        read_file(tmp_path / "h48.yml", LocalFile)


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "h48.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataFaultError, match="no UTF-8"):
        read_file(tmp_path / "h48.yml", LocalFile)
