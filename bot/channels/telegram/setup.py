"""Puts the Telegram channel together from the settings."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import logging
from collections.abc import AsyncIterator, Sequence

from aiohttp import web

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.presence import Menu, Presence, Say, Webhook
from bot.channels.telegram.signals import TelegramSignals
from bot.channels.webhook import webhook_route
from bot.delivery.ports import Clock, Desk
from bot.dossiers.photos import Fetched
from bot.settings import Secret, Settings, SettingsError

logger = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SIGN_CONNECTIONS = 16


class Telegram:
    """The channel with its ways in; see ``Platform``."""

    def __init__(self, settings: Settings, token: Secret, say: Say, clock: Clock, *, polling: bool, menu: Menu) -> None:
        """Put it together; nothing is asked of Telegram yet.

        Args:
            settings: of the process.
            token: of the bot.
            say: the sentences of ``domain.yml``.
            clock: the present moment.
            polling: whether updates are fetched instead of posted.
            menu: the commands to choose from.
        """
        api = settings.telegram_api
        secret = webhook_secret(settings, token)
        self._client = TelegramClient(token.reveal(), api)
        self._signs = TelegramClient(token.reveal(), api, connections=SIGN_CONNECTIONS, limited=False)
        self._signals: TelegramSignals | None = None
        self._polling: Polling | None = None
        self._polls = polling
        webhook = Webhook(f"{settings.public_url}{PATH}", secret) if settings.public_url and not polling else None
        self._presence = Presence(self._client.bot, say, webhook, menu=menu)
        self.channel = TelegramChannel(
            client=self._client,
            account=token.reveal().partition(":")[0],
            secret=secret,
            title=lambda ask, language: say(f"utter_telegram_share_{ask.value}", language),
            clock=clock,
        )
        if webhook is None and not polling:
            logger.warning("Telegram: MOTCUA_PUBLIC_URL is not set, so Telegram is not told where to post.")

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return the route on which Telegram posts; none when updates are fetched, which ``keep`` then does."""
        self._signals = TelegramSignals(self._signs.bot, desk)
        if self._polls:
            self._polling = Polling(client=self._client, channel=self.channel, desk=desk, signals=self._signals)
            return ()
        return (webhook_route(PATH, self.channel, desk, signals=self._signals),)

    async def fetch(self, file: str, most: int) -> Fetched | None:
        """Return a file that a citizen sent; see ``FetchesFiles``."""
        return await TelegramFiles(self._client).fetch(file, most)

    async def keep(self) -> None:
        """Make the bot known to Telegram, and fetch updates where nobody posts them."""
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._presence.show())
            if self._polling:
                parts.create_task(self._polling.run())

    async def close(self) -> None:
        """Show nothing more and close the connections; after the engine has stopped."""
        if self._signals is not None:
            await self._signals.close()
        await self._signs.close()
        await self._client.close()


@contextlib.asynccontextmanager
async def open_telegram(
    settings: Settings, say: Say, clock: Clock, *, polling: bool = False, menu: Menu
) -> AsyncIterator[Telegram | None]:
    """Open the channel; gives ``None`` without a token.

    Raises:
        SettingsError: updates are to be fetched, and there is no token; or there is no key to derive the secret from.
    """
    token = settings.telegram_token
    if token is None:
        if polling:
            raise SettingsError(
                ["MOTCUA_TELEGRAM_TOKEN is missing; --telegram-polling needs it (@BotFather gives it out)"]
            )
        yield None
        return
    telegram = Telegram(settings, token, say, clock, polling=polling, menu=menu)
    try:
        yield telegram
    finally:
        await telegram.close()


def webhook_secret(settings: Settings, token: Secret) -> str:
    """Return what Telegram must put into its requests: as set, else derived, so that it changes with key and token."""
    if settings.telegram_secret is not None:
        return settings.telegram_secret.reveal()
    signing_key, _ = settings.require_keys()
    said = f"telegram webhook of {token.reveal()}".encode()
    return hmac.new(signing_key.reveal().encode(), said, hashlib.sha256).hexdigest()
