"""Tests of finding overwritten names."""

from __future__ import annotations

from nlu.catalogue.importing.names import NameWatch
from nlu.catalogue.model import Procedure
from tests.factories import procedure

LONG = "Hỗ trợ phát triển sản xuất cộng đồng thuộc chương trình"


def watched(*procedures: Procedure) -> set[str]:
    """The codes found suspicious among these."""
    watch = NameWatch()
    for one in procedures:
        watch.see(one)
    return set(watch.suspicious())


def farming(number: int, name: str = "", publisher: str = "Bộ Nông nghiệp") -> Procedure:
    """A procedure of the field of farming."""
    return procedure(
        f"1.{number:06d}", name=name or f"Thủ tục nông nghiệp {number}", field="Nông nghiệp", published_by=publisher
    )


FIELD = tuple(farming(number) for number in range(1, 5))


def test_a_shared_name_in_a_field_of_another_ministry_is_suspicious() -> None:
    strangers = (farming(20, LONG, "Bộ Công an"), farming(21, LONG.upper(), "Bộ Công an"))

    assert watched(*FIELD, *strangers) == {"1.000020", "1.000021"}


def test_a_name_shared_within_its_own_ministry_is_normal() -> None:
    assert watched(*FIELD, farming(20, LONG), farming(21, LONG)) == set()


def test_a_provincial_copy_shares_its_name_by_right() -> None:
    copy = procedure("1.000020.H17", name=LONG, field="Nông nghiệp", published_by="Bộ Công an")

    assert watched(*FIELD, farming(20, LONG, "Bộ Công an"), copy) == set()


def test_short_names_and_unknown_fields_are_not_judged() -> None:
    short = (farming(20, "Cấp lại giấy phép", "Bộ Công an"), farming(21, "Cấp lại giấy phép", "Bộ Y tế"))

    assert watched(*FIELD, *short) == set()
    assert watched(farming(20, LONG, "Bộ Công an"), farming(21, LONG, "Bộ Y tế")) == set()


def test_the_same_ministry_under_its_former_name_is_no_stranger() -> None:
    field = tuple(farming(number, publisher="Bộ Xây dựng (Giao thông vận tải cũ)") for number in range(1, 5))

    assert watched(*field, farming(20, LONG, "Bộ xây dựng"), farming(21, LONG, "Bộ xây dựng")) == set()
