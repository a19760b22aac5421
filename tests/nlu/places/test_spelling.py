"""How the words of an address are cut and compared."""

from __future__ import annotations

import pytest

from nlu.places.spelling import LOST, bare, cut, differing, key_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đắk Lắk", "dac lac"),
        ("Quy Nhơn", "qui nhon"),
        ("Phường 05", "phuong5"),
        ("Ea H'Leo", "eahleo"),
        ("Mỹ Tho", "mĩ tho"),
        ("Hoà Bình", "Hòa Bình"),
    ],
)
def test_ways_of_writing_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_khanh_and_canh_are_two_names() -> None:
    assert key_of("Bình Khánh") != key_of("Bình Cảnh")


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Thị trấn Ba Tơ", ("thitran", "Ba Tơ")), ("Thị Xã Chũ", ("thixa", "Chũ")), ("Lăng Cô", ("", "Lăng Cô"))],
)
def test_a_name_is_parted_from_its_kind(name: str, parts: tuple[str, str]) -> None:
    assert bare(name) == parts


def test_commas_part_names_and_dashes_part_kinds() -> None:
    assert [(one.said, one.breaks, one.apart) for one in cut("P5, Hà - Nội")] == [
        ("p", False, False), ("5", False, False), ("hà", True, True), ("nội", False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "strange"),
    [
        ("quảng ngãi", 0.0),
        ("quang ngai", 0.0),
        ("quảng ngải", 1.0),
        ("quảng ngai", LOST),
        ("quangngai", 0.0),
        ("quángngãi", 1.0),
    ],
)
def test_accents_that_are_not_the_names_count(said: str, strange: float) -> None:
    assert differing(said.split(), ("quảng", "ngãi")) == strange


def test_in_an_accented_text_accents_left_out_count_a_little() -> None:
    assert differing(["thanh"], ["thạnh"], accented=True) == LOST
