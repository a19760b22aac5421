"""The web chat keeps the channel contract."""

from __future__ import annotations

from bot.channels.contract import Channel, Choice, FileRef, Reply
from bot.channels.web.channel import WebChannel
from tests.bot.channels.contract import ChannelContract
from tests.bot.messages import NOW, ref


class TestWebChannel(ChannelContract):
    """See ``ChannelContract``."""

    def channel(self) -> Channel:
        return WebChannel(clock=lambda: NOW)

    def genuine(self) -> tuple[dict[str, str], bytes]:
        return {"Content-Type": "application/json; charset=utf-8"}, b'{"conversation": "c", "id": "1", "text": "x"}'

    def forged(self) -> dict[str, str]:
        return {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}


def test_the_language_of_the_page_goes_along() -> None:
    raw = b'{"conversation": "c", "id": "1", "text": "x"%s}'
    read = WebChannel(lambda: NOW).parse
    assert [one.locale for part in (b"", b', "language": "en"') for one in read(raw % part)] == ["", "en"]
    assert list(read(raw % b', "language": "fr"')) == []


def test_files_are_links_under_the_last_part() -> None:
    reply = Reply("Mẫu đây ạ", (Choice("a", "Một"),), (FileRef("a.pdf", "https://e.vn/a.pdf", "application/pdf"),))
    (call,) = WebChannel(lambda: NOW).render(ref(), reply)
    assert call.body["choices"] == [
        {"id": "a", "title": "Một", "url": None},
        {"id": "", "title": "a.pdf", "url": "https://e.vn/a.pdf"},
    ]
