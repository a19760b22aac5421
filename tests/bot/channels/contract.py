"""What every channel must keep; each channel's test class inherits it."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod

import pytest

from bot.channels.contract import Channel, Choice, Reply, SendStatus
from tests.bot.messages import ref

REPLIES = (
    Reply(""),
    Reply("Xin chào"),
    Reply("**Giấy tờ**\n\n- Tờ khai\n- Giấy chứng sinh\n\nXem https://dichvucong.gov.vn"),
    Reply("Ế" * 50_000),
    Reply("e\u0302\u0301" * 9_000),
    Reply("<script>alert(1)</script> & \u0000", (Choice("", "Trang", url="https://example.vn"),)),
    Reply("Chọn một", tuple(Choice(f"p:{n}", f"Thủ tục số {n} " + "dài " * 80) for n in range(40))),
)


class ChannelContract(ABC):
    """Inherit, name the class ``Test…`` and say what a good request looks like."""

    @abstractmethod
    def channel(self) -> Channel:
        """Return the channel."""

    @abstractmethod
    def genuine(self) -> tuple[dict[str, str], bytes]:
        """Return headers and body of a genuine request with one message."""

    @abstractmethod
    def forged(self) -> dict[str, str]:
        """Return headers that the channel must not believe."""

    def texts(self, body: dict[str, object]) -> str:
        """Return the text of a native call."""
        return str(body["text"])

    def test_a_genuine_request_is_believed_and_a_forged_one_is_not(self) -> None:
        headers, raw = self.genuine()
        assert self.channel().verify(headers, raw)
        assert not self.channel().verify(self.forged(), raw)

    def test_a_message_is_read_the_same_way_each_time(self) -> None:
        _, raw = self.genuine()
        first, again = self.channel().parse(raw), self.channel().parse(raw)
        assert list(first) == list(again)
        assert len(first) == 1
        assert first[0].ref.channel == self.channel().name
        assert first[0].id

    @pytest.mark.parametrize("raw", [b"", b"{", b"null", b"[]", b"{}", b"\xff\x00", b'"x"', b'{"id": 1}'])
    def test_what_cannot_be_read_gives_nothing(self, raw: bytes) -> None:
        assert list(self.channel().parse(raw)) == []

    @pytest.mark.parametrize("reply", REPLIES, ids=range(len(REPLIES)))
    def test_every_reply_is_rendered_within_the_limits(self, reply: Reply) -> None:
        channel = self.channel()
        calls = channel.render(ref(channel=channel.name), reply)
        assert calls
        for call in calls:
            json.dumps(dict(call.body))
            assert len(self.texts(dict(call.body))) <= channel.caps.max_text
        assert list(calls) == list(channel.render(ref(channel=channel.name), reply))

    async def test_sending_tells_what_came_of_it(self) -> None:
        channel = self.channel()
        for call in channel.render(ref(channel=channel.name), Reply("Xin chào")):
            assert (await channel.send(call)).status is SendStatus.OK
