"""``motcua organisations``: tokens are shown once, and end at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main

Motcua = Callable[..., tuple[int, str]]
TOKEN = re.compile(r"MCDN(?:-[A-Z]{5}){6}")


@pytest.fixture
def motcua(migrated_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Motcua:
    """Run ``motcua organisations`` on a database of the test's own; gives exit code and all output."""
    environment = {
        "MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'm.sqlite3'}",
        "MOTCUA_SIGNING_KEY": "s" * 40,
        "MOTCUA_ENCRYPTION_KEY": "e" * 40,
    }
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")

    def run(*args: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["organisations", *args], environment)
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    return run


def test_an_organisation_gets_a_token_another_one_and_none(motcua: Motcua) -> None:
    code, output = motcua("add", " Công ty  Mẫu ", "--identity", "0100 000 019", "--dossier-units", "h48.30.02", "H15")
    assert code == 0
    assert "Organisation 1: Công ty Mẫu" in output
    first = TOKEN.findall(output)
    assert len(first) == 1
    listed = motcua("list")[1]
    assert "H48.30.02 H15" in listed
    assert "Công ty Mẫu" in listed
    assert "0100000019" not in listed
    assert TOKEN.findall(listed) == []
    second = TOKEN.findall(motcua("rotate", "1")[1])
    assert len(second) == 1
    assert second != first
    assert motcua("revoke", "1")[0] == 0
    assert "revoked" in motcua("list")[1]
    assert motcua("revoke", "1")[0] == 1
    assert motcua("rotate", "1")[0] == 0
    assert "revoked" not in motcua("list")[1]


def test_one_id_is_entered_once_and_unknown_numbers_are_said_so(motcua: Motcua) -> None:
    assert motcua("list") == (0, "There are no organisations.\n")
    assert motcua("add", "A", "--identity", "0100000019")[0] == 0
    assert "entered already" in motcua("add", "B", "--identity", "0100-000-019")[1]
    assert motcua("rotate", "7")[0] == 1


@pytest.mark.parametrize("wrong", [["", "--identity", "0100000019"], ["A", "--identity", "12"], ["A"]])
def test_what_cannot_be_an_organisation_is_refused(motcua: Motcua, wrong: list[str]) -> None:
    with pytest.raises(SystemExit):
        motcua("add", *wrong)
