"""Tests of mapping portal rows to procedures."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.importing.portal import read_procedure
from nlu.catalogue.importing.row import RowRejectedError
from nlu.catalogue.model import Detail, Level, OnlineLevel, Procedure
from tests.factories import TODAY, portal_channel, portal_row


def read(**changes: Any) -> Procedure:
    """Map a row with these changes."""
    return read_procedure(portal_row(**changes), TODAY)


def test_a_full_row_becomes_a_full_record() -> None:
    procedure = read()

    assert procedure.code == "1.001193"
    assert procedure.name == "Đăng ký khai sinh"
    assert procedure.levels == (Level.COMMUNE,)
    assert procedure.applicants == ("Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)")
    assert procedure.cases[0].papers[0].name == "Tờ khai theo mẫu"
    assert procedure.steps == ("Bước 1: Nộp hồ sơ.", "Bước 2: Nhận kết quả.")
    assert procedure.result == "Giấy khai sinh"
    assert procedure.conditions == ""
    assert procedure.decision == "163/QĐ-BTP"
    assert procedure.as_of == "2026-06"
    assert procedure.detail is Detail.FULL
    assert procedure.doubts == ()
    assert procedure.caveats == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "2.000591.00"}, "code"),
        ({"code": None}, "code"),
        ({"code": "'; DROP TABLE catalogue_entry"}, "code"),
        ({"name": "Bỏ"}, "name"),
        ({"name": "x" * 2000}, "name"),
        ({"name": {"a": 1}}, "name"),
        ({"source": ""}, "source"),
        ({"source": "somebody told me"}, "source"),
    ],
)
def test_a_row_without_code_name_or_dated_source_is_rejected(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RowRejectedError) as caught:
        read(**changes)

    assert caught.value.field == field


def test_a_time_without_a_unit_is_unknown_and_doubtful() -> None:
    procedure = read(channels=[portal_channel(time_value=1, time_unit=None, time_text="1")])

    assert not procedure.methods[0].time.known
    assert [doubt.field for doubt in procedure.doubts] == ["methods.counter.time"]


def test_numbers_glued_together_leave_time_and_fee_unknown() -> None:
    procedure = read(channels=[portal_channel(ambiguous=True)])

    assert not procedure.methods[0].time.known
    assert procedure.methods[0].fee.amount is None
    assert {doubt.field for doubt in procedure.doubts} == {"methods.counter.time", "methods.counter.fee"}


def test_a_listing_row_is_a_listing_and_so_is_a_full_one_without_details() -> None:
    empty: dict[str, Any] = {"documents": [], "channels": [], "steps": None}

    assert read(detail="list", **empty).detail is Detail.LISTING
    assert read(detail="full", **empty).detail is Detail.LISTING


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("Cấp tỉnh, Cấp xã", (Level.PROVINCE, Level.COMMUNE)),
        ("Bộ", (Level.CENTRAL,)),
        ("Cấp Bộ, Cấp Tỉnh, Cấp Xã, Cơ quan khác", (Level.CENTRAL, Level.PROVINCE, Level.COMMUNE, Level.OTHER)),
        ("", (Level.COMMUNE,)),
    ],
)
def test_levels_come_from_their_field_or_from_what_the_agency_says(level: str, expected: tuple[Level, ...]) -> None:
    assert read(level=level).levels == expected


def test_agencies_are_split_and_each_named_once() -> None:
    agency = "Công an tỉnh, Cục quản lý xuất nhập cảnh; công an tỉnh; Phòng trật tự, xã hội"

    assert read(agency=agency).agencies == ("Công an tỉnh", "Cục quản lý xuất nhập cảnh", "Phòng trật tự, xã hội")


def test_result_codes_are_taken_out_of_the_result() -> None:
    result = "Công văn A (NB9)Mã: KQ.G01.000020Công văn B\nMã: KQ.H37 0002"

    assert read(result=result).result == "Công văn A (NB9); Công văn B"


def test_lines_broken_by_the_page_are_joined_and_steps_without_numbers_split_at_lines() -> None:
    steps = "- Nộp hồ sơ tại\ntrung tâm.\n- Nhận kết quả."

    assert read(steps=steps).steps == ("Nộp hồ sơ tại trung tâm.", "Nhận kết quả.")


def test_legal_basis_keeps_document_numbers_only() -> None:
    assert read(legal_basis=["Thông tư số 03/2023/TT-BNG", "60/2014/QH13", 5, "?"]).legal_basis == (
        "03/2023/TT-BNG",
        "60/2014/QH13",
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [("•\n\nToàn trình.", OnlineLevel.FULL), ("Một phần", OnlineLevel.PARTIAL), (None, None), ("?", None)],
)
def test_online_level_is_read_only_where_the_row_says_so(text: str | None, level: OnlineLevel | None) -> None:
    assert read(online_level=text).online is level


def test_a_dangerous_address_is_left_out() -> None:
    assert read(url="javascript:alert(1)").url is None


def test_a_shortened_text_is_doubtful() -> None:
    assert [doubt.field for doubt in read(steps="Bước 1: Nộp […]").doubts] == ["steps"]


def test_a_row_from_one_text_keeps_its_ways_and_doubts_them() -> None:
    text = "•\n\nHồ sơ được nộp trực tiếp tại Sở\nhoặc nộp trực tuyến."

    procedure = read(channels=[], channels_text=text, time_limit="• 05 ngày làm việc Mức trực tuyến: Toàn trình")

    assert [method.way.value for method in procedure.methods] == ["counter", "online"]
    assert procedure.methods[0].time.amount == 5
    assert [doubt.field for doubt in procedure.doubts] == ["methods"]


def test_headings_in_one_text_divide_the_ways() -> None:
    procedure = read(channels=[], channels_text="Trực tiếp\nNộp tại xã\nDịch vụ bưu chính\nGửi thư", time_limit="")

    assert [(method.way.value, method.note) for method in procedure.methods] == [
        ("counter", "Nộp tại xã"),
        ("post", "Gửi thư"),
    ]


def test_a_table_row_takes_times_and_fees_from_the_columns_of_the_whole() -> None:
    row = {
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "source": "Sổ tay 2026",
        "channels": "Trực tiếp; Trực tuyến",
        "documents": "Tờ khai; Giấy chứng sinh",
        "time_limit": "Trực tiếp: 5 ngày; Trực tuyến: 3 ngày",
        "fees": "8.000 đồng",
    }

    procedure = read_procedure(row, TODAY)

    assert [(method.time.amount, method.fee.amount) for method in procedure.methods] == [(5, 8000), (3, 8000)]
    assert [paper.name for paper in procedure.cases[0].papers] == ["Tờ khai", "Giấy chứng sinh"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted(portal_row().keys() - {"code", "name", "source"})


@given(
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING),
    st.dictionaries(st.sampled_from(sorted(portal_channel())), ANYTHING),
)
def test_whatever_the_other_fields_hold_the_row_becomes_a_valid_record(
    changes: dict[str, Any], channel: dict[str, Any]
) -> None:
    procedure = read(**{"channels": [portal_channel(**channel)], **changes})

    assert msgspec.json.decode(msgspec.json.encode(procedure), type=Procedure) == procedure
