"""Fetches updates instead of having them posted: for development, where no public address reaches this machine."""

from __future__ import annotations

import logging

import msgspec
from telegram.error import TelegramError

from bot.background import rest
from bot.channels.contract import Channel
from bot.channels.signals import Signals
from bot.channels.telegram.client import POLL_SECONDS, TelegramClient
from bot.channels.telegram.faults import TOKEN_REFUSED, detail_of, is_refused_token
from bot.delivery.errors import DifferentMessageError, StoppedError
from bot.delivery.ports import Desk, Sleep
from bot.tracebacks import where

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 3.0
"""Between tries while Telegram or the database is away."""


class Polling:
    """Asks for updates until it is cancelled. One process alone may do so for a bot."""

    def __init__(
        self,
        *,
        client: TelegramClient,
        channel: Channel,
        desk: Desk,
        signals: Signals,
        seconds: int = POLL_SECONDS,
        sleep: Sleep = rest,
    ) -> None:
        """Take what it asks through and where it hands in.

        Args:
            client: asks.
            channel: reads.
            desk: takes the messages in.
            signals: shows the citizen that a message has come.
            seconds: how long Telegram may hold a request.
            sleep: waits between tries.
        """
        self._client = client
        self._channel = channel
        self._desk = desk
        self._signals = signals
        self._seconds = seconds
        self._sleep = sleep
        self._kept: int | None = None

    async def run(self) -> None:
        """Fetch until cancelled, or until the house closes."""
        hooked = True
        while True:
            try:
                if hooked:
                    await self._client.bot.delete_webhook()
                    hooked = False
                await self._round()
            except StoppedError:
                return
            except TelegramError as error:
                if is_refused_token(error):
                    logger.error(TOKEN_REFUSED)
                    return
                logger.warning("Telegram: no updates could be fetched (%s).", detail_of(error))
                await self._sleep(PAUSE_SECONDS)
            except Exception as error:
                # The database is away: what was not kept is not acknowledged, and comes again.
                logger.error("Telegram: an update could not be kept (%s).\n%s", type(error).__name__, where(error))
                await self._sleep(PAUSE_SECONDS)

    async def _round(self) -> None:
        for update in await self._client.updates(self._kept, self._seconds):
            await self._keep(msgspec.json.encode(update))
            # The next request acknowledges it: only now is it safe.
            self._kept = update["update_id"]

    async def _keep(self, raw: bytes) -> None:
        for inbound in self._channel.parse(raw):
            try:
                self._signals.noticed(await self._desk.receive(inbound))
            except DifferentMessageError:
                logger.info("Telegram: an update came again with another content.")
