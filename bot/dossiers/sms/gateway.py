"""The client of an SMS gateway that settings describe: asks it again where that sends nothing twice, and tells what came of it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, quote

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt, stop_after_delay, wait_random_exponential

logger = logging.getLogger(__name__)

LONGEST_ANSWER = 64 * 1024
TRIES = 3
PATIENCE = 20.0
"""Seconds after which it is not asked again at once: whoever took the work must still hold it then."""
LONGEST_PAUSE = 4.0
KEY = "{key}"
_BUSY = frozenset({429, 503})


class Outcome(StrEnum):
    """What became of a message."""

    TAKEN = "taken"
    REFUSED = "refused"
    """It will not be taken another time either."""
    BUSY = "busy"
    """Surely not taken; later it may be."""
    UNSURE = "unsure"
    """Nobody knows whether it was taken."""


@dataclass(frozen=True)
class Gateway:
    """An SMS gateway. In address, headers and body stand ``{phone}`` (E.164), ``{phone84}`` (without the plus), ``{text}``,
    ``{code}``, ``{secret}`` and ``{key}``; the body is JSON, or pairs as of a form.
    """

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    secret: str = field(default="", repr=False)
    good: str = ""
    """What the answer contains when the message was taken; empty: its status tells."""
    seconds: float = 10.0

    @property
    def knows_keys(self) -> bool:
        """Whether it is told each message's key, by which it knows one that comes again and sends it once."""
        return KEY in self.url or KEY in self.body or any(KEY in value for value in self.headers.values())


@dataclass(frozen=True)
class Sms:
    """One message."""

    phone: str = field(repr=False)
    """E.164."""
    text: str = field(repr=False)
    key: str
    """The same for the same message, whenever it is sent; says nothing of the person."""
    code: str = field(default="", repr=False)
    """The one-time code in it, for gateways that want it by itself."""
    harmless_twice: bool = False
    """Whether to get it twice confuses nobody."""


class SmsGateway:
    """Sends messages. Never raises for what the gateway answers, never logs either."""

    def __init__(self, gateway: Gateway, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Take the gateway, and how to wait."""
        self._gateway = gateway
        self._sleep = sleep

    @property
    def knows_keys(self) -> bool:
        """See ``Gateway.knows_keys``."""
        return self._gateway.knows_keys

    async def send(self, sms: Sms) -> Outcome:
        """Send a message."""
        again = {Outcome.BUSY} | ({Outcome.UNSURE} if sms.harmless_twice or self.knows_keys else set())
        tries = AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(TRIES) | stop_after_delay(PATIENCE),
            wait=wait_random_exponential(multiplier=0.5, max=LONGEST_PAUSE),
            retry=lambda state: _outcome(state) in again,
            retry_error_callback=_outcome,
        )
        outcome: Outcome = await tries(self._once, sms)
        return outcome

    async def _once(self, sms: Sms) -> Outcome:
        gateway, values = self._gateway, self._values(sms)
        url = _filled(gateway.url, {name: quote(value, safe="") for name, value in values.items()})
        headers = {name: _filled(value, values) for name, value in gateway.headers.items()}
        timeout = aiohttp.ClientTimeout(total=gateway.seconds)
        try:
            # Few and far between: a session each keeps none of the gateway's cookies.
            async with (
                aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
                session.request(gateway.method, url, allow_redirects=False, **self._body(values)) as response,
            ):
                answer = (await response.content.read(LONGEST_ANSWER)).decode("utf-8", "replace")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # Its words may hold address and number.
            logger.warning("The SMS gateway could not be asked: %s.", type(error).__name__)
            return _failed(error)
        outcome = self._judged(response.status, answer)
        if outcome is not Outcome.TAKEN:
            logger.warning("The SMS gateway did not take a message: status %d, %s.", response.status, outcome.value)
        return outcome

    def _judged(self, status: int, answer: str) -> Outcome:
        if 200 <= status < 300:
            return Outcome.TAKEN if self._gateway.good in answer else Outcome.REFUSED
        if status in _BUSY:
            return Outcome.BUSY
        return Outcome.UNSURE if status >= 500 or status == 408 else Outcome.REFUSED

    def _values(self, sms: Sms) -> Mapping[str, str]:
        return {
            "phone": sms.phone,
            "phone84": sms.phone.removeprefix("+"),
            "code": sms.code,
            "text": sms.text,
            "key": sms.key,
            "secret": self._gateway.secret,
        }

    def _body(self, values: Mapping[str, str]) -> dict[str, Any]:
        template = self._gateway.body
        if not template:
            return {}
        if template.startswith(("{", "[")):
            return {"json": _filled_in(json.loads(template), values)}
        return {"data": {name: _filled(value, values) for name, value in parse_qsl(template, keep_blank_values=True)}}


def _outcome(state: RetryCallState) -> Outcome:
    assert state.outcome is not None
    outcome: Outcome = state.outcome.result()
    return outcome


def _failed(error: Exception) -> Outcome:
    """Tell a gateway that was not reached from one that may have taken the message, and both from settings that are wrong."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Outcome.BUSY
    return Outcome.REFUSED if isinstance(error, aiohttp.InvalidURL | ValueError) else Outcome.UNSURE


def _filled(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _filled_in(template: Any, values: Mapping[str, str]) -> Any:
    """Fill in every text of a JSON value; numbers and the like stay."""
    match template:
        case str():
            return _filled(template, values)
        case dict():
            return {key: _filled_in(value, values) for key, value in template.items()}
        case list():
            return [_filled_in(value, values) for value in template]
        case _:
            return template
