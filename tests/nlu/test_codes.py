"""Codes are read as people copy them: with spaces, small letters, other dashes, in the middle of a sentence."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.receipts import new_receipt, read_receipt
from nlu.codes import (
    CodeError,
    CodeFault,
    CodeKind,
    DossierCode,
    Layout,
    find_codes,
    parse_dossier_code,
    parse_procedure_code,
)

TWO = st.integers(0, 99).map("{:02d}".format)
THREE = st.integers(0, 999).map("{:03d}".format)
LEVEL1 = st.builds("{}{}".format, st.sampled_from("ABCDEFGHIKLMNOPQRSTUVWXY"), TWO)
OLD_UNITS = st.builds("{}.{}.{}.{}".format, THREE, TWO, TWO, LEVEL1)
NEW_UNITS = st.builds(
    lambda head, rest: ".".join([head, *rest]), LEVEL1, st.lists(st.one_of(TWO, THREE), min_size=0, max_size=4)
)
NUMBERS = st.integers(0, 9_999_999).map("{:04d}".format)
DAYS = st.dates(date(2010, 1, 1), date(2099, 12, 31))


@st.composite
def dossier_texts(draw: st.DrawFn) -> str:
    """Draw a dossier code in normal form."""
    unit = draw(st.one_of(OLD_UNITS, NEW_UNITS))
    day = draw(DAYS).strftime(draw(st.sampled_from(["%y%m%d", "%Y%m%d"])))
    return f"{unit}-{day}-{draw(NUMBERS)}"


@given(dossier_texts())
def test_a_code_in_normal_form_reads_back_as_itself(text: str) -> None:
    assert parse_dossier_code(text).text == text


@given(dossier_texts(), st.sampled_from("-–—−‐_"), st.booleans(), st.booleans())
def test_dashes_spaces_and_case_do_not_change_the_code(text: str, dash: str, spaced: bool, lower: bool) -> None:
    typed = text.replace("-", f" {dash} " if spaced else dash)
    typed = typed.lower() if lower else typed
    assert parse_dossier_code(typed).text == text


@given(
    dossier_texts(),
    st.sampled_from(["", "hồ sơ ", "tra giúp em mã "]),
    st.sampled_from(["", " với ạ", ".", ", cảm ơn", "?"]),
)
def test_a_code_is_found_inside_a_sentence_at_its_place(code: str, before: str, after: str) -> None:
    (found,) = find_codes(before + code + after)
    assert (found.kind, found.value) == (CodeKind.DOSSIER, code)
    assert (before + code + after)[found.start : found.end] == code


@given(st.text(max_size=200))
def test_no_text_makes_the_search_fail_and_offsets_stay_inside(text: str) -> None:
    for found in find_codes(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "layout", "level1", "day"),
    [
        ("000.00.16.H34-200827-0012", Layout.OLD, "H34", date(2020, 8, 27)),
        ("000.00.16.h34 – 200827 – 0012", Layout.OLD, "H34", date(2020, 8, 27)),
        ("000 00 16 h34 200827 0012", Layout.OLD, "H34", date(2020, 8, 27)),
        ("H15.50.05.13-261008-0975", Layout.NEW, "H15", date(2026, 10, 8)),
        ("H15-261008-0975", Layout.NEW, "H15", date(2026, 10, 8)),
        ("G09.20-20260609-0092637", Layout.NEW, "G09", date(2026, 6, 9)),
        ("G15.001.02-261008-150001", Layout.CENTRALISED, "G15", date(2026, 10, 8)),
        ("H15 . 50 . 05 . 13 - 261008 - 0975", Layout.NEW, "H15", date(2026, 10, 8)),
    ],
)
def test_every_known_layout_is_read(text: str, layout: Layout, level1: str, day: date) -> None:
    code = parse_dossier_code(text)
    assert (code.layout, code.level1, code.day) == (layout, level1, day)


@pytest.mark.parametrize("text", ["000.00.16.H34-200230-0012", "H15.50-261301-0975", "H15.50-080101-0975"])
def test_a_day_that_never_was_is_named_as_the_fault(text: str) -> None:
    with pytest.raises(CodeError) as caught:
        parse_dossier_code(text)
    assert caught.value.fault is CodeFault.IMPOSSIBLE_DATE
    (found,) = find_codes(f"tra mã {text} giúp em")
    assert (found.kind, found.fault) == (CodeKind.DOSSIER_FAULTY, CodeFault.IMPOSSIBLE_DATE)


def test_a_tail_alone_asks_for_the_unit_and_is_never_completed() -> None:
    with pytest.raises(CodeError) as caught:
        parse_dossier_code("200827-0012")
    assert caught.value.fault is CodeFault.UNIT_MISSING
    (found,) = find_codes("hồ sơ 200827-0012 tới đâu rồi")
    assert (found.kind, found.value, found.fault) == (CodeKind.DOSSIER_FAULTY, "200827-0012", CodeFault.UNIT_MISSING)


@pytest.mark.parametrize("text", ["", "hồ sơ", "H15", "Z15.50-261008-0975", "H15.50-261008-097", "0912345678"])
def test_other_things_are_no_dossier_code(text: str) -> None:
    with pytest.raises(CodeError) as caught:
        parse_dossier_code(text)
    assert caught.value.fault is CodeFault.NOT_A_CODE


def test_a_future_day_is_noticed_only_when_today_is_given() -> None:
    code = DossierCode("H15", date(2026, 11, 23), "0001", Layout.NEW)
    assert code.is_after(date(2026, 11, 22))
    assert not code.is_after(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.001193", "1.001193"),
        ("1,001193", "1.001193"),
        ("1. 001193", "1.001193"),
        ("1.001193.000.00.00.H17", "1.001193.000.00.00.H17"),
        ("1.001193.h17", "1.001193.H17"),
        ("1.001193.000.00.00", "1.001193"),
    ],
)
def test_procedure_codes_are_read_with_and_without_their_local_part(text: str, value: str) -> None:
    code = parse_procedure_code(text)
    assert code is not None
    assert code.text == value


@pytest.mark.parametrize(
    "text", ["mã thủ tục 1001193 cần gì", "TTHC 1001193", "ma thu tuc: 1001193", "thủ tục số 1001193"]
)
def test_seven_digits_are_a_code_when_the_words_say_so(text: str) -> None:
    (found,) = find_codes(text)
    assert (found.kind, found.value) == (CodeKind.PROCEDURE, "1.001193")
    assert text[found.start : found.end] == "1001193"


@pytest.mark.parametrize(
    "text", ["1001193", "lệ phí 1001193 đồng", "phí 1.001.193 đồng", "sđt 0912345678", "ngày 01.012026"]
)
def test_bare_numbers_money_and_phones_are_no_code(text: str) -> None:
    assert find_codes(text) == ()


def test_a_procedure_code_is_not_mistaken_for_a_dossier() -> None:
    (found,) = find_codes("thủ tục 1.001612.000.00.00.H48 làm sao")
    assert (found.kind, found.value) == (CodeKind.PROCEDURE, "1.001612.000.00.00.H48")


def test_several_codes_come_in_the_order_of_the_text() -> None:
    found = find_codes("PAKN.1761647228267 về hồ sơ H15.50.05.13-261008-0975, thủ tục 1.001193")
    assert [code.kind for code in found] == [CodeKind.FEEDBACK, CodeKind.DOSSIER, CodeKind.PROCEDURE]
    assert found[0].value == "PAKN.1761647228267"


def test_a_receipt_is_found_beside_a_number_of_the_national_portal() -> None:
    found = find_codes("số PA-7KQM-2XWP và PAKN.1761647228267 của tôi")
    assert [(code.kind, code.value) for code in found] == [
        (CodeKind.FEEDBACK, "PA-7KQM-2XWP"),
        (CodeKind.FEEDBACK, "PAKN.1761647228267"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "PA-7KQM-2XWP", "pa-7kqm-2xwp", "PA 7KQM 2XWP", "pa7kqm2xwp", "Pa.7kqm.2xwp", "PA–7KQM–2XWP", "PA_7KQM_2XWP", "pa - 7kqm - 2xwp",
        "PA:7KQM-2XWP", "pa 7kqm-2xwp", "PA7KQM 2XWP",
    ],
)  # fmt: skip
def test_a_receipt_is_found_however_it_is_typed(typed: str) -> None:
    (found,) = find_codes(f"phản ánh {typed}, tới đâu rồi?")
    assert (found.kind, found.value) == (CodeKind.FEEDBACK, "PA-7KQM-2XWP")
    assert f"phản ánh {typed}, tới đâu rồi?"[found.start : found.end] == typed


@given(st.integers(0, 2**32), st.sampled_from(["-", " ", "", " - ", "–", "."]), st.booleans())
def test_a_new_receipt_is_found_as_the_register_reads_it(seed: int, dash: str, lower: bool) -> None:
    receipt = new_receipt(Random(seed).choice)
    typed = receipt.replace("-", dash)
    found = find_codes(f"số {typed.lower() if lower else typed} ạ")
    first, second = receipt[3:7], receipt[8:]
    if dash in ("-", " - ", "–") or not all(part.isalpha() or part.isdigit() for part in (first, second)):
        assert [code.value for code in found] == [receipt]
        assert read_receipt(receipt) == receipt


@pytest.mark.parametrize(
    "text",
    [
        "đi sa pa ngay mai nhe 2 dua", "pa ngay 2283", "sa pa 2345 6789", "PA 2345-6789", "PA-ABCD-EFGH", "phương án PA 2024-2025",
        "pakn 12345678", "gọi 0912 345 678", "PA-7KQM-2XWPX", "XPA-7KQM-2XWP", "PA-7KQM-2XW", "pa nhanh 3456", "con pa tang hang 4 nguoi",
        "PA-7KQM-2XWP-ABCD",
    ],
)  # fmt: skip
def test_ordinary_words_and_numbers_are_no_receipt(text: str) -> None:
    assert not [code for code in find_codes(text) if code.value.startswith("PA-")]


def test_a_receipt_of_digits_alone_needs_its_dashes() -> None:
    assert [code.value for code in find_codes("PA-2345-6789")] == ["PA-2345-6789"]
    assert [code.value for code in find_codes("PA KQMX-2345")] == ["PA-KQMX-2345"]
