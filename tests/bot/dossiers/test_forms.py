"""Which set of forms held on a day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dossiers.forms import load_forms


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2010, 1, 1), "2018"),
        (date(2025, 9, 14), "2018"),
        (date(2025, 9, 15), "2025"),
        (date(2026, 11, 22), "2025"),
    ],
)
def test_the_set_of_a_day(day: date, name: str) -> None:
    assert load_forms().on(day).name == name


def test_every_set_names_its_source() -> None:
    assert all(one.source for one in load_forms().sets)
