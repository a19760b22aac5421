"""``motcua dossiers``: what officials do with dossiers on the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.dossiers.records import CODE, OTHER

Motcua = Callable[..., tuple[int, str]]


@pytest.fixture
def motcua(migrated_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua`` on a database of the test's own; gives exit code and all output."""
    environment = {
        "MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'm.sqlite3'}",
        "MOTCUA_SIGNING_KEY": "s" * 40,
        "MOTCUA_ENCRYPTION_KEY": "e" * 40,
    }

    def run(*args: str | Path) -> tuple[int, str]:
        capsys.readouterr()
        code = main([str(arg) for arg in args], environment)
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    return run


def test_an_import_tells_what_became_of_the_rows_and_writes_the_rest_down(motcua: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "ho-so.csv"
    rows = [f"{CODE},4,0100000123", f"{OTHER},Chờ ký số,", "không phải mã,4,"]
    rows += [f"H48.30.02-261117-010{number},Chờ ký số," for number in range(2)]
    file.write_text("\n".join(["MaHoSo,TrangThai,SĐT", *rows]), "utf-8")
    code, output = motcua("dossiers", "import", file, "--source", "motcua-h48")
    assert code == 0
    assert "5 rows: 4 new, 0 changed, 0 as they were, 1 rejected." in output
    assert "3  unmapped state  Chờ ký số" in output
    report = (tmp_path / "ho-so.findings.csv").read_text("utf-8-sig")
    assert "ho-so.csv,4,,rejected,MaHoSo,không phải là mã hồ sơ" in report
    assert "0100000123" not in report + output


def test_a_dry_run_keeps_nothing(motcua: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "ho-so.csv"
    file.write_text(f"MaHoSo,TrangThai\n{CODE},4\n", "utf-8")
    for _ in range(2):
        assert "1 new" in motcua("dossiers", "import", file, "--dry-run")[1]
    assert not list(tmp_path.glob("*.findings.csv"))


@pytest.mark.parametrize("args", [["none.csv"], ["none.csv", "--as-of", "2026-11-20"]])
def test_a_file_that_is_not_there_is_one_clear_line(motcua: Motcua, args: list[str]) -> None:
    code, output = motcua("dossiers", "import", *args)
    assert code == 1
    assert output.strip() == "motcua: none.csv is not there or is no file"


@pytest.mark.parametrize("wrong", [["--source", "tên có dấu"], ["--as-of", "hôm qua"]])
def test_a_wrong_option_is_refused(motcua: Motcua, wrong: list[str]) -> None:
    with pytest.raises(SystemExit):
        motcua("dossiers", "import", "a.csv", *wrong)


def test_samples_are_listed_with_what_opens_them_and_go_with_the_first_import(motcua: Motcua, tmp_path: Path) -> None:
    assert motcua("dossiers", "samples")[0] == 1
    code, output = motcua("dossiers", "samples", "--load", "--limit", "3")
    assert code == 0
    assert "320 sample dossiers loaded." in output
    assert "in_progress" in output
    assert "0001" in output
    file = tmp_path / "ho-so.csv"
    file.write_text(f"MaHoSo,TrangThai\n{CODE},4\n", "utf-8")
    assert "sample dossiers were deleted" in motcua("dossiers", "import", file)[1]
    assert motcua("dossiers", "samples", "--load")[0] == 1
    assert "0 sample dossiers deleted" in motcua("dossiers", "samples", "--remove")[1]


def test_what_is_due_or_late_is_listed_and_written_for_spreadsheets(motcua: Motcua, tmp_path: Path) -> None:
    motcua("dossiers", "samples", "--load")
    code, output = motcua("dossiers", "due", "--limit", "500")
    assert code == 0
    lines = output.splitlines()
    assert any(" late " in line for line in lines)
    assert any(" due_next " in line for line in lines)
    assert all(line.endswith("(sample)") for line in lines[:-1])
    assert lines[-1].endswith("Days are working days.")
    fewer = motcua("dossiers", "due", "--unit", "H48.30", "--limit", "500")[1].splitlines()
    assert 1 < len(fewer) < len(lines)
    assert "Written to" in motcua("dossiers", "due", "--out", tmp_path / "due.xlsx")[1]
    assert motcua("dossiers", "due", "--out", tmp_path / "due.doc")[0] == 1
