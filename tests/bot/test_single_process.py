"""A SQLite file has one server; PostgreSQL has as many as there are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.single_process import AlreadyServedError, alone_on

KEYS = {"MOTCUA_SIGNING_KEY": "s" * 40, "MOTCUA_ENCRYPTION_KEY": "e" * 40}


def test_a_second_server_on_the_same_file_is_refused_and_told_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'm.sqlite3'}"
    with alone_on(url), pytest.raises(AlreadyServedError, match="PostgreSQL") as caught, alone_on(url):
        pass
    assert str(os.getpid()) in str(caught.value)
    with alone_on(url):
        pass


@pytest.mark.parametrize("url", ["postgresql://h/d", "sqlite://", "not an address"])
def test_other_databases_are_not_locked(url: str) -> None:
    with alone_on(url), alone_on(url):
        pass


def test_serve_says_so_in_one_line_and_commands_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'm.sqlite3'}"
    with alone_on(url):
        assert main(("db", "upgrade"), {"MOTCUA_DATABASE_URL": url}) == 0
        capsys.readouterr()
        assert main(("serve",), {"MOTCUA_DATABASE_URL": url, **KEYS}) == 1
        errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1
    assert "served by another process already" in errors
