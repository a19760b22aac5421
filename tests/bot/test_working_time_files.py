"""A province's own days off, office hours and deadlines, as this installation is given them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app.working_time import WorkingTimeFileError, make_working_time
from bot.settings import load_settings

CLOSED = "province: H48\ndays_off: [{from: 2026-11-24, to: 2026-11-25, source: x, sure: law}]\n"


def test_the_days_of_a_province_count_for_its_offices_alone(tmp_path: Path) -> None:
    (tmp_path / "h48.yml").write_text(CLOSED, "utf-8")
    (tmp_path / "h15.yml").write_text("province: H15", "utf-8")
    files = f"{tmp_path / 'h48.yml'}, {tmp_path / 'h15.yml'}"
    time = make_working_time(load_settings({"MOTCUA_WORKING_TIME_FILES": files}, tmp_path / "none.env"))
    assert not time.hours("H48.30").calendar.is_working(date(2026, 11, 25))
    assert time.hours("H15.50").calendar.is_working(date(2026, 11, 25))
    assert len(time.calendars) == 3


def test_a_wrong_file_is_named_with_setting_line_and_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "h48.yml").write_text("province: H48\ndays_off:\n  - from: 2026-11-24\n    sure: law\n", "utf-8")
    given = {
        "MOTCUA_WORKING_TIME_FILES": str(tmp_path / "h48.yml"),
        "MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}",
        "MOTCUA_SIGNING_KEY": "s" * 40,
        "MOTCUA_ENCRYPTION_KEY": "e" * 40,
    }
    with pytest.raises(WorkingTimeFileError, match="line 3"):
        make_working_time(load_settings(given, tmp_path / "none.env"))
    assert main(["dossiers", "due"], given) == 1
    said = capsys.readouterr().err
    assert said.startswith("motcua: MOTCUA_WORKING_TIME_FILES: h48.yml, line 3: ")
    assert "source" in said
