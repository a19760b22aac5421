"""What can be set for sources and for watching."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from bot.dossiers.watching.quiet import QuietHours
from bot.secret import Secret
from bot.settings import SettingsError, load_settings

NOWHERE = Path("no-such-file.env")


def test_everything_is_read_and_secrets_never_print() -> None:
    given = {
        "MOTCUA_DOSSIER_SOURCES": "sources.yml",
        "MOTCUA_DOSSIER_SECRET_QN": "hunter2",
        "MOTCUA_DOSSIER_QUIET": "22:00-06:00",
        "MOTCUA_DOSSIER_WATCH_DAYS": "10",
    }
    settings = load_settings(given, NOWHERE)
    found = settings.dossier_sources
    assert found.sources == Path("sources.yml")
    assert found.secrets == {"MOTCUA_DOSSIER_SECRET_QN": Secret("hunter2")}
    assert (found.quiet, found.watch_days) == (QuietHours(time(22), time(6)), 10)
    assert "hunter2" not in repr(settings)


def test_without_anything_the_database_alone_is_asked_and_nights_are_quiet() -> None:
    found = load_settings({}, NOWHERE).dossier_sources
    assert (found.sources, found.quiet, found.watch_days) == (None, QuietHours(time(21), time(7)), 30)


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"MOTCUA_DOSSIER_QUIET": "late", "MOTCUA_DOSSIER_WATCH_DAYS": "0"}, NOWHERE)
    assert len(caught.value.problems) == 2
