"""The form of a procedure: what was not touched stays as it is, and what is wrong is said precisely."""

from __future__ import annotations

from datetime import date

import pytest

from bot.console.catalogue.form import Shape, written
from bot.console.catalogue.form_reading import Read, read_as_of, read_day, read_form
from bot.console.catalogue.form_rows import read_money
from nlu.catalogue.model import (
    Detail,
    Doubt,
    Fee,
    FeeItem,
    FeeKind,
    FilingMethod,
    FilingWay,
    Form,
    Level,
    OnlineLevel,
    PaperCase,
    PaperRole,
    Procedure,
    RequiredPaper,
    TimeLimit,
    TimeUnit,
)
from tests.factories import procedure

TODAY = date(2026, 11, 26)
FORM = Form(name="Tờ khai", url="https://mau.example/1")
RICH = procedure(
    cases=(
        PaperCase(papers=(RequiredPaper(name="Tờ khai", originals=1, copies=0, form=FORM),)),
        PaperCase(title="Đi thay", papers=(RequiredPaper(name="Giấy ủy quyền", role=PaperRole.SHOW),)),
    ),
    methods=(
        FilingMethod(
            way=FilingWay.COUNTER,
            time=TimeLimit(amount=1.5, unit=TimeUnit.MONTH, text="nếu đủ"),
            fee=Fee(
                kind=FeeKind.VARIES,
                items=(FeeItem(name="Cấp mới", amount=100000), FeeItem(name="Cấp: lại", amount=5, text="mỗi bản")),
            ),
            note="Buổi sáng",
            url="https://nop.example/",
        ),
    ),
    steps=("Bước một.\nDòng hai.", "Bước hai."),
    online=OnlineLevel.FULL,
    nationwide=True,
    applicants=("Công dân", "Tổ chức"),
    legal_basis=("60/2014/QH13",),
)
SOURCE = {"all_source": "Quyết định 12/QĐ-UBND", "all_as_of": "15/10/2026"}


def read(record: Procedure = RICH, source: dict[str, str] = SOURCE, **typed: str) -> Read:
    """A form in which some fields were changed."""
    return read_form(record, {**written(record), **source, **typed}, Shape.of(record).with_room(), TODAY)


def test_a_form_that_nobody_touched_changes_nothing_and_asks_for_no_source() -> None:
    found = read(source={})
    assert (found.procedure, found.changed, found.faults) == (RICH, (), {})


def test_lines_that_a_browser_ends_in_its_own_way_are_no_change() -> None:
    typed = {name: value.replace("\n", "\r\n") for name, value in written(RICH).items()}
    assert read_form(RICH, typed, Shape.of(RICH), TODAY).changed == ()


def test_everything_else_stays_word_for_word_when_one_field_is_changed() -> None:
    found = read(result="Giấy khai sinh, bản điện tử")
    assert (found.changed, found.faults) == (("result",), {})
    origin = found.procedure.origins[0]
    assert (origin.part, origin.source.name, origin.as_of) == ("result", "Quyết định 12/QĐ-UBND", "2026-10-15")
    assert found.procedure.methods == RICH.methods
    assert found.procedure.cases == RICH.cases


def test_a_group_that_changed_keeps_its_other_rows() -> None:
    found = read(m0_note="Buổi chiều")
    assert found.procedure.methods[0].fee == RICH.methods[0].fee
    assert found.procedure.methods[0].time == RICH.methods[0].time
    assert [one.part for one in found.procedure.origins] == ["ways"]
    papers = read(p0_0_copies="2").procedure.cases
    assert (papers[0].papers[0].copies, papers[1]) == (2, RICH.cases[1])


def test_a_changed_fee_is_the_source_of_fees_and_not_of_times() -> None:
    typed = {"m0_kind": "fixed", "m0_fee": "8.000", "m0_items": ""}
    found = read(**typed)
    assert found.procedure.methods[0].fee == Fee(kind=FeeKind.FIXED, amount=8000)
    assert [one.part for one in found.procedure.origins] == ["fees"]


def test_papers_and_cases_are_added_in_the_empty_rows_and_taken_out_by_emptying_them() -> None:
    found = read(
        p0_1_name="Căn cước", p0_1_role="show", case2_title="Trẻ sinh ở nước ngoài", p2_0_name="Giấy khai sinh"
    )
    assert [one.name for one in found.procedure.cases[0].papers] == ["Tờ khai", "Căn cước"]
    assert found.procedure.cases[2].title == "Trẻ sinh ở nước ngoài"
    assert len(read(case1_title="", p1_0_name="").procedure.cases) == 1


