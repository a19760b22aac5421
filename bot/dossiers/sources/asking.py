"""One request to a one-stop system and its answer as JSON, within a time and a size, and never to another host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
import msgspec

from bot.dossiers.ports import SourceDownError
from bot.dossiers.sources.errors import PassingError

LONGEST_WAIT = 3600.0
"""Seconds of a ``Retry-After`` that are believed."""
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Asking:
    """A request."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    json: Any = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back; a status of 2xx always comes with JSON."""

    status: int
    body: Any = field(default=None, repr=False)


class Http(Protocol):
    """Makes requests."""

    async def ask(self, asking: Asking) -> Answer:
        """Make one request.

        Raises:
            PassingError: no answer, or one that says "not now".
            SourceDownError: the answer is no JSON, too large, or sends us elsewhere.
        """
        ...


class AiohttpHttp:
    """``Http`` over one client session; certificates are always verified."""

    def __init__(self, session: aiohttp.ClientSession, seconds: float, largest: int) -> None:
        """Take the session, and how long and large an answer may be."""
        self._session = session
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._largest = largest

    async def ask(self, asking: Asking) -> Answer:
        """See ``Http.ask``."""
        content: dict[str, Any] = {}
        if asking.json is not None:
            content["json"] = asking.json
        elif asking.form is not None:
            content["data"] = dict(asking.form)
        try:
            async with self._session.request(
                asking.method,
                asking.url,
                params=dict(asking.query),
                headers={"Accept": "application/json", **asking.headers},
                timeout=self._timeout,
                allow_redirects=False,
                **content,
            ) as response:
                return await self._answer(response)
        except TimeoutError as error:
            raise PassingError("no answer in time") from error
        except aiohttp.ClientConnectorCertificateError as error:
            raise SourceDownError("its certificate is not to be believed") from error
        except (aiohttp.ClientError, ValueError) as error:
            # Neither the address nor a header's value may get into a traceback.
            raise PassingError(f"no whole answer ({type(error).__name__})") from None

    async def _answer(self, response: aiohttp.ClientResponse) -> Answer:
        status = response.status
        if status in PASSING:
            raise PassingError(f"HTTP {status}", _seconds(response.headers.get("Retry-After", "")))
        if 300 <= status < 400:
            raise SourceDownError(f"HTTP {status}: it sends us to another address, which we do not follow")
        if status >= 500:
            raise SourceDownError(f"HTTP {status}")
        raw = await self._limited(response)
        try:
            return Answer(status, msgspec.json.decode(raw))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            if status >= 400:
                return Answer(status)
        raise SourceDownError("the answer is no JSON")

    async def _limited(self, response: aiohttp.ClientResponse) -> bytes:
        found = bytearray()
        async for chunk in response.content.iter_any():
            found += chunk
            if len(found) > self._largest:
                raise SourceDownError(f"the answer is larger than {self._largest} bytes")
        return bytes(found)


def _seconds(retry_after: str) -> float | None:
    """Return how long to wait; a date instead of seconds counts as not said."""
    if not retry_after.isascii() or not retry_after.isdecimal():
        return None
    return min(float(retry_after), LONGEST_WAIT)
