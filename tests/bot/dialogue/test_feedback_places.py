"""Addresses, offices and places are told from names and other words, with and without accents."""

from __future__ import annotations

import pytest

from bot.dialogue.feedback_places import looks_like_address, names_place, office_in, place_in


@pytest.mark.parametrize(
    "text",
    [
        "12 Lê Lợi", "thôn Đông", "phường Tân Lập", "phuong tan lap dak lak", "thon dong xa mau", "Hà Nội, Việt Nam", "tổ dân phố Ba",
        "chung cư Hoa Mai", "5 Main street", "Nhà cô Ba cạnh chợ Mới Cái Răng",
    ],
)  # fmt: skip
def test_what_names_a_house_a_village_or_a_ward_is_an_address(text: str) -> None:
    assert looks_like_address(text)


@pytest.mark.parametrize(
    "text", ["Nguyễn Văn An", "Trần Văn Tổ", "Nguyễn Phương Anh", "nguyen phuong anh", "nhà tôi", "John Smith"]
)
def test_a_persons_name_alone_is_no_address(text: str) -> None:
    assert not looks_like_address(text)


def test_an_office_is_read_from_a_story_only_with_its_whole_name() -> None:
    assert office_in("Hôm qua tôi ra UBND phường Tân Lập nộp hồ sơ") == "UBND phường Tân Lập"
    assert office_in("ra Bộ phận một cửa xã Ea Kao, tỉnh Đắk Lắk thì") == "Bộ phận một cửa xã Ea Kao, tỉnh Đắk Lắk"
    assert office_in("Cán bộ phường trả hồ sơ chậm") == ""
    assert office_in("UBND xã Mẫu đẩy sang UBND xã Khác") == ""


def test_a_place_is_read_from_words_with_its_level() -> None:
    assert place_in("bộ phận một cửa xã Ea Kao, tỉnh Đắk Lắk") == "xã Ea Kao, tỉnh Đắk Lắk"
    assert place_in("cán bộ xã") == ""
    assert names_place("ubnd xa mau")
    assert not names_place("bộ phận một cửa phường")
