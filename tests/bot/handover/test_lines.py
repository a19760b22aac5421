from __future__ import annotations

import pytest

from bot.channels.contract import NativeCall
from bot.handover.lines import words_of


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Chào <b>bác</b> &amp; cô"},
        {"recipient": {}, "message": {"text": "Chào bác & cô"}},
        {"person": "1", "call": {"method": "cs", "body": {"message": {"text": "Chào **bác** & cô"}}}},
    ],
)
def test_the_words_of_every_channels_calls_are_read(body: dict[str, object]) -> None:
    assert words_of(NativeCall("send", body)) == "Chào bác & cô"
