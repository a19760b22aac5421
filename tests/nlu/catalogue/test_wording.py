"""Tests of saying records for officials."""

from __future__ import annotations

import msgspec

from nlu.catalogue.diff import DERIVED
from nlu.catalogue.model import (
    Fee,
    FeeItem,
    FeeKind,
    Form,
    PaperCase,
    PaperRole,
    Procedure,
    RequiredPaper,
    TimeLimit,
    TimeUnit,
)
from nlu.catalogue.wording import LABELS, fee_text, money, paper_lines, time_text
from tests.factories import procedure


def test_every_field_has_its_official_label() -> None:
    assert {field.name for field in msgspec.structs.fields(Procedure)} - DERIVED <= LABELS.keys()


def test_times_are_said_with_their_condition_or_as_unknown() -> None:
    assert time_text(TimeLimit(amount=1.5, unit=TimeUnit.MONTH, text="nếu đủ")) == "1,5 tháng (nếu đủ)"
    assert time_text(TimeLimit()) == "chưa rõ"
    assert time_text(TimeLimit(text="Trong ngày")) == "Trong ngày"


def test_fees_are_said_with_their_items() -> None:
    items = (FeeItem(name="Cấp mới", amount=100_000), FeeItem(name="Cấp lại", text="miễn"))

    assert fee_text(Fee(kind=FeeKind.VARIES, items=items)) == "nhiều mức (Cấp mới: 100.000 đồng; Cấp lại: miễn)"
    assert fee_text(Fee(kind=FeeKind.LOCAL)) == "do HĐND cấp tỉnh quy định"
    assert money(1_000_000) == "1.000.000 đồng"


def test_papers_are_said_with_case_role_counts_and_form() -> None:
    papers = (
        RequiredPaper(name="Hộ chiếu", role=PaperRole.SHOW, originals=1),
        RequiredPaper(name="Tờ khai", copies=2, form=Form(name="Mẫu 01")),
    )

    assert paper_lines(procedure(cases=(PaperCase(title="Cấp lại", papers=papers),))) == (
        "[Cấp lại] Hộ chiếu (xuất trình, 1 bản chính)",
        "[Cấp lại] Tờ khai (2 bản sao, mẫu: Mẫu 01)",
    )
