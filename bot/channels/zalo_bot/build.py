"""Puts the Zalo Bot together from its settings."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from bot.background import rest
from bot.channels.fetching import AiohttpFetcher, Permits, is_public
from bot.channels.webhook import webhook_route
from bot.channels.zalo_bot.channel import ZaloBotChannel
from bot.channels.zalo_bot.client import ZaloBotClient
from bot.channels.zalo_bot.desk import TypingDesk
from bot.channels.zalo_bot.polling import poll
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.delivery.ports import Clock, Desk
from bot.dossiers.photos import Fetched

WEBHOOK = "/zalo/bot/webhook"


@dataclass(frozen=True)
class ZaloBot:
    """The bot's parts."""

    channel: ZaloBotChannel
    client: ZaloBotClient
    _settings: ZaloBotSettings
    _fetcher: AiohttpFetcher
    _desks: list[TypingDesk] = field(default_factory=list)

    async def fetch(self, file: str, most: int) -> Fetched | None:
        """Return a picture that a citizen sent; see ``FetchesFiles``. Zalo hands no other files over."""
        return await self._fetcher.fetch_sent(file, most)

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return the webhook's route; none without its secret. What is fetched is handed to the same desk."""
        typing = TypingDesk(desk, self.client)
        self._desks.append(typing)
        if not self._settings.secret:
            return []
        return [webhook_route(WEBHOOK, self.channel, typing, refused=401, probe=empty_probe)]

    async def keep(self) -> None:
        """Fetch updates where that is set; else there is nothing to do."""
        if self._settings.polling and self._desks:
            await poll(self.client, self.channel, self._desks[-1], rest)

    async def close(self) -> None:
        """Let go of what is on its way."""
        for desk in self._desks:
            await desk.close()


def empty_probe(headers: Mapping[str, str], raw: bytes) -> bool:
    """Tell the empty request with which Zalo tries an address."""
    return not raw.strip()


@contextlib.asynccontextmanager
async def open_zalo_bot(
    settings: ZaloBotSettings, clock: Clock, files_from: Permits = is_public
) -> AsyncIterator[ZaloBot]:
    """Open the bot: its parts around one client session.

    Args:
        settings: of the bot.
        clock: the present moment.
        files_from: tells from which IP addresses pictures that citizens send may be fetched.
    """
    async with aiohttp.ClientSession() as session, contextlib.aclosing(AiohttpFetcher(files_from)) as fetcher:
        client = ZaloBotClient(session, settings)
        bot = ZaloBot(ZaloBotChannel(settings, client, clock), client, settings, fetcher)
        try:
            yield bot
        finally:
            await bot.close()
