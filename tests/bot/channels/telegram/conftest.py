"""A strict Telegram on this machine and the channel that speaks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.contract import Ask
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from tests.bot.messages import NOW
from tests.fakes.telegram.strict import StrictTelegram

SECRET = "a-secret_for-tests"


def title(ask: Ask, language: str) -> str:
    """Name the buttons that hand something over."""
    return {"vi": f"Gửi {ask}", "en": f"Share {ask}"}[language]


@pytest.fixture
async def telegram() -> AsyncIterator[StrictTelegram]:
    """A Bot API that listens."""
    fake = StrictTelegram()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def client(telegram: StrictTelegram) -> AsyncIterator[TelegramClient]:
    """A bot that speaks to it."""
    assert telegram.server is not None
    client = TelegramClient(telegram.token, str(telegram.server.make_url("")).rstrip("/"))
    yield client
    await client.close()


@pytest.fixture
def channel(client: TelegramClient) -> TelegramChannel:
    """The channel on that bot."""
    return TelegramChannel(client=client, account="123456789", secret=SECRET, title=title, clock=lambda: NOW)
