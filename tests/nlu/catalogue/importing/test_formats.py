"""Tests of opening import files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from nlu.catalogue.errors import UnreadableFileError
from nlu.catalogue.importing import formats
from nlu.catalogue.importing.formats import RawRow, open_rows

GOOD = json.dumps({"code": "1.001193", "name": "Đăng ký"}, ensure_ascii=False)


def rows(path: Path) -> list[RawRow]:
    """All rows of a file."""
    return list(open_rows(path, lambda _: None))


def written(path: Path, content: str | bytes) -> Path:
    """Write a file."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_json_lines_keep_their_numbers_and_bad_ones_do_not_stop_the_rest(tmp_path: Path) -> None:
    content = f'\ufeff{GOOD}\n\n{{"code": \n[1]\n"\\ud800"\n{GOOD}'

    found = rows(written(tmp_path / "a.jsonl", content))

    assert [(row.line, row.data is not None) for row in found] == [
        (1, True),
        (3, False),
        (4, False),
        (5, False),
        (6, True),
    ]


def test_broken_bytes_spoil_their_own_line_only(tmp_path: Path) -> None:
    found = rows(written(tmp_path / "a.jsonl", GOOD.encode() + b'\n{"code": "\xff\xfe"}\n' + GOOD.encode()))

    assert [row.data is not None for row in found] == [True, False, True]


def test_a_line_without_end_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LONGEST_LINE", 100)

    found = rows(written(tmp_path / "a.jsonl", f'{GOOD}\n{{"x": "{"y" * 500}"}}\n{GOOD}\n'))

    assert [(row.line, row.fault) for row in found] == [(1, ""), (2, "dòng dài bất thường"), (3, "")]


def test_gzip_is_read_and_progress_counts_its_bytes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl.gz", gzip.compress(f"{GOOD}\n{GOOD}\n".encode()))
    steps: list[int] = []

    assert len(list(open_rows(path, steps.append))) == 2
    assert sum(steps) <= path.stat().st_size


def test_a_packed_file_that_comes_to_too_much_is_refused_before_it_fills_memory_or_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MOST_UNPACKED", 2000)
    many = f"{GOOD}\n" * 100
    assert len(rows(written(tmp_path / "plain.jsonl", many))) == 100
    with pytest.raises(UnreadableFileError, match=r"a\.jsonl\.gz comes to more"):
        rows(written(tmp_path / "a.jsonl.gz", gzip.compress(many.encode())))
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFileError, match=r"a\.xlsx comes to more"):
        rows(tmp_path / "a.xlsx")


@pytest.mark.parametrize("damage", [lambda whole: whole[:-12], lambda whole: whole[:60] + b"\x00" * 30 + whole[90:]])
def test_a_damaged_gzip_is_refused_as_a_whole(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    lines = "\n".join(json.dumps({"code": f"1.{n:06d}", "name": str(n * 7919)}) for n in range(300))

    with pytest.raises(UnreadableFileError):
        rows(written(tmp_path / "a.jsonl.gz", damage(gzip.compress(lines.encode()))))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", "not json at all"),
        ("a.jsonl", "[\n{}\n]"),
        ("a.jsonl", GOOD.encode("utf-16")),
        ("a.jsonl.gz", "not gzip"),
        ("a.csv", "x,y\n1,2"),
        ("a.csv", ""),
        ("a.csv", "code,name,source\n".encode("utf-16")),
        ("a.csv", "code,code,name,source\n"),
        ("a.xlsx", "not a workbook"),
        ("a.pdf", "x"),
    ],
)
def test_what_is_no_import_file_is_refused_with_its_name(tmp_path: Path, name: str, content: str | bytes) -> None:
    with pytest.raises(UnreadableFileError, match=name.replace(".", r"\.")):
        rows(written(tmp_path / name, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is not there"):
        rows(tmp_path / "none.jsonl")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_divides_its_cells(tmp_path: Path, separator: str) -> None:
    lines = [
        ["Code", "name", "source", "documents"],
        ["1.000170", '"a\nb"', "s", '"[{""name"": ""x""}]"'],
        ["1", "b", "s", ""],
    ]
    content = "\ufeff" + "\n".join(separator.join(line) for line in lines)

    found = rows(written(tmp_path / "a.csv", content))

    assert found[0].data == {"code": "1.000170", "name": "a\nb", "source": "s", "documents": [{"name": "x"}]}
    assert [row.line for row in found] == [3, 4]


def test_csv_rows_that_do_not_fit_are_reported(tmp_path: Path) -> None:
    found = rows(written(tmp_path / "a.csv", "code,name,source,channels\n1,a,s,[broken\n1,a,s,x,too much\n1,a,s,x"))

    assert [bool(row.fault) for row in found] == [True, True, False]


def test_xlsx_gives_back_the_zeros_that_spreadsheets_drop_from_codes(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["code", "name", "source", None], [1.00017, "Đăng ký", 2026, None], [None, "b", "s", None]):
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")

    found = rows(tmp_path / "a.xlsx")

    assert found[0] == RawRow(2, {"code": "1.000170", "name": "Đăng ký", "source": 2026})
    assert found[1].data == {"name": "b", "source": "s"}
