"""Telephone numbers as Zalo gives and takes them."""

from __future__ import annotations

import pytest

from bot.channels.zalo_oa.phones import as_zalo_writes, dialled, international


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("84912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("+84 (91) 234-5678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("12", ""),
        ("", ""),
        ("số của tôi", ""),
        ("9" * 16, ""),
    ],
)
def test_a_number_is_kept_in_one_form(given: str, kept: str) -> None:
    assert international(given) == kept
    assert as_zalo_writes(given) == kept[1:]


@pytest.mark.parametrize(
    ("link", "dials"),
    [("tel:1022", "1022"), ("tel:18001096", "18001096"), ("tel:+84 236 3881888", "842363881888"), ("tel:0912345678", "84912345678")],
)  # fmt: skip
def test_a_link_dials_what_the_telephone_needs(link: str, dials: str) -> None:
    assert dialled(link) == dials
