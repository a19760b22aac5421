"""Which codes a message holds, and how half a code becomes a whole one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.dossier_codes import claims_the_future, codes_in, is_tail, unit_in, with_unit
from nlu.codes import CodeFault, parse_dossier_code


def test_each_dossier_counts_once_in_its_order() -> None:
    found = codes_in("H48.16-261110-0012 và h48.16 - 261110 - 0012, còn 000.00.16.H48-261111-0001")
    assert [code.text for code in found.dossiers] == ["H48.16-261110-0012", "000.00.16.H48-261111-0001"]
    assert found.any


def test_other_codes_are_told_apart() -> None:
    found = codes_in("1.000894 PAKN.20261110123 200827-0012")
    assert (found.dossiers, found.procedure, found.feedback) == ((), "1.000894", "PAKN.20261110123")
    assert found.faulty is not None
    assert found.faulty.fault is CodeFault.UNIT_MISSING
    assert not codes_in("chẳng có gì").any


@pytest.mark.parametrize(("text", "tail"), [("200827-0012", True), ("H48.16-200827-0012", False), ("xin chào", False)])
def test_a_tail_is_known_for_one(text: str, tail: bool) -> None:
    assert is_tail(text) is tail


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("000.00.16.h34", "000.00.16.H34"),
        ("mã đơn vị là 000 00 16 H34 ạ", "000.00.16.H34"),
        ("H48.16", "H48.16"),
        ("h48", "H48"),
        ("phòng tư pháp", ""),
        ("H4", ""),
    ],
)
def test_the_unit_is_read_out_of_words(text: str, unit: str) -> None:
    assert unit_in(text) == unit


def test_two_halves_are_one_code_or_none() -> None:
    code = with_unit("000.00.16.H34", "200827-0012")
    assert code is not None
    assert code.text == "000.00.16.H34-200827-0012"
    assert with_unit("gì đó", "200827-0012") is None


def test_a_day_to_come_is_noticed() -> None:
    code = parse_dossier_code("H48.16-261130-0001")
    assert claims_the_future(code, date(2026, 11, 29))
    assert not claims_the_future(code, date(2026, 11, 30))
