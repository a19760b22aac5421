"""What Article 7 asks of a sender."""

from __future__ import annotations

import pytest

from feedback.record import SenderKind
from feedback.requirements import address_of, kind_of, mail_of, name_of, phone_of, story_of, tells_enough


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0905123427", "+84905123427"),
        ("0905 123 427", "+84905123427"),
        ("+84 905.123.427", "+84905123427"),
        ("84905123427", "+84905123427"),
        ("(024) 3825-1234", "+842438251234"),
    ],
)
def test_a_number_is_read_however_it_is_laid_out(typed: str, number: str) -> None:
    assert phone_of(typed) == number


@pytest.mark.parametrize("typed", ["", "0905", "0105123427", "09051234277", "không có", "0905123427 gọi tối"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert phone_of(typed) is None


@pytest.mark.parametrize(
    "typed", ["", "A", "12345", "ẩn danh", "giau ten", "không có ảnh", "ko noi ten", "0905123427", "x" * 201]
)
def test_what_cannot_be_a_name_is_none(typed: str) -> None:
    assert name_of(typed) is None


def test_names_and_addresses_are_kept_in_one_writing() -> None:
    assert name_of("  Nguyê\u0303n   Văn An. ") == "Nguyễn Văn An"
    assert address_of("12 Lê Lợi,\tphường Mẫu") == "12 Lê Lợi, phường Mẫu"
    assert address_of("123") is None
    assert address_of("12345") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Công ty TNHH Mẫu", SenderKind.ENTERPRISE),
        ("cong ty mau", SenderKind.ENTERPRISE),
        ("Hộ kinh doanh Hoa", SenderKind.HOUSEHOLD),
        ("Nguyễn Văn An", SenderKind.CITIZEN),
    ],
)
def test_the_kind_of_sender_is_seen_from_the_name(name: str, kind: SenderKind) -> None:
    assert kind_of(name) is kind


def test_an_address_for_mail_needs_a_domain() -> None:
    assert mail_of("an@example.org") == "an@example.org"
    assert mail_of("an@example") is None


def test_a_story_keeps_its_lines_and_is_cut_where_nobody_reads_on() -> None:
    assert story_of(" một \n\n\n\n hai\u0000 ") == "một\n\nhai"
    assert len(story_of("chữ " * 9000)) == 12_000
    assert not tells_enough("chán lắm")
    assert not tells_enough("1234567890 1234567890 1234567890")
    assert tells_enough("cán bộ phường trả hồ sơ chậm")
