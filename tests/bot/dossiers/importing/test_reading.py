"""Opening files: what is whole is read, what is not is told precisely."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.dossiers.importing.errors import DossierFileError
from bot.dossiers.importing.reading import RawRow, other_sheets, read_rows, read_sheet
from bot.dossiers.importing.words import load_words

NAMES, SHEETS = load_words().fields, load_words().sheets
HEAD = "Mã hồ sơ;TRANG THAI;Ghi chú"
LAST_CORNER = b"""<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"""


def read(path: Path) -> list[RawRow]:
    return list(read_rows(path, NAMES, ("MaHoSo", "TrangThai"), lambda _bytes: None))


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_as_spreadsheet_programs_write_it(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = f'{HEAD}\r\nA;"Đang ""xử"" lý\r\nrồi";x\r\n\r\nB;4;\r\n'.replace(";", separator)
    assert read(written(tmp_path / "a.csv", lines.encode(encoding))) == [
        RawRow(3, {"MaHoSo": "A", "TrangThai": 'Đang "xử" lý\r\nrồi'}),
        RawRow(5, {"MaHoSo": "B", "TrangThai": "4"}),
    ]


def test_a_row_that_was_cut_off_is_told_from_the_rest(tmp_path: Path) -> None:
    rows = read(written(tmp_path / "a.csv", f"{HEAD}\nA;4;\nB;4;x;y\nC;"))
    assert [row.fault[:8] for row in rows] == ["", "nhiều ô ", "ít ô hơn"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "MaHoSo;TrangThai\nA;4\n".encode("utf-16-le"), "zero bytes"),
        ("a.csv", f"{HEAD}\nA;4;\n".encode() + "B;Đang xử lý;\n".encode("cp1258", "replace") + b"\xff", "near line 3"),
        ("a.csv", f'{HEAD}\nA;4;\nB;"4;\nC;4;\n', "after line 2"),
        ("a.csv", b"PK\x03\x04rest", "workbook"),
        ("a.csv", "", "missing: MaHoSo, TrangThai"),
        ("a.csv", "MaHoSo;Tên\nA;b\n", "missing: TrangThai"),
        ("a.csv", "MaHoSo;Mã hồ sơ;TrangThai\nA;A;4\n", "more than one column means MaHoSo"),
        ("a.jsonl", "MaHoSo;TrangThai\n", "not JSON Lines"),
        ("a.xlsx", b"PK\x03\x04half", "no whole XLSX"),
        ("a.doc", "x", "kind not known"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: str | bytes, words: str) -> None:
    with pytest.raises(DossierFileError, match=words):
        read(written(tmp_path / name, content))
    with pytest.raises(DossierFileError, match="not there"):
        read(tmp_path / f"no-{name}")


def test_json_lines_keep_their_lists_and_a_cut_last_line_is_rejected(tmp_path: Path) -> None:
    rows = read(
        written(tmp_path / "a.jsonl", '{"MaHoSo":"A","TrangThai":4,"TienTrinh":[{"unit":"x"}],"khac":1}\n{"MaHoSo":"B')
    )
    assert rows[0] == RawRow(1, {"MaHoSo": "A", "TrangThai": 4, "QuaTrinhXuLy": [{"unit": "x"}]})
    assert (rows[1].line, rows[1].given) == (2, {})
    assert "JSON" in rows[1].fault


def test_a_workbook_is_read_with_its_further_sheets(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Hoso=[[], ["Mã hồ sơ", "Trạng thái", "Ngày hẹn trả"], ["A", 4, "=1+1"]],
        **{"Tiến trình": [["Mã hồ sơ", "Phòng ban"], ["A", "Tư pháp"]], "Khác": []},
    )
    assert [(row.given["MaHoSo"], row.given["TrangThai"]) for row in read(path)] == [("A", 4)]
    assert read(path)[0].given["NgayHenTra"] is None  # a formula is never computed, nor taken for a value
    assert other_sheets(path, SHEETS) == {"steps": 1}
    names = {**load_words().step_fields, "mahoso": "MaHoSo"}
    assert list(read_sheet(path, 1, names, ("MaHoSo",), lambda _bytes: None)) == [
        RawRow(2, {"MaHoSo": "A", "PhongBanXuLy": "Tư pháp"})
    ]


@pytest.mark.parametrize("bomb", ["last corner", "zeros", "cut"])
def test_a_workbook_that_would_unfold_without_end_is_refused(tmp_path: Path, bomb: str) -> None:
    path = workbook(tmp_path / "a.xlsx", Hoso=[["Mã hồ sơ", "Trạng thái"], ["A", 4]])
    if bomb == "cut":
        sheet = b"<worksheet><sheetData><row><c"
    else:
        sheet = LAST_CORNER if bomb == "last corner" else b"<worksheet>" + b"<a>" * 1_000_000
    evil = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(evil, "w", zipfile.ZIP_DEFLATED) as out:
        for name in good.namelist():
            out.writestr(name, sheet if name.endswith("sheet1.xml") else good.read(name))
    with pytest.raises(DossierFileError):
        read(evil)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DossierFileError, match="empty"):
        read(workbook(tmp_path / "a.xlsx", Hoso=[]))
