"""``motcua officials``: accounts from the command line."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.console.accounts.conftest import empty_console

__all__ = ["empty_console"]

Run = Callable[..., tuple[int, str]]
ONCE = re.compile(r"One-time password, shown this once, good for 7 days: (\S{23})")
KEYS = {"MOTCUA_SIGNING_KEY": "s" * 40, "MOTCUA_ENCRYPTION_KEY": "e" * 40}


@pytest.fixture
def database(empty_console: Path, tmp_path: Path) -> Path:
    shutil.copy(empty_console, tmp_path / "m.sqlite3")
    return tmp_path / "m.sqlite3"


@pytest.fixture
def run(database: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    environment = {"MOTCUA_DATABASE_URL": f"sqlite:///{database}", **KEYS}

    def do(*args: str) -> tuple[int, str]:
        code = main(list(args), environment)
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    return do


def test_an_account_is_added_listed_and_changed(run: Run) -> None:
    code, said = run("officials", "add", "lan.nt", "--name", "Nguyễn Thị Lan", "--roles", "receiver", "editor")
    assert code == 0
    assert ONCE.search(said)
    assert run("officials", "add", "lan.nt", "--name", "Khác", "--roles", "receiver")[0] == 1
    assert run("officials", "roles", "lan.nt", "auditor")[0] == 0
    _, said = run("officials", "list")
    assert re.fullmatch(r"lan\.nt  one-time password  password alone  seen never  -  auditor  Nguyễn Thị Lan\n", said)
    assert ONCE.search(run("officials", "password", "lan.nt")[1])
    assert run("officials", "email", "lan.nt", "lan@example.vn")[0] == 0
    assert run("officials", "email", "lan.nt", "lan")[0] == 1
    for action in ("disable", "enable", "totp-reset", "sign-out"):
        assert run("officials", action, "lan.nt")[0] == 0
    assert "8 entries" in (said := run("officials", "verify-audit")[1])
    assert "0 faults" in said


def test_the_last_administrator_cannot_be_disabled(run: Run) -> None:
    run("officials", "add", "chu", "--name", "Chủ", "--roles", "administrator")
    code, said = run("officials", "disable", "chu")
    assert code == 1
    assert "last administrator" in said


@pytest.mark.parametrize("action", ["password", "disable", "enable", "totp-reset", "sign-out"])
def test_an_unknown_account_is_said(run: Run, action: str) -> None:
    code, said = run("officials", action, "nobody")
    assert code == 1
    assert "no such account" in said


def test_a_changed_log_is_found(run: Run, database: Path) -> None:
    run("officials", "add", "chu", "--name", "Chủ", "--roles", "administrator")
    with sqlite3.connect(database) as changed:
        changed.execute("UPDATE console_event SET actor = 'other'")
    changed.close()
    code, said = run("officials", "verify-audit")
    assert code == 1
    assert "entry 1 was changed" in said


def test_commands_act_as_a_console_account_or_as_an_official_of_the_file(run: Run) -> None:
    run("officials", "add", "lan.nt", "--name", "Lan", "--roles", "receiver")
    assert run("privacy", "list", "--as", "lan.nt")[0] == 0
    assert run("privacy", "list", "--as", "mau-tiepnhan")[0] == 0
    run("officials", "roles", "lan.nt", "editor")
    code, said = run("privacy", "list", "--as", "lan.nt")
    assert code == 1
    assert "lacks the role" in said
    run("officials", "disable", "lan.nt")
    code, said = run("privacy", "list", "--as", "lan.nt")
    assert code == 1
    assert "disabled" in said
