"""The web chat keeps the channel contract."""

from __future__ import annotations

from bot.channels.contract import Channel
from bot.channels.web.channel import WebChannel
from tests.bot.channels.contract import ChannelContract
from tests.bot.messages import NOW


class TestWebChannel(ChannelContract):
    """See ``ChannelContract``."""

    def channel(self) -> Channel:
        return WebChannel(clock=lambda: NOW)

    def genuine(self) -> tuple[dict[str, str], bytes]:
        return {"Content-Type": "application/json; charset=utf-8"}, b'{"conversation": "c", "id": "1", "text": "x"}'

    def forged(self) -> dict[str, str]:
        return {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}
