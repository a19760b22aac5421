"""python-telegram-bot as we use it: given an address and connections of our own, it makes single calls."""

from __future__ import annotations

import functools
import json
import logging
import os
import re
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.contract import NativeCall
from bot.channels.telegram.updates import ALLOWED_UPDATES

SEND_CONNECTIONS = 64
SEND_SECONDS = 15.0
"""How long an answer of Telegram is waited for; a document that it has to fetch first takes some seconds."""
POLL_SECONDS = 30
"""How long Telegram holds a request for updates when there are none."""

METHODS = frozenset({"sendMessage", "editMessageText", "sendDocument"})
"""The calls that replies are made of."""


class UnknownCallError(ValueError):
    """A native call that this version cannot make."""


class TelegramClient:
    """A bot account. Nothing is asked of Telegram before the first call, so that a start does not depend on it."""

    def __init__(self, token: str, address: str, *, connections: int = SEND_CONNECTIONS, limited: bool = True) -> None:
        """Prepare connections.

        Args:
            token: of the bot.
            address: of the Bot API, ``https://api.telegram.org`` unless it is a test.
            connections: the most at once.
            limited: whether calls wait for their turn within Telegram's 30 messages a second.
        """
        # The library's own switch for telling times as timedelta; without it every 429 costs a deprecation warning.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        # It logs each 429 as an error with a traceback; here it is a status of the call.
        logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
        # It logs addresses, which hold the token.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        certificates = {"verify": trusted()}
        self._requests = (
            _Request(
                connections,
                read_timeout=SEND_SECONDS,
                connect_timeout=10.0,
                pool_timeout=SEND_SECONDS,
                httpx_kwargs=certificates,
            ),
            _Request(1, read_timeout=10.0, connect_timeout=10.0, httpx_kwargs=certificates),
        )
        self.bot: ExtBot[int] = ExtBot(
            token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
            rate_limiter=AIORateLimiter(max_retries=0) if limited else None,
        )

    async def make(self, call: NativeCall) -> str:
        """Make a call and return the id of the message that it made or changed.

        What comes back is looked at for the id alone: an answer that the library could not read as one of its objects
        would look like a message that was not sent, and be sent again.

        Raises:
            UnknownCallError: the call is none of those that ``rendering`` makes.
            telegram.error.TelegramError: Telegram refused it or could not be reached.
        """
        if call.method not in METHODS:
            raise UnknownCallError(f"Telegram: no call {call.method!r} is known")
        # Spelt like this ("send_Message") it is none of the library's own methods, of which it would warn.
        spelt = re.sub("([A-Z])", r"_\1", call.method)
        sent: Any = await self.bot.do_api_request(spelt, api_kwargs=dict(call.body))
        return str(sent.get("message_id", "")) if isinstance(sent, dict) else str(call.body.get("message_id", ""))

    async def updates(self, after: int | None, seconds: int) -> list[Mapping[str, Any]]:
        """Return what happened, as Telegram sends it; everything up to ``after`` is acknowledged with it.

        Not the library's own method: it reads updates into objects, and one that it cannot read would come for ever.

        Raises:
            telegram.error.TelegramError: Telegram refused it or could not be reached.
        """
        asked = {"timeout": seconds, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        query = urlencode(asked | ({} if after is None else {"offset": after + 1}))
        found: Any = await self._requests[1].post(
            f"{self.bot.base_url}/getUpdates?{query}", read_timeout=seconds + SEND_SECONDS
        )
        return [one for one in found if isinstance(one, dict) and isinstance(one.get("update_id"), int)]

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()


class _Request(HTTPXRequest):
    """Takes only answers of the Bot API for such: a proxy's page with the status 200 is none."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; see the library's own."""
        answer: Any = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok") is not False):
            raise TelegramError("Invalid server response")
        return answer


@functools.cache
def trusted() -> ssl.SSLContext:
    """Return the certificates, which take a while to read, once for all connections."""
    return httpx.create_ssl_context()
