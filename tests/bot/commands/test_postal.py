"""``motcua postal``: the list of offices is put in place as a whole, shown, and removed; the report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from nlu.places.place import Commune, Outcome, PlaceReading, Province
from tests.fakes.post import FakePlaces

Motcua = Callable[..., tuple[int, str]]
PROVINCE = Province("51", "Tỉnh Quảng Ngãi")
COMMUNE = Commune("21085", "Xã Bình Minh", PROVINCE, 15.2, 108.7)
ROWS = [
    {"code": "1", "name": "Bình An", "ward": "Bình An", "province": "Quảng Ngãi"},
    {"code": "2", "name": "Đâu đó", "ward": "Không rõ"},
]


@pytest.fixture
def motcua(
    migrated_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Motcua:
    """Run ``motcua postal`` on a database of the test's own; gives exit code and all output."""
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    places = FakePlaces({"Bình An, Quảng Ngãi": PlaceReading(Outcome.COMMUNE, COMMUNE, PROVINCE)})
    monkeypatch.setattr("bot.app.post_offices.load_gazetteer", lambda: places)

    def run(*args: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["postal", *args], {"MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'm.sqlite3'}"})
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    return run


def imported(motcua: Motcua, folder: Path, rows: object, *more: str) -> tuple[int, str]:
    """Import rows."""
    (folder / "o.json").write_text(json.dumps(rows), "utf-8")
    return motcua(
        "offices", "import", str(folder / "o.json"), "--source", "Bưu điện tỉnh", "--as-of", "2026-05-04", *more
    )


def test_a_list_is_imported_shown_imported_again_and_removed(motcua: Motcua, tmp_path: Path) -> None:
    code, output = imported(motcua, tmp_path, ROWS)
    assert code == 0
    assert "2 rows: 2 offices, 1 of them in a commune of today." in output
    assert "2 new, 0 changed, 0 as they were, 0 gone." in output
    assert "không rõ ở tỉnh nào" in (tmp_path / "o.findings.csv").read_text("utf-8-sig")

    assert motcua("offices", "list") == (0, "2 offices; Bưu điện tỉnh, 2026-05-04\n")
    shown = motcua("offices", "list", "--province", "51")[1]
    assert "21085  Bình An" in shown
    assert "Đâu đó" not in shown

    assert "0 new, 0 changed, 1 as they were, 1 gone." in imported(motcua, tmp_path, ROWS[:1])[1]
    assert motcua("offices", "remove") == (0, "1 offices removed.\n")
    assert motcua("offices", "list") == (0, "0 offices\n")


def test_a_trial_and_a_file_that_cannot_be_read_keep_what_is_there(motcua: Motcua, tmp_path: Path) -> None:
    imported(motcua, tmp_path, ROWS)

    assert "Nothing was kept" in imported(motcua, tmp_path, ROWS[:1], "--dry-run")[1]
    code, output = imported(motcua, tmp_path, [])

    assert code == 1
    assert "không có dòng nào dùng được" in output
    assert motcua("offices", "list")[1].startswith("2 offices")


@pytest.mark.parametrize("wrong", [("--as-of", "05/2026"), ("--source", " "), ("--source", "x" * 300)])
def test_a_list_without_source_and_day_is_refused(motcua: Motcua, tmp_path: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        imported(motcua, tmp_path, ROWS, *wrong)


def test_the_report_shows_every_table_or_writes_them(motcua: Motcua, tmp_path: Path) -> None:
    code, output = motcua("report", "--month", "2026-10")
    assert code == 0
    assert "Thủ tục có lựa chọn bưu chính" in output
    assert "10/2026" in output
    code, output = motcua("report", "--file", str(tmp_path / "r.xlsx"))
    assert (code, (tmp_path / "r.xlsx").exists()) == (0, True)
    assert output.startswith("11 tables, ")


@pytest.mark.parametrize("wrong", [("--month", "11/2026"), ("--file", "r.csv")])
def test_the_report_refuses_what_it_cannot_take(motcua: Motcua, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        motcua("report", *wrong)
