"""Tests of what can be set for the post."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.postal.settings import PostalSettings, read_postal


def test_the_file_and_the_map_are_read() -> None:
    given = {"MOTCUA_POSTAL_FILE": "buu-chinh.yml", "MOTCUA_POSTAL_MAP_URL": "https://map.example/?q={place}"}

    assert read_postal(given, []) == PostalSettings(Path("buu-chinh.yml"), "https://map.example/?q={place}")


@pytest.mark.parametrize(
    "raw", ["https://map.example/", "http://map.example/{place}", "https://x/{place}{place}", "https://x/{y}{place}"]
)
def test_a_map_that_cannot_be_filled_in_is_refused(raw: str) -> None:
    problems: list[str] = []

    read_postal({"MOTCUA_POSTAL_MAP_URL": raw}, problems)

    assert problems == ["MOTCUA_POSTAL_MAP_URL must start with https:// and hold {place} once"]


@pytest.mark.parametrize("raw", ["0", "366", "-1", "một"])
def test_how_long_slips_and_questions_are_kept_is_a_number_of_days(raw: str) -> None:
    problems: list[str] = []
    names = ("MOTCUA_POSTAL_REQUEST_DAYS", "MOTCUA_POSTAL_ASKED_DAYS")

    good = read_postal(dict(zip(names, ("60", "7"), strict=True)), problems)
    read_postal(dict.fromkeys(names, raw), problems)

    assert (good.request_days, good.asked_days) == (60, 7)
    assert problems == [f"{name} must be a number of days from 1 to 365" for name in names]
