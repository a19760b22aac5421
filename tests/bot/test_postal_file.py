"""Tests of how the house takes the agency's file about the post."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.postal import make_postal
from bot.postal.errors import PostalFileError
from bot.postal.office import PostOffice
from bot.postal.option import PostalOption
from bot.postal.settings import PostalSettings
from bot.settings import Settings
from feedback.working_time.loading import load_working_time
from tests.factories import procedure
from tests.fakes.transactions import FakeTransactions

NOW = datetime(2026, 12, 7, 2, tzinfo=UTC)


def settings(file: Path, text: str) -> Settings:
    """Settings with a file."""
    file.write_text(text, "utf-8")
    return Settings(postal=PostalSettings(file, "https://map.example/{place}"))


def test_the_agency_s_list_and_its_map_reach_the_house(tmp_path: Path) -> None:
    text = 'lists: {decision: QĐ 12, date: 2026-05-04, procedures: [{code: "1.001193", available: [receive]}]}'

    postal = make_postal(
        settings(tmp_path / "p.yml", text), FakeTransactions(), load_working_time(), "H48", lambda: NOW
    )

    assert postal.facts.options(procedure()).offered == (PostalOption.RECEIVE,)
    assert postal.map_link(PostOffice("1", "A", "B", "", "51")) == "https://map.example/A%2C%20B"


def test_a_wrong_file_keeps_the_program_from_starting(tmp_path: Path) -> None:
    wrong = settings(tmp_path / "p.yml", "tariff: []")

    with pytest.raises(PostalFileError, match="không có trường tên `tariff`"):
        make_postal(wrong, FakeTransactions(), load_working_time(), None, lambda: NOW)
