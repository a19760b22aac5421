"""Fetches a file that a citizen sent, within a limit; nothing is written anywhere."""

from __future__ import annotations

import logging

import httpx
from telegram import File
from telegram.error import TelegramError

from bot.channels.telegram.client import TelegramClient, trusted
from bot.channels.telegram.faults import detail_of
from bot.dossiers.photos import Fetched

logger = logging.getLogger(__name__)

SECONDS = 10.0


class TelegramFiles:
    """See ``FetchesFiles``."""

    def __init__(self, client: TelegramClient) -> None:
        """Take the bot whose files they are; a connection is made when a file is asked for."""
        self._client = client

    async def fetch(self, file: str, most: int) -> Fetched | None:
        """Return a file; see ``FetchesFiles.fetch``."""
        try:
            known: File = await self._client.bot.get_file(file, read_timeout=SECONDS)
        except TelegramError as error:
            logger.info("Telegram: a file was not handed over (%s).", detail_of(error))
            return None
        if (known.file_size or 0) > most:
            return Fetched(too_large=True)
        # Anything but an address below the Bot API's own is not asked for.
        address = known.file_path or ""
        if not address.startswith(f"{self._client.bot.base_file_url}/"):
            return None
        try:
            return await _download(address, most)
        except httpx.HTTPError as error:
            # Not the error's own words: the address holds the token.
            logger.info("Telegram: a file could not be fetched (%s).", type(error).__name__)
            return None


async def _download(address: str, most: int) -> Fetched | None:
    content = bytearray()
    async with (
        httpx.AsyncClient(verify=trusted(), follow_redirects=False, timeout=SECONDS) as session,
        session.stream("GET", address) as answer,
    ):
        if answer.status_code != httpx.codes.OK:
            return None
        async for chunk in answer.aiter_bytes():
            content += chunk
            if len(content) > most:
                return Fetched(too_large=True)
    return Fetched(bytes(content))
