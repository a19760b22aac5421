"""Tests of ``motcua catalogue families`` and ``family`` as an official uses them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from tests.factories import portal_row

Motcua = Callable[..., tuple[int, str, str]]
A, B, C = "1.000001", "1.000002", "1.000003"


@pytest.fixture
def motcua(
    migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Motcua:
    """Run ``motcua catalogue`` on a database of its own with its tables; gives exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "lan")
    environment = {"MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'm.sqlite3'}"}
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")

    def run(*args: str) -> tuple[int, str, str]:
        code = main(("catalogue", *args), environment)
        return (code, *capsys.readouterr())

    capsys.readouterr()
    return run


def rows(*these: dict[str, Any]) -> str:
    """Write rows to a file in the working directory."""
    Path("a.jsonl").write_text("\n".join(json.dumps(row) for row in these), "utf-8")
    return "a.jsonl"


NAMES = {A: "Cấp thẻ thư viện (cấp tỉnh)", B: "Cấp thẻ thư viện (cấp xã)", C: "Làm thẻ đọc sách"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two codes of one service, and one that an official knows to be it too; tests get copies."""
    path = tmp_path_factory.mktemp("families") / "m.sqlite3"
    file = path.with_name("a.jsonl")
    file.write_text("\n".join(json.dumps(portal_row(code=code, name=name)) for code, name in NAMES.items()), "utf-8")
    for args in (("db", "upgrade"), ("catalogue", "import", str(file)), ("catalogue", "publish")):
        assert main(args, {"MOTCUA_DATABASE_URL": f"sqlite:///{path}"}) == 0
    return path


@pytest.fixture
def live(motcua: Motcua, published: Path, tmp_path: Path) -> Motcua:
    """The same with the published codes."""
    for file in tmp_path.glob("m.sqlite3*"):
        file.unlink()
    shutil.copy(published, tmp_path / "m.sqlite3")
    return motcua


def test_a_first_import_says_how_many_families_there_are(motcua: Motcua) -> None:
    out = motcua("import", rows(*(portal_row(code=code, name=name) for code, name in NAMES.items())))[1]

    assert "Nhóm dịch vụ: 2 (trước: 0); gộp 0, tách 0." in out


def test_families_are_listed_with_level_detail_and_name(live: Motcua) -> None:
    out = live("families")[1]

    assert out.splitlines() == [
        "Version 1: 3 procedures in 2 families.",
        "  2 codes are one service:",
        f"    {A:<22} commune; full  Cấp thẻ thư viện (cấp tỉnh)",
        f"    {B:<22} commune; full  Cấp thẻ thư viện (cấp xã)",
    ]
    assert "Làm thẻ đọc sách" in live("families", "--codes", C)[1]
    assert "Làm thẻ đọc sách" not in live("families", "--codes", A)[1]
    assert len(live("families", "--larger-than", "2")[1].splitlines()) == 1
    assert len(live("families", "--larger-than", "0")[1].splitlines()) == 6


def test_a_correction_says_what_was_together_and_what_is_now_and_search_follows(live: Motcua) -> None:
    code, out, _ = live("family", "join", C, A, "--note", "cùng một thẻ", "--by", "chị Lan")

    assert code == 0
    before, now = out.split("Now:")
    assert "2 codes are one service" in before
    assert "stands alone" in before
    assert "3 codes are one service" in now
    assert "The index of version 1 was built anew. Running servers follow within seconds" in now
    assert len(live("search", "cấp", "thẻ", "thư", "viện")[1].splitlines()) == 1
    changed = live("families", "--changed")[1]
    assert f"{C} with {A}  by chị Lan" in changed
    assert "cùng một thẻ" in changed

    assert "stands alone" in live("family", "split", C)[1].split("Now:")[1]
    assert f"{C} alone  by lan" in live("families", "--changed")[1]
    assert "Nothing is together or apart that was not before." in live("family", "reset", C)[1]
    assert "No correction is in force." in live("families", "--changed")[1]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("family", "join", A, A), "with itself"),
        (("family", "join", A, B), "one service already"),
        (("family", "join", A, "9.999999"), "holds no procedure 9.999999"),
        (("family", "split", C), "stands alone already"),
        (("family", "split", "9.999999"), "holds no procedure 9.999999"),
        (("family", "reset", A), "no correction is in force"),
        (("families", "--codes", "9.999999"), "holds no procedure 9.999999"),
        (("families", "--against", "none.json"), "is no JSON file of the form"),
        (("families", "--against", "a.jsonl"), "is no JSON file of the form"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_a_failure(live: Motcua, args: tuple[str, ...], message: str) -> None:
    code, out, err = live(*args)

    assert (code, out) == (1, "")
    assert message in err
    assert err.count("\n") == 1


def test_without_a_live_version_there_is_nothing_to_correct(motcua: Motcua) -> None:
    for args in (("families",), ("family", "split", A)):
        assert "no version is live" in motcua(*args)[2]


def test_import_and_diff_say_which_families_joined_and_split(live: Motcua) -> None:
    renamed = [portal_row(code=B, name="Đổi thẻ thư viện"), portal_row(code=C, name="Cấp thẻ thư viện")]

    out = live("import", rows(*renamed))[1]

    summary = ["Nhóm dịch vụ: 2 (trước: 2); gộp 1, tách 1.", f"  gộp: {A} | {C}  Cấp thẻ thư viện (cấp tỉnh)"]
    for line in (*summary, f"  tách: {A} | {B}  Cấp thẻ thư viện (cấp tỉnh)"):
        assert line in out
        assert line in live("diff")[1]
    assert json.loads(live("diff", "--json")[1])["families"]["joined"] == [[[A], [C]]]


def test_a_rollback_brings_the_corrections_made_since_into_the_old_index(live: Motcua) -> None:
    live("import", rows(portal_row(code="1.000009", name="Xóa thẻ")))
    live("publish")
    live("family", "join", C, A)

    live("rollback")

    assert len(live("search", "cấp", "thẻ", "thư", "viện")[1].splitlines()) == 1


def test_the_families_are_compared_with_those_of_a_file(live: Motcua) -> None:
    Path("f.json").write_text(json.dumps({"code_to_family": {A: "F1", B: "F2", C: "F2"}, "families": []}))

    out = live("families", "--against", "f.json")[1]

    assert "3 codes compared; 0 pairs are together in both." in out
    assert "precision 0.000  recall 0.000" in out
    assert f"Only here: 1 pairs\n  {A}  Cấp thẻ thư viện (cấp tỉnh)\n  {B}" in out
    assert f"Only there: 1 pairs\n  {B}" in out
