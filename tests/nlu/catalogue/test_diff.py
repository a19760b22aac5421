"""Tests of comparing versions."""

from __future__ import annotations

from typing import Any

from bot.unit_of_work import UnitOfWork
from nlu.catalogue.diff import Change, compare, diff_versions, report_lines
from nlu.catalogue.model import Fee, FeeKind, PaperCase, Procedure, RequiredPaper
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import make_draft
from tests.factories import NOW, counter, procedure


def changes(**fields: Any) -> list[Change]:
    """What these changes to a procedure are told as."""
    return list(compare(procedure(), procedure(**fields)))


def test_equal_records_have_no_changes() -> None:
    assert changes() == []


def test_papers_are_compared_line_by_line() -> None:
    paper = RequiredPaper(name="Tờ khai đăng ký khai sinh", originals=2, copies=0)

    assert changes(cases=(PaperCase(papers=(paper,)),)) == [
        Change("papers", ("Tờ khai đăng ký khai sinh (1 bản chính)",), ("Tờ khai đăng ký khai sinh (2 bản chính)",))
    ]


def test_fees_and_times_are_told_apart() -> None:
    fee = Fee(kind=FeeKind.FIXED, amount=8000)

    assert changes(methods=(counter(3, fee),)) == [
        Change("fees", ("Trực tiếp: miễn phí",), ("Trực tiếp: 8.000 đồng",)),
        Change("times", ("Trực tiếp: 1 ngày làm việc",), ("Trực tiếp: 3 ngày làm việc",)),
    ]


def test_other_fields_follow_by_name() -> None:
    assert [change.part for change in changes(name="Khác", steps=("a", "b"), nationwide=True)] == [
        "name",
        "nationwide",
        "steps",
    ]


def test_another_order_alone_is_told_as_such() -> None:
    papers = tuple(RequiredPaper(name=name) for name in ("A", "B"))
    old = procedure(cases=(PaperCase(papers=papers),))
    new = procedure(cases=(PaperCase(papers=papers[::-1]),))

    assert [change.gone for change in compare(old, new)] == [("(thứ tự cũ)",)]


async def test_two_versions_are_compared(database: UnitOfWork) -> None:
    async def version(*procedures: Procedure) -> int:
        return (await make_draft(database, lambda: procedures, origin="t", now=NOW, replace=True)).number

    old = await version(procedure("1.000001"), procedure("1.000002"), procedure("1.000003"))
    new = await version(procedure("1.000002"), procedure("1.000003", result="Thẻ"), procedure("1.000004"))

    async with database.read() as session:
        found = await diff_versions(CatalogueStore(session), old, new)

    assert [one.code for one in found.added] == ["1.000004"]
    assert [one.code for one in found.removed] == ["1.000001"]
    assert [(one.code, [change.part for change in one.changes]) for one in found.changed] == [("1.000003", ["result"])]
    assert found.unchanged == 1
    text = "\n".join(report_lines(found))
    assert "thêm 1, bỏ 1, sửa 1, giữ nguyên 1" in text
    assert "- Giấy khai sinh" in text
    assert "+ Thẻ" in text


async def test_a_first_draft_is_compared_with_nothing_and_long_lists_are_cut(database: UnitOfWork) -> None:
    many = [procedure(f"1.{number:06d}") for number in range(5)]
    await make_draft(database, lambda: many, origin="t", now=NOW)

    async with database.read() as session:
        found = await diff_versions(CatalogueStore(session), None, 1)

    lines = list(report_lines(found, limit=2))
    assert "danh mục trống" in lines[0]
    assert lines[-1] == "… và 3 thủ tục nữa (xem hết: --all)"
