"""A Zalo Bot that talks to the fake platform."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.contract import Inbound
from bot.channels.zalo_bot.build import ZaloBot, open_zalo_bot
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.delivery.records import Received
from tests.bot.messages import NOW
from tests.fakes.zalo_bot import TOKEN, FakeZaloBot, running_zalo_bot

SECRET = "what zalo sends along"


class FakeDesk:
    """Keeps each message once, or raises."""

    def __init__(self) -> None:
        self.taken: dict[str, Inbound] = {}
        self.refuse: Exception | None = None

    async def receive(self, inbound: Inbound) -> Received:
        if self.refuse is not None:
            raise self.refuse
        self.taken.setdefault(inbound.id, inbound)
        return Received(1, inbound)


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZaloBot]:
    """The platform."""
    async with running_zalo_bot() as zalo:
        yield zalo


@pytest.fixture
async def bot(zalo: FakeZaloBot) -> AsyncIterator[ZaloBot]:
    """The bot, with webhook and polling."""
    async with open_zalo_bot(ZaloBotSettings(TOKEN, SECRET, True, zalo.url), lambda: NOW) as bot:
        yield bot


@pytest.fixture
def desk() -> FakeDesk:
    """Takes what comes."""
    return FakeDesk()
