"""What goes into one SMS."""

from __future__ import annotations

import pytest

from bot.dossiers.sms.length import fits, one_sms, unaccented


def test_a_text_without_accents_is_in_the_plain_alphabet() -> None:
    assert unaccented("Hồ sơ đã xong – “Đủ” giấy tờ…") == 'Ho so da xong - "Du" giay to.'
    assert unaccented("☃") == "?"


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("a" * 160, True),
        ("a" * 161, False),
        ("a" * 158 + "{", True),
        ("a" * 159 + "{", False),
        ("ă" * 70, True),
        ("ă" + "a" * 70, False),
    ],
)
def test_one_accent_costs_more_than_half_of_the_room(text: str, one: bool) -> None:
    assert fits(text) is one


def test_the_longest_wording_that_is_one_message_is_taken() -> None:
    wordings = ["ờ" * 90, "ờ" * 60, "ờ"]
    assert one_sms(wordings, accents=False) == "o" * 90
    assert one_sms(wordings, accents=True) == "ờ" * 60
    assert one_sms(["ờ" * 200], accents=True) == ""
