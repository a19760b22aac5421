"""A message that names a field and nothing else opens its list; a message that names a service never does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.starter import load_starter
from nlu.fields import FieldsError, load_fields
from nlu.text import fold

FIELDS = load_fields()
STARTER, _ = load_starter()


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "no accents"])
@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("thủ tục đất đai", "land"),
        ("Tôi muốn hỏi về hộ tịch", "civil_status"),
        ("cho hỏi lĩnh vực xây dựng ạ", "building"),
        ("giấy tờ xe", "vehicles"),
        ("bảo hiểm xã hội", "social_insurance"),
        ("hỏi về bhxh", "social_insurance"),
        ("làm giấy tờ cho trẻ em", "children"),
        ("giấy tờ cho con", "children"),
        ("em ơi cho anh hỏi các thủ tục liên quan đến đất đai với", "land"),
        ("hộ tịch có những thủ tục gì", "civil_status"),
        ("thủ tục đất đai cần giấy tờ gì", "land"),
        ("tư vấn giúp em về mảng doanh nghiệp", "companies"),
    ],
)
def test_a_bare_field_is_recognised(text: str, field: str, write: type) -> None:
    found = FIELDS.named(write(text))
    assert found is not None
    assert found.id == field


@pytest.mark.parametrize(
    "text",
    [
        "sang tên sổ đỏ", "làm căn cước", "đăng ký xe", "cho con hỏi", "mua đất của chú", "xin giấy phép xây dựng",
        "làm thuế", "con tôi", "đất nhà tôi bị lấn", "bảo hiểm xã hội một lần", "trẻ em dưới 6 tuổi", "", "xin chào", "cho con đất",
    ],
)  # fmt: skip
def test_what_names_a_service_or_nothing_opens_no_field(text: str) -> None:
    assert FIELDS.named(text) is None


def test_no_name_and_no_saying_of_a_starter_procedure_opens_a_field() -> None:
    asked = [said for one in STARTER for said in (one.name, *one.also_called)]
    assert [said for said in asked if FIELDS.named(said)] == []


@pytest.mark.parametrize(
    ("text", "opens"), [("cho trẻ em", False), ("đất đai", False), ("tôi muốn hỏi về đất đai", True)]
)
def test_while_something_is_under_discussion_the_bare_name_is_not_enough(text: str, opens: bool) -> None:
    assert bool(FIELDS.named(text, surely=True)) is opens


def test_every_code_is_in_the_starter_catalogue_and_no_name_stands_for_two_fields() -> None:
    codes = {one.code for one in STARTER}
    assert [one.code for field in FIELDS.known for one in field.popular if one.code not in codes] == []
    names = [fold(said) for field in FIELDS.known for said in field.say]
    assert len(names) == len(set(names))


def test_titles_are_short_and_never_twice_in_one_list() -> None:
    for field in FIELDS.known:
        titles = [one.title for one in field.popular]
        assert len(set(titles)) == len(titles) <= 8
        assert all(len(title) <= 60 for title in titles)


@given(st.text(max_size=80))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    FIELDS.named(text)


def test_a_file_of_another_form_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "fields.yml"
    path.write_text("- {id: x}")
    with pytest.raises(FieldsError, match=r"fields\.yml"):
        load_fields(path)