def test_every_changed_group_asks_for_a_source_and_a_day() -> None:
    found = read(source={}, result="Khác", name="Tên khác")
    assert set(found.faults) == {"result_source", "result_as_of", "name_source", "name_as_of"}
    own = {"result_source": "Công văn 5", "result_as_of": "09/2026"}
    kept = read(source={}, result="Khác", **own)
    assert kept.faults == {}
    assert kept.procedure.origins[0].as_of == "2026-09"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": ""}, "name", "phải có tên"),
        ({"p0_0_originals": "hai"}, "p0_0_originals", "“hai”"),
        ({"p0_1_copies": "1"}, "p0_1_name", "chưa có tên giấy tờ"),
        ({"case2_title": "Trường hợp X"}, "case2_title", "chưa có giấy tờ nào"),
        ({"m0_unit": ""}, "m0_unit", "chọn đơn vị"),
        ({"m0_amount": "năm"}, "m0_amount", "“năm”"),
        ({"m0_kind": "fixed"}, "m0_fee", "phải có số tiền"),
        ({"m0_fee": "tám nghìn"}, "m0_fee", "“tám nghìn”"),
        ({"m0_fee": "8000"}, "m0_kind", "xóa số tiền"),
        ({"m1_way": "counter"}, "m1_way", "hai lần"),
        ({"m1_amount": "3"}, "m1_way", "chưa chọn cách nộp"),
        ({"m0_kind": "local", "m0_items": ""}, "m0_fee_text", "văn bản quy định"),
        ({"url": "dichvucong.gov.vn"}, "url", "https://"),
        ({"levels": "district"}, "levels", "01/07/2025"),
        ({"agencies": "Sở Kế hoạch và Đầu tư"}, "agencies", "không còn từ năm 2025"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(typed: dict[str, str], field: str, said: str) -> None:
    assert said in read(**typed).faults[field]


def test_a_corrected_part_is_no_longer_doubtful_and_a_listing_becomes_whole() -> None:
    listing = procedure(
        detail=Detail.LISTING, doubts=(Doubt(field="fee", reason="?"), Doubt(field="time", reason="?")), cases=()
    )
    typed = {"p0_0_name": "Tờ khai", "m0_kind": "fixed", "m0_fee": "5000"}
    found = read(listing, **typed)
    assert found.faults == {}
    assert found.procedure.detail is Detail.FULL
    assert [one.field for one in found.procedure.doubts] == ["time"]


def test_levels_are_ticked() -> None:
    assert read(levels="province commune").procedure.levels == (Level.PROVINCE, Level.COMMUNE)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("15/10/2026", "2026-10-15"), ("1-2-2026", "2026-02-01"), ("10/2026", "2026-10"), ("2025", "2025")],
)
def test_days_are_read_as_officials_write_them(text: str, iso: str) -> None:
    assert read_as_of(text, TODAY) == (iso, "")


@pytest.mark.parametrize("text", ["31/02/2026", "hôm qua", "27/11/2026", "13/2026"])
def test_days_that_are_none_or_to_come_are_refused(text: str) -> None:
    assert read_as_of(text, TODAY)[1]


def test_a_last_day_needs_day_month_and_year() -> None:
    assert read_day("15/12/2026") == (date(2026, 12, 15), "")
    assert read_day("12/2026")[1]
    assert read_day("31/02/2026")[1]


@pytest.mark.parametrize(
    ("text", "amount"), [("8000", 8000), ("8.000 đồng", 8000), ("1 250 000đ", 1250000), ("8,5", None), ("miễn", None)]
)
def test_money_is_read_and_nothing_else(text: str, amount: int | None) -> None:
    assert read_money(text) == amount


def test_a_source_leads_nowhere_but_to_the_web() -> None:
    found = read(RICH, {**SOURCE, "all_source_url": "javascript:alert(1)"}, name="Tên khác")
    assert "https://" in found.faults["name_source"]
    assert not read(RICH, {**SOURCE, "all_source_url": "https://congbao.example/1"}, name="Tên khác").faults
