"""A citizen's words name a unit of the office only where its whole name stands in them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.feedback.agency_names import agency_in
from feedback.office import Office, Unit

DAY = date(2026, 11, 26)
OFFICE = Office(
    code="H48",
    name="UBND tỉnh Mẫu",
    units=(
        Unit("H48.30", "UBND phường Tân Lập", receives=True),
        Unit("H48.12", "Sở Y tế"),
        Unit("H48.12.1", "Thanh tra Sở Y tế"),
        Unit("H48.99", "Sở Nội vụ", valid_to=date(2026, 1, 1)),
        Unit("H48.77", "Thuế"),
    ),
)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("UBND phường Tân Lập", "H48.30"),
        ("ở ubnd phuong tan lap ạ", "H48.30"),
        ("Ủy ban nhân dân phường Tân Lập, quầy số 3", "H48.30"),
        ("Thanh tra Sở Y tế", "H48.12.1"),
        ("sở y tế", "H48.12"),
        ("UBND tỉnh Mẫu", "H48"),
        ("phường Tân Lập", ""),
        ("Sở Nội vụ", ""),
        ("thuế", ""),
        ("sở y tế và ubnd phường tân lập", ""),
        ("", ""),
    ],
)
def test_only_a_whole_name_of_one_unit_that_is_charged_today_names_it(said: str, code: str) -> None:
    assert agency_in(OFFICE, said, DAY) == code
