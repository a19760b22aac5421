"""Tests of ``motcua catalogue`` and ``motcua db`` as a person uses them: arguments in, lines and exit code out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from tests.factories import portal_channel, portal_row

Motcua = Callable[..., tuple[int, str, str]]


@pytest.fixture
def motcua(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua`` on a database of its own; gives exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    environment = {"MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'm.sqlite3'}"}

    def run(*args: str) -> tuple[int, str, str]:
        code = main(args, environment)
        return (code, *capsys.readouterr())

    return run


@pytest.fixture
def ready(motcua: Motcua, migrated_sqlite: Path) -> Motcua:
    """``motcua`` on a database with its tables."""
    shutil.copy(migrated_sqlite, "m.sqlite3")
    return motcua


def rows(name: str, *these: dict[str, Any]) -> str:
    """Write rows to a file in the working directory."""
    Path(name).write_text("\n".join(json.dumps(row) for row in these), "utf-8")
    return name


def test_import_diff_publish_search_show_and_rollback(ready: Motcua) -> None:
    other = portal_row(code="1.000894", name="Thủ tục đăng ký kết hôn")
    first = ready("catalogue", "import", rows("a.jsonl", portal_row(), other))
    assert first[0] == 0
    assert "Draft 1: 2 procedures imported of 2 rows." in first[1]
    assert "thêm 2, bỏ 0, sửa 0" in ready("catalogue", "diff")[1]
    assert ready("catalogue", "publish")[1] == "Version 1 is live.\n"

    assert "1.000894" in ready("catalogue", "search", "đăng", "ký", "kết", "hôn")[1].splitlines()[0]
    shown = ready("catalogue", "show", "1.001193")[1]
    assert "Trực tiếp: 8.000 đồng" in shown
    assert json.loads(ready("catalogue", "show", "1.001193", "--json")[1])["name"] == "Đăng ký khai sinh"

    ready("catalogue", "import", rows("b.jsonl", portal_row(channels=[portal_channel(fee="9,000 VNĐ")])))
    difference = ready("catalogue", "diff")[1]
    assert "- Trực tiếp: 8.000 đồng" in difference
    assert "+ Trực tiếp: 9.000 đồng" in difference
    assert json.loads(ready("catalogue", "diff", "--json")[1])["changed"][0]["changes"][0]["part"] == "fees"
    ready("catalogue", "publish")
    assert "9.000 đồng" in ready("catalogue", "show", "1.001193")[1]

    assert ready("catalogue", "rollback")[1] == "Version 1 is live again; version 2 is withdrawn.\n"
    assert "8.000 đồng" in ready("catalogue", "show", "1.001193")[1]
    listed = ready("catalogue", "list")[1].splitlines()
    assert ["withdrawn" in listed[0], "live" in listed[1]] == [True, True]


def test_every_rejected_or_doubtful_row_is_in_the_report(ready: Motcua) -> None:
    bad, doubtful = portal_row(code="x"), portal_row(channels=[portal_channel(time_unit=None)])

    code, out, _ = ready("catalogue", "import", rows("a.jsonl", bad, doubtful), "--report", "r.csv")

    assert code == 0
    assert "Rejected rows: 1. Duplicates left out: 0. Procedures with doubtful facts: 1." in out
    lines = Path("r.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[1:4] for line in lines[1:]] == [["1", "x", "rejected"], ["2", "1.001193", "doubtful"]]


def test_the_starter_catalogue_can_be_imported(ready: Motcua) -> None:
    code, out, _ = ready("catalogue", "import", "--starter")

    assert code == 0
    assert "Draft 1" in out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("import", "none.jsonl"), "is not there"),
        (("import", "a.jsonl", "--onto", "9"), "no version 9"),
        (("publish",), "no draft to publish"),
        (("rollback",), "no version is live"),
        (("diff",), "there is no draft"),
        (("show", "1.001193"), "no version is live"),
        (("search", "x"), "no version is live"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_a_failure(
    ready: Motcua, args: tuple[str, ...], message: str
) -> None:
    rows("a.jsonl", portal_row())

    code, out, err = ready("catalogue", *args)

    assert code == 1
    assert message in err
    assert err.startswith("motcua: ")
    assert err.count("\n") == 1
    assert out == ""


def test_a_damaged_file_leaves_no_draft_behind(ready: Motcua) -> None:
    Path("a.jsonl").write_text(json.dumps(portal_row()), "utf-8")
    Path("b.jsonl.gz").write_bytes(b"\x1f\x8b broken")

    assert ready("catalogue", "import", "a.jsonl", "b.jsonl.gz")[0] == 1
    assert "no version yet" in ready("catalogue", "list")[1]


def test_without_tables_the_remedy_is_named(motcua: Motcua) -> None:
    code, _, err = motcua("catalogue", "list")

    assert code == 1
    assert "motcua db upgrade" in err


def test_a_procedure_that_is_not_held_is_told(ready: Motcua) -> None:
    ready("catalogue", "import", rows("a.jsonl", portal_row()))

    assert "holds no procedure 9.999999" in ready("catalogue", "show", "9.999999", "--version", "1")[2]


def test_an_import_without_a_file_is_told(ready: Motcua) -> None:
    assert ready("catalogue", "import")[0] == 2


def test_check_names_file_key_and_remedy(motcua: Motcua) -> None:
    folder = Path("starter") / "ho-tich"
    folder.mkdir(parents=True)
    (folder / "1.001193.yaml").write_text('code: "1.001193"\nnam: x\n', "utf-8")

    code, out, err = motcua("catalogue", "check", "starter")

    assert code == 1
    assert "ho-tich/1.001193.yaml" in err
    assert "1 faults" in out


def test_faulty_settings_are_told_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["db", "upgrade"], {"MOTCUA_PORT": "x"}) == 1
    assert "MOTCUA_PORT" in capsys.readouterr().err
