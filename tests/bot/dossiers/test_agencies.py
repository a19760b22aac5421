"""Which unit a code names, who answers for a merged one, and how office hours are looked up."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dossiers.agencies import load_agencies, office_code
from feedback.working_time.model import Sure
from nlu.codes import parse_dossier_code

AGENCIES = load_agencies()


def test_a_merged_province_has_a_successor_from_the_day_after_its_end() -> None:
    agency = AGENCIES.of(parse_dossier_code("000.00.16.H34-200827-0012"))
    assert agency is not None
    assert agency.sure is Sure.UNVERIFIED
    assert AGENCIES.successor(agency, date(2025, 6, 30)) is None
    successor = AGENCIES.successor(agency, date(2025, 7, 1))
    assert successor is not None
    assert successor.name == "Quảng Ngãi"


def test_a_code_that_the_table_lacks_is_no_fault() -> None:
    assert AGENCIES.of(parse_dossier_code("Y99.16-261110-0012")) is None


def test_every_successor_is_in_the_table_and_every_line_has_a_source() -> None:
    for agency in AGENCIES.known.values():
        assert agency.source
        assert not agency.successor or agency.successor in AGENCIES.known


@pytest.mark.parametrize(
    ("code", "office"),
    [
        ("000.00.16.H34-200827-0012", "H34.16"),
        ("000.00.00.H34-200827-0012", "H34"),
        ("001.02.16.H34-200827-0012", "H34.16.02.001"),
        ("H15.50.05.13-261008-0975", "H15.50.05.13"),
        ("H48-261008-0975", "H48"),
    ],
)
def test_the_receiving_office_is_named_from_the_province_down(code: str, office: str) -> None:
    assert office_code(parse_dossier_code(code)) == office
