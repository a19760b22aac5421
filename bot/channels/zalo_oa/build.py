"""Puts the Official Account together from its settings."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.background import rest
from bot.channels.fetching import AiohttpFetcher, Permits, is_public
from bot.channels.zalo_oa import routes
from bot.channels.zalo_oa.channel import ZaloOaChannel
from bot.channels.zalo_oa.client import ZaloOaClient
from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.files import Files
from bot.channels.zalo_oa.http import AiohttpHttp
from bot.channels.zalo_oa.notices import ZaloOaNotices
from bot.channels.zalo_oa.oauth import ZaloOAuth
from bot.channels.zalo_oa.render import ContactForm
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.store import ZaloOaStore
from bot.channels.zalo_oa.tokens import TokenKeeper
from bot.channels.zalo_oa.windows import NotingDesk, Windows
from bot.delivery.cipher import Cipher
from bot.delivery.ports import Clock, Desk, Transactions
from bot.dialogue.texts import Texts
from bot.dossiers.photos import Fetched
from bot.tracebacks import where

logger = logging.getLogger(__name__)

LOOK_SECONDS = 600.0
"""How often the age of the tokens is looked at while nothing is sent."""
FLUSH_SECONDS = 2.0
TIDY_SECONDS = 6 * 3600.0
FORGET_UPLOADS = timedelta(days=7)
FORGET_INTERACTIONS = timedelta(days=400)


@dataclass(frozen=True)
class ZaloOa:
    """The account's parts."""

    channel: ZaloOaChannel
    notices: ZaloOaNotices
    tokens: TokenKeeper
    windows: Windows
    client: ZaloOaClient
    _settings: ZaloOaSettings
    _oauth: ZaloOAuth
    _store: ZaloOaStore
    _transactions: Transactions
    _clock: Clock
    _fetcher: AiohttpFetcher

    async def fetch(self, file: str, most: int) -> Fetched | None:
        """Return a file that a citizen sent; see ``FetchesFiles``. Zalo says its address in the event."""
        return await self._fetcher.fetch_sent(file, most)

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return the account's routes; what comes is handed to ``desk``."""
        found = [routes.webhook(self.channel, NotingDesk(desk, self.windows), self._settings)]
        if self._settings.code_verifier:
            found.append(routes.callback(self._settings, self._oauth, self.client, self.tokens))
        return found

    async def keep(self) -> None:
        """Keep the tokens young, the windows written and the tables small until cancelled."""
        async with asyncio.TaskGroup() as parts:
            parts.create_task(_again(self._look_at_tokens, LOOK_SECONDS))
            parts.create_task(_again(self.windows.flush, FLUSH_SECONDS))
            parts.create_task(_again(self.tidy, TIDY_SECONDS))

    async def _look_at_tokens(self) -> None:
        try:
            await self.tokens.current()
        except TokenError as error:
            logger.error("Zalo Official Account: %s", error)

    async def tidy(self) -> None:
        """Delete uploads that Zalo forgot, and the windows of people who have been silent for a year."""
        now = self._clock()
        async with self._transactions.write() as session:
            await self._store.tidy(session, now - FORGET_UPLOADS, now - FORGET_INTERACTIONS)


async def _again(do: Callable[[], Awaitable[None]], seconds: float) -> None:
    """Do something again and again until cancelled; a failure is told and tried again."""
    while True:
        try:
            await do()
        except Exception as error:
            said = "Zalo Official Account: background work failed (%s); it is tried again.\n%s"
            logger.error(said, type(error).__name__, where(error))
        await rest(seconds)


@contextlib.asynccontextmanager
async def open_zalo_oa(
    settings: ZaloOaSettings,
    texts: Texts,
    cipher: Cipher,
    transactions: Transactions,
    clock: Clock,
    files_from: Permits = is_public,
) -> AsyncIterator[ZaloOa]:
    """Open the account: its parts around one client session.

    Args:
        settings: of the account.
        texts: the words of the form that asks for a telephone number.
        cipher: protects the tokens at rest.
        transactions: of the database that keeps them.
        clock: the present moment.
        files_from: tells from which IP addresses files for citizens, and what they send, may be fetched.
    """
    form = ContactForm(
        texts.render("utter_share_phone_title"), texts.render("utter_share_phone_why"), settings.contact_image
    )
    store = ZaloOaStore(settings.oa_id, cipher)
    async with aiohttp.ClientSession() as session, contextlib.aclosing(AiohttpFetcher(files_from)) as fetcher:
        http = AiohttpHttp(session)
        oauth = ZaloOAuth(http, settings, clock)
        tokens = TokenKeeper(store, transactions, oauth, clock)
        client = ZaloOaClient(http, tokens, settings)
        windows = Windows(store, transactions, clock)
        notices = ZaloOaNotices(windows, client, settings, clock)
        files = Files(client, fetcher, store, transactions, clock)
        channel = ZaloOaChannel(settings, client, files, form, notices, clock)
        try:
            yield ZaloOa(
                channel, notices, tokens, windows, client, settings, oauth, store, transactions, clock, fetcher
            )
        finally:
            await tokens.close()
            with contextlib.suppress(SQLAlchemyError, OSError):
                await windows.flush()
