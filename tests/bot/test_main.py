"""Whatever goes wrong, the command line says it in one line and fails."""

from __future__ import annotations

import pytest

from bot.__main__ import main


def test_a_database_server_that_is_away_is_one_line_without_the_password(capsys: pytest.CaptureFixture[str]) -> None:
    environment = {"MOTCUA_DATABASE_URL": "postgresql://clerk:geheim@127.0.0.1:1/motcua"}
    assert main(["catalogue", "list"], environment) == 1
    said = capsys.readouterr().err
    assert said.startswith("motcua: ")
    assert said.count("\n") == 1
    assert "geheim" not in said
