"""Puts the Telegram channel together from the settings."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Sequence

from aiohttp import web

from bot.channels.contract import Ask
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.presence import Presence, Say, Webhook
from bot.channels.telegram.signals import TelegramSignals
from bot.channels.webhook import webhook_route
from bot.delivery.ports import Clock, Desk
from bot.settings import Secret, Settings, SettingsError

logger = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SIGN_CONNECTIONS = 16


class Telegram:
    """The channel with its ways in; see ``Outside``."""

    def __init__(self, settings: Settings, token: Secret, say: Say, clock: Clock, *, polling: bool) -> None:
        """Put it together; nothing is asked of Telegram yet.

        Args:
            settings: of the process.
            token: of the bot.
            say: the sentences of ``domain.yml``.
            clock: the present moment.
            polling: whether updates are fetched instead of posted.
        """
        self._secret = webhook_secret(settings, token)
        self._client = TelegramClient(token.reveal(), settings.telegram_api)
        self._signs = TelegramClient(token.reveal(), settings.telegram_api, connections=SIGN_CONNECTIONS, limited=False)
        self._signals: list[TelegramSignals] = []
        self._public_url = settings.public_url
        self._polling = polling
        self._say = say
        self.channel = TelegramChannel(
            client=self._client,
            account=token.reveal().partition(":")[0],
            secret=self._secret,
            title=self._title,
            clock=clock,
        )

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return the route on which Telegram posts."""
        if self._polling:
            return ()
        return (webhook_route(PATH, self.channel, desk, signals=self._new_signals(desk)),)

    def work(self, desk: Desk) -> Sequence[Awaitable[None]]:
        """Return what makes the bot known to Telegram, and what fetches updates."""
        bot = self._client.bot
        webhook = Webhook(f"{self._public_url}{PATH}", self._secret) if self._public_url and not self._polling else None
        work = [Presence(bot, self._say, webhook).show()]
        if self._polling:
            signals = self._new_signals(desk)
            work.append(Polling(client=self._client, channel=self.channel, desk=desk, signals=signals).run())
        elif webhook is None:
            logger.warning("Telegram: MOTCUA_PUBLIC_URL is not set, so Telegram is not told where to post.")
        return work

    async def close(self) -> None:
        """Close the connections."""
        for signals in self._signals:
            await signals.close()
        await self._signs.close()
        await self._client.close()

    def _new_signals(self, desk: Desk) -> TelegramSignals:
        self._signals.append(TelegramSignals(self._signs.bot, desk))
        return self._signals[-1]

    def _title(self, ask: Ask, language: str) -> str:
        return self._say(f"utter_telegram_share_{ask.value}", language)


def make_telegram(settings: Settings, say: Say, clock: Clock, *, polling: bool = False) -> Telegram | None:
    """Return the channel; ``None`` without a token.

    Raises:
        SettingsError: updates are to be fetched, and there is no token; or there is no key to derive the secret from.
    """
    token = settings.telegram_token
    if token is not None:
        return Telegram(settings, token, say, clock, polling=polling)
    if polling:
        raise SettingsError(["MOTCUA_TELEGRAM_TOKEN is missing; --telegram-polling needs it (@BotFather gives it out)"])
    return None


def webhook_secret(settings: Settings, token: Secret) -> str:
    """Return what Telegram must put into its requests: as set, else derived, so that it changes with key and token."""
    if settings.telegram_secret is not None:
        return settings.telegram_secret.reveal()
    signing_key, _ = settings.require_keys()
    said = f"telegram webhook of {token.reveal()}".encode()
    return hmac.new(signing_key.reveal().encode(), said, hashlib.sha256).hexdigest()
