"""``motcua dossiers grades``: a draft, said to be one, with what is missing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.dossiers.records import CODE, OTHER

UNIT = "Phường Mẫu"


def test_a_draft_names_what_is_missing_and_is_written_as_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {
        "MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'm.sqlite3'}",
        "MOTCUA_SIGNING_KEY": "s" * 40,
        "MOTCUA_ENCRYPTION_KEY": "e" * 40,
    }
    rows = [f"{CODE},9,{UNIT},2026-11-20T17:00,2026-11-18T09:00", f"{OTHER},9,=1+1,2026-11-20T17:00,2026-11-24T09:00"]
    given, units, table = tmp_path / "a.csv", tmp_path / "units.yml", tmp_path / "out.csv"
    given.write_text("\n".join(["MaHoSo,TrangThai,TenDonViTiepNhan,NgayHenTra,NgayKetThucXuLy", *rows]), "utf-8")
    units.write_text(f"{UNIT}: {{source: Báo cáo quý, points: {{5: 2, 6: 2, 8: 2, 9: 2}}}}\n", "utf-8")
    assert main(["db", "upgrade"], environment) == 0
    assert main(["dossiers", "import", str(given), "--as-of", "2026-11-25"], environment) == 0
    when = ["--from", "2026-10-01", "--to", "2026-11-30"]
    capsys.readouterr()
    assert (
        main(["dossiers", "grades", *when, "--inputs", str(units), "--comments", "--csv", str(table)], environment) == 0
    )
    output = capsys.readouterr().out
    assert output.startswith("DRAFT for officials, not a grade: Thông tư 01/2018")
    assert f"{UNIT}: 1 dossiers, 0 rated" in output
    assert "1 total time              2.0  (1 dossiers)" in output
    assert "3 contacts                missing" in output
    assert "draft: 10.0 without what is missing: between Khá and Xuất sắc" in output
    cells = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert cells[0][0] == "DRAFT"
    assert {row[0] for row in cells[2:]} == {UNIT, "'=1+1"}
    assert main(["dossiers", "grades", *when, "--unit", "không có"], environment) == 0
    assert "No dossier ended" in capsys.readouterr().out


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["dossiers", "grades", "--from", "hôm qua"], {})
