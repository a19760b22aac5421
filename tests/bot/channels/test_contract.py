"""The channel contract against the strictest channel that can be thought of."""

from __future__ import annotations

from bot.channels.contract import Channel
from tests.bot.channels.contract import ChannelContract
from tests.fakes.channel import FakeChannel


class TestFakeChannel(ChannelContract):
    """The contract itself is sound when a tiny channel can keep it."""

    def channel(self) -> Channel:
        return FakeChannel()

    def genuine(self) -> tuple[dict[str, str], bytes]:
        return {"X-Fake": "yes"}, '{"from": "u", "id": "1", "text": "chào"}'.encode()

    def forged(self) -> dict[str, str]:
        return {"X-Fake": "no"}
