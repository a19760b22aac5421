"""Tests of reading fees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.importing.fees import read_fee
from nlu.catalogue.model import Fee, FeeItem, FeeKind
from tests.factories import TODAY


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("8,000 VNĐ", 8000),
        ("1.000.000 Đồng", 1_000_000),
        ("500,000 Việt Nam Đồng", 500_000),
        ("Lệ phí : 8000 Đồng", 8000),
        ("Phí : 2.500.000 đồng", 2_500_000),
        ("30.000đ", 30_000),
    ],
)
def test_one_amount_is_fixed(cell: str, amount: int) -> None:
    assert read_fee(cell, "", TODAY) == (Fee(kind=FeeKind.FIXED, amount=amount), ())


def test_the_note_beside_an_amount_is_kept() -> None:
    fee, reasons = read_fee("50.000 VNĐ", "- 50.000 đồng/hồ sơ", TODAY)

    assert fee == Fee(kind=FeeKind.FIXED, amount=50_000, text="50.000 đồng/hồ sơ")
    assert reasons == ()


@pytest.mark.parametrize(
    "note", ["", "Không", "Không có.", "Không quy định", "Chưa quy định", "1", "Không thu phí, lệ phí"]
)
def test_free_with_an_empty_note_is_free(note: str) -> None:
    assert read_fee("Miễn phí", note, TODAY) == (Fee(kind=FeeKind.FREE), ())


@pytest.mark.parametrize(
    "note",
    [
        "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh, thành phố trực thuộc Trung ương quyết định.",
        "Theo Nghị quyết của HĐND cấp tỉnh",
        "do Ủy ban nhân dân cấp tỉnh quy định.",
        "Theo quy định của địa phương",
    ],
)
def test_free_is_not_free_where_the_province_sets_the_fee(note: str) -> None:
    fee, reasons = read_fee("Miễn phí", note, TODAY)

    assert fee.kind is FeeKind.LOCAL
    assert fee.text == note
    assert reasons == ()


def test_an_amount_beside_a_provincial_note_is_one_provinces_amount() -> None:
    fee, _ = read_fee("150,000 VNĐ", "Do HĐND tỉnh quyết định", TODAY)

    assert (fee.kind, fee.amount, fee.text) == (FeeKind.LOCAL, None, "150,000 VNĐ; Do HĐND tỉnh quyết định")


def test_free_with_a_circular_about_the_fee_is_doubtful() -> None:
    fee, reasons = read_fee("Miễn phí", "Theo quy định tại Thông tư số 60/2023/TT-BTC", TODAY)

    assert fee.kind is FeeKind.UNKNOWN
    assert "Thông tư số 60/2023/TT-BTC" in fee.text
    assert reasons


def test_free_with_an_amount_in_the_note_is_doubtful() -> None:
    fee, reasons = read_fee("Miễn phí", "- Miễn lệ phí. - Phí công bố: 100.000 đồng/lần", TODAY)

    assert fee.kind is FeeKind.VARIES
    assert "100.000 đồng" in fee.text
    assert reasons


@pytest.mark.parametrize("cell", ["Miễn phí", "0 VNĐ", ""])
def test_an_exemption_for_some_does_not_make_it_free_for_all(cell: str) -> None:
    fee, reasons = read_fee(cell, "Miễn lệ phí đối với người thuộc hộ nghèo", TODAY)

    assert fee.kind is FeeKind.UNKNOWN
    assert fee.text == "Miễn lệ phí đối với người thuộc hộ nghèo"
    assert reasons


@pytest.mark.parametrize(
    "cell", ["0 VNĐ", "Phí : 0 Đồng", "Lệ phí : 0 Đồng", "0,000 VNĐ", "Phí : Không Đồng", "Phí :  Đồng"]
)
def test_zero_without_a_word_of_free_is_unknown(cell: str) -> None:
    fee, reasons = read_fee(cell, "", TODAY)

    assert fee == Fee(kind=FeeKind.UNKNOWN)
    assert "chưa nhập" in reasons[0]


def test_zero_that_is_called_free_is_free() -> None:
    assert read_fee("0 đồng", "Không thu lệ phí", TODAY)[0].kind is not FeeKind.FIXED
    assert read_fee("0 đồng", "Miễn phí theo Thông tư 47/2019/TT-BTC", TODAY)[0].kind is FeeKind.FREE


@pytest.mark.parametrize("cell", ["5 VNĐ", "200 VNĐ", "1 Việt Nam Đồng"])
def test_a_tiny_amount_is_not_believed(cell: str) -> None:
    fee, reasons = read_fee(cell, "", TODAY)

    assert fee.kind is FeeKind.UNKNOWN
    assert cell in reasons[0]


def test_several_named_amounts_become_items() -> None:
    cell = "Phí : 2.000.000 Đồng (Nghiên cứu, kiểm định)\nPhí : 3.500.000 Đồng (Thăm dò)\nFile đính kèm: a.pdf"

    fee, reasons = read_fee(cell, "", TODAY)

    assert fee.kind is FeeKind.VARIES
    assert fee.items == (
        FeeItem(name="Nghiên cứu, kiểm định", amount=2_000_000),
        FeeItem(name="Thăm dò", amount=3_500_000),
    )
    assert reasons == ()


@pytest.mark.parametrize("cell", ["50.000 VNĐ, 100.000 VNĐ", "30.000 Đồng; 60.000 Đồng", "10 USD"])
def test_amounts_without_a_name_or_in_foreign_money_stay_in_words(cell: str) -> None:
    fee, _ = read_fee(cell, "", TODAY)

    assert fee.kind is FeeKind.VARIES
    assert fee.text == cell


def test_an_expired_reduction_is_kept_and_doubted() -> None:
    fee, reasons = read_fee("100.000 VNĐ", "Giảm 50% đến hết ngày 31/12/2024", TODAY)

    assert fee.text == "Giảm 50% đến hết ngày 31/12/2024"
    assert "31/12/2024" in reasons[0]


def test_a_reduction_that_still_runs_is_not_doubted() -> None:
    assert read_fee("100.000 VNĐ", "Giảm 50% đến hết ngày 31 tháng 12 năm 2026", TODAY)[1] == ()


def test_an_impossible_date_is_passed_over() -> None:
    assert read_fee("100.000 VNĐ", "đến ngày 31/02/2024", TODAY)[1] == ()


def test_a_long_note_is_cut_at_a_word() -> None:
    fee, _ = read_fee("100.000 VNĐ", "mức thu " * 200, TODAY)

    assert len(fee.text) <= 600
    assert fee.text.endswith(("mức…", "thu…"))


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_printed_amount_goes_with_fixed_only(cell: str, note: str) -> None:
    fee, _ = read_fee(cell, note, TODAY)

    assert (fee.kind is FeeKind.FIXED) == (fee.amount is not None)
    assert fee.amount is None or fee.amount >= 1000


@given(st.integers(min_value=1000, max_value=10**9), st.sampled_from([",", "."]))
def test_every_amount_is_read_whatever_divides_its_thousands(amount: int, mark: str) -> None:
    assert read_fee(f"{amount:,} VNĐ".replace(",", mark), "", TODAY)[0].amount == amount
