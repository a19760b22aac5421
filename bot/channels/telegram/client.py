"""python-telegram-bot as we use it: given an address and connections of our own, it makes single calls."""

from __future__ import annotations

import functools
import json
import logging
import os
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
from telegram import (
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.contract import NativeCall
from bot.channels.telegram.updates import ALLOWED_UPDATES

SEND_CONNECTIONS = 64
SEND_SECONDS = 15.0
"""How long an answer of Telegram is waited for; a document that it has to fetch first takes some seconds."""
POLL_SECONDS = 30
"""How long Telegram holds a request for updates when there are none."""

ReplyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


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
        trusted = {"verify": _trusted()}
        self._requests = (
            HTTPXRequest(
                connections,
                read_timeout=SEND_SECONDS,
                connect_timeout=10.0,
                pool_timeout=SEND_SECONDS,
                httpx_kwargs=trusted,
            ),
            HTTPXRequest(1, read_timeout=10.0, connect_timeout=10.0, httpx_kwargs=trusted),
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

        Raises:
            UnknownCallError: the call is none of those that ``rendering`` makes.
            telegram.error.TelegramError: Telegram refused it or could not be reached.
        """
        body = {**call.body}
        if "reply_markup" in body:
            body["reply_markup"] = _markup(body["reply_markup"])
        if "link_preview_options" in body:
            body["link_preview_options"] = LinkPreviewOptions(**body["link_preview_options"])
        methods: Mapping[str, Callable[..., Awaitable[Any]]] = {
            "sendMessage": self.bot.send_message,
            "editMessageText": self.bot.edit_message_text,
            "sendDocument": self.bot.send_document,
        }
        if call.method not in methods:
            raise UnknownCallError(f"Telegram: no call {call.method!r} is known")
        try:
            sent = await methods[call.method](**body)
        except TypeError as error:
            raise UnknownCallError(f"Telegram: {call.method} with a field that is not known") from error
        return str(sent.message_id) if isinstance(sent, Message) else str(body.get("message_id", ""))

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


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Return the certificates, which take a while to read, once for all connections."""
    return httpx.create_ssl_context()


def _markup(body: dict[str, Any]) -> ReplyMarkup:
    if "inline_keyboard" in body:
        return InlineKeyboardMarkup.de_json(body)
    if "keyboard" in body:
        rows = [[KeyboardButton.de_json(button) for button in row] for row in body["keyboard"]]
        return ReplyKeyboardMarkup(rows, **{name: value for name, value in body.items() if name != "keyboard"})
    return ReplyKeyboardRemove()
