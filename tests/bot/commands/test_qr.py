"""``motcua qr``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.first_start import prepare_database
from bot.unit_of_work import UnitOfWork, open_engine


@pytest.fixture
async def environment(tmp_path: Path) -> dict[str, str]:
    url = f"sqlite:///{tmp_path}/a.sqlite3"
    transactions = UnitOfWork(open_engine(url))
    await prepare_database(transactions, datetime(2026, 11, 26, tzinfo=UTC))
    await transactions.close()
    return {"MOTCUA_DATABASE_URL": url, "MOTCUA_PUBLIC_URL": "https://motcua.example/"}


def test_each_form_is_written_and_faults_are_said(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["qr", "1.001193"], environment) == 0
    assert "https://motcua.example/z/1-001193" in capsys.readouterr().out
    assert "<svg" in Path("qr-1-001193.html").read_text("utf-8")
    assert main(["qr", "1.001193", "--form", "png", "--out", "a.png"], environment) == 0
    assert Path("a.png").read_bytes().startswith(b"\x89PNG")
    assert main(["qr", "1.001193", "--form", "svg"], environment) == 0
    assert b"<svg" in Path("qr-1-001193.svg").read_bytes()
    assert main(["qr", "khai sinh"], environment) == 1
    assert main(["qr", "9.999999"], environment) == 1
    assert main(["qr", "1.001193"], {**environment, "MOTCUA_PUBLIC_URL": ""}) == 1
    assert "MOTCUA_PUBLIC_URL" in capsys.readouterr().err


def test_the_page_to_print_speaks_in_the_agencys_own_wording(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yml").write_text("utter_door_automatic:\n  vi: Máy trả lời, xin hỏi lại quầy số 3.\n", "utf-8")
    assert main(["qr", "1.001193"], {**environment, "MOTCUA_TEXTS_FILE": "own.yml"}) == 0
    assert "xin hỏi lại quầy số 3" in Path("qr-1-001193.html").read_text("utf-8")
