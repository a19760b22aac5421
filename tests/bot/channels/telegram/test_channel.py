"""Telegram keeps the channel contract."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.channels.contract import Channel, NativeCall
from bot.channels.telegram.channel import HEADER, TelegramChannel
from tests.bot.channels.contract import ChannelContract
from tests.bot.channels.telegram.conftest import SECRET, title
from tests.bot.messages import NOW
from tests.fakes.telegram.updates import text


@dataclass
class Takes:
    """A client for whom every call succeeds."""

    made: list[NativeCall] = field(default_factory=list)

    async def make(self, call: NativeCall) -> str:
        self.made.append(call)
        return str(len(self.made))


GENUINE = json.dumps(text("xin chào")).encode()


class TestTelegramChannel(ChannelContract):
    """See the contract."""

    def channel(self) -> Channel:
        return TelegramChannel(client=Takes(), account="123456789", secret=SECRET, title=title, clock=lambda: NOW)

    def genuine(self) -> tuple[dict[str, str], bytes]:
        return {HEADER: SECRET}, GENUINE

    def forged(self) -> dict[str, str]:
        return {HEADER: SECRET[:-1]}

    def test_neither_a_missing_nor_a_strange_secret_is_believed(self) -> None:
        for headers in ({}, {HEADER: ""}, {HEADER: "\udcff"}, {HEADER: SECRET + "ế"}, {HEADER.upper() + "2": SECRET}):
            assert not self.channel().verify(headers, GENUINE)
