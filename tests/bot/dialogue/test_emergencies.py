"""Whom to call: the first number first, the others right behind it."""

from __future__ import annotations

import re

import pytest

from bot.dialogue.emergencies import emergency_reply
from tests.bot.dialogue_house import TEXTS


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("có người bị tai nạn", ["115", "113"]),
        ("tai nạn xe, có người mắc kẹt trong xe", ["114", "115", "113"]),
        ("nhà cháy, có người bị bỏng", ["114", "115"]),
        ("em không muốn sống nữa, nó dọa em", ["115", "113", "111"]),
        ("chồng đang đánh tôi chảy máu", ["113", "115", "111"]),
        ("có trộm vào nhà", ["113"]),
        ("có chuyện rồi", ["113", "115", "114", "111"]),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_numbers_stand_in_the_order_of_urgency(text: str, numbers: list[str], language: str) -> None:
    said = emergency_reply(TEXTS.speaking(language), text).text
    assert re.findall(r"\b11\d\b", said) == numbers
    assert "  " not in said
