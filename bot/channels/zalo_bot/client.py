"""Calls of the Zalo Bot's API. The token stands in the address, so no address and no error of the client is ever shown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

from bot.channels.contract import SendStatus, Sent
from bot.channels.untyped import identifier, json_object, mapping, words
from bot.channels.zalo_bot.settings import ZaloBotSettings

SECONDS = 20.0
IDLE = 408
"""Code of a fetch that found nothing."""

STATUS: Mapping[int, SendStatus] = {
    400: SendStatus.BUG,
    401: SendStatus.AUTH,
    403: SendStatus.UNREACHABLE,
    404: SendStatus.BUG,
    413: SendStatus.BUG,
}
"""Everything else is tried again: 429, 408, 5xx, and what nobody documented."""


@dataclass(frozen=True)
class BotAnswer:
    """What came back."""

    ok: bool
    code: int = 0
    """Zalo's error code, else the HTTP status; 0 when nobody answered."""
    result: Any = field(default=None, repr=False)
    description: str = ""
    retry_after: float | None = None


class Caller(Protocol):
    """Makes calls."""

    async def call(self, method: str, body: Mapping[str, Any], seconds: float = SECONDS) -> BotAnswer:
        """Make one call; never raises."""
        ...


class ZaloBotClient:
    """``Caller`` over HTTP."""

    def __init__(self, session: aiohttp.ClientSession, settings: ZaloBotSettings) -> None:
        """Take the session and the bot."""
        self._session = session
        self._base = f"{settings.host}/bot{settings.token}"

    async def call(self, method: str, body: Mapping[str, Any], seconds: float = SECONDS) -> BotAnswer:
        """See ``Caller.call``."""
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(
                f"{self._base}/{method}", json=dict(body), timeout=timeout, allow_redirects=False
            ) as response:
                return read_answer(response.status, await response.read(), response.headers.get("Retry-After", ""))
        except (TimeoutError, asyncio.IncompleteReadError, aiohttp.ClientError, ValueError) as error:
            return BotAnswer(False, description=type(error).__name__)


def read_answer(status: int, raw: bytes, retry_after: str = "") -> BotAnswer:
    """Read an answer; its ``ok`` counts, whatever the HTTP status."""
    body = json_object(raw)
    if body.get("ok") is True and 200 <= status < 300:
        return BotAnswer(True, result=body.get("result"))
    code = body.get("error_code")
    known = code if isinstance(code, int) and not isinstance(code, bool) and code else status
    seconds = float(retry_after) if retry_after.isascii() and retry_after.isdecimal() else None
    return BotAnswer(False, known, description=words(body.get("description"), 160), retry_after=seconds)


def sent(answer: BotAnswer) -> Sent:
    """Return what an answer means for the message that was sent."""
    if answer.ok:
        return Sent(SendStatus.OK, id=identifier(mapping(answer.result).get("message_id")))
    status = STATUS.get(answer.code, SendStatus.RETRY)
    return Sent(status, retry_after=answer.retry_after, detail=f"{answer.code} {answer.description}".strip())
