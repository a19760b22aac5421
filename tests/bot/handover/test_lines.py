from __future__ import annotations

import pytest

from bot.channels.contract import Inbound, InboundKind, NativeCall
from bot.delivery.records import Cursor, History, Said
from bot.handover.lines import Line, Who, lines_of, words_of
from tests.bot.messages import NOW, ref


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


@pytest.mark.parametrize(
    ("kind", "data", "line"),
    [
        (InboundKind.IMAGE, {"url": "https://a.zdn.vn/i"}, Line(Who.CITIZEN, NOW, "An", InboundKind.IMAGE, file=5)),
        (InboundKind.FILE, {"file": "f", "name": "a.pdf"}, Line(Who.CITIZEN, NOW, "An", InboundKind.FILE, 5, "a.pdf")),
        (InboundKind.FILE, {"name": "a.pdf"}, Line(Who.CITIZEN, NOW, "An", InboundKind.FILE)),
        (InboundKind.VOICE, {"file": "v"}, Line(Who.CITIZEN, NOW, "An", InboundKind.VOICE)),
        (
            InboundKind.CONTACT,
            {"phone": "84901234567", "own": True},
            Line(Who.CITIZEN, NOW, "An", InboundKind.CONTACT, phone="+84901234567", own=True),
        ),
    ],
)
def test_what_came_with_a_message_is_named_and_nothing_of_it_is_left_when_it_is_masked(
    kind: InboundKind, data: dict[str, object], line: Line
) -> None:
    said = Said(NOW, Inbound(ref(), "m", kind, NOW, "An", data=data), number=5)
    assert lines_of(History(ref(), (said,), Cursor())) == (line,)
    assert line.masked(lambda _: "•") == Line(Who.CITIZEN, NOW, "•", kind)
