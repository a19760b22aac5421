"""Names of papers as people type them."""

from __future__ import annotations

import pytest

from bot.dialogue.typed_papers import LONGEST, is_doubtful, listed_in, names_in, taken_off

LISTED = (
    "Tờ khai đăng ký khai sinh",
    "Giấy chứng sinh; không có thì văn bản của người làm chứng",
    "Bản sao căn cước công dân",
)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("  đơn xin xác nhận;giấy ra viện nữa nhé ", ("Đơn xin xác nhận", "Giấy ra viện")),
        ("1. tờ khai\n2) ảnh 3x4\n- ảnh 4x6", ("Tờ khai", "Ảnh 3x4", "Ảnh 4x6")),
        ("gửi thêm giấy ra viện", ("Giấy ra viện",)),
        ("? ; ,", ()),
        ("Hóa đơn ngày 3, 4", ("Hóa đơn ngày 3, 4",)),
    ],
)
def test_names_are_parted_and_cleaned(said: str, names: tuple[str, ...]) -> None:
    assert names_in(said) == names


def test_a_name_is_cut_at_its_longest() -> None:
    assert len(names_in("giấy " * 100)[0]) <= LONGEST


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("to khai", (0,)),
        ("tờ khai và giấy chứng sinh", (0, 1)),
        ("gcs", (1,)),
        ("nguoi lam chung", (1,)),
        ("căn cước", (2,)),
        ("giấy ra viện", ()),
        ("to khai va giay ra vien", ()),
        ("x", ()),
    ],
)
def test_a_name_means_the_line_it_begins_or_whose_words_it_has(name: str, places: tuple[int, ...]) -> None:
    assert listed_in(name, LISTED) == places


@pytest.mark.parametrize("name", ["Abc", "x", "Aaaa", "bcd", "Ok", "Mẹ tôi cũng muốn gửi"])
def test_what_hardly_names_anything_is_doubtful(name: str) -> None:
    assert is_doubtful(name)


@pytest.mark.parametrize("name", ["Sổ đỏ", "Ảnh", "Đơn", "CCCD bản sao", "Photo hộ khẩu"])
def test_short_names_of_papers_are_not_doubtful(name: str) -> None:
    assert not is_doubtful(name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("bỏ giấy chứng sinh ra", "giấy chứng sinh"),
        ("thoi khong gui to khai nua nhe", "to khai"),
        ("bo giay chung sinh", "giay chung sinh"),
        ("giấy chứng sinh", ""),
    ],
)
def test_words_may_take_a_paper_off(said: str, name: str) -> None:
    assert taken_off(said) == name
