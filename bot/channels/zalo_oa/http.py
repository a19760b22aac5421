"""Speaks HTTP with Zalo: one request, one answer that never raises. Errors of Zalo come with HTTP status 200."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

from bot.channels.untyped import json_object, mapping, words

SECONDS = 20.0
LARGEST_ANSWER = 1024 * 1024
_UNSAFE = re.compile(r'[\x00-\x1f"\\/]')
_LONG_NUMBER = re.compile(r"\d{6,}")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    """HTTP status; 0 when nobody answered."""
    code: int | None = None
    """Zalo's error number, 0 for success; ``None`` when the body is not Zalo's."""
    data: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Everything; the token routes answer outside of ``data``."""
    message: str = ""
    """Zalo's words, without ids and telephone numbers."""
    retry_after: float | None = None

    @property
    def ok(self) -> bool:
        """Tell whether it was done."""
        return self.code == 0


class Http(Protocol):
    """Makes requests."""

    async def post(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        """Post JSON."""
        ...

    async def post_form(self, url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Post a form."""
        ...

    async def upload(self, url: str, name: str, content: bytes, kind: str, headers: Mapping[str, str]) -> Answer:
        """Post a file as the form field ``file``."""
        ...

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask."""
        ...


class AiohttpHttp:
    """``Http`` over one client session."""

    def __init__(self, session: aiohttp.ClientSession, seconds: float = SECONDS) -> None:
        """Take the session and how long an answer may take."""
        self._session = session
        self._timeout = aiohttp.ClientTimeout(total=seconds)

    async def post(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        """See ``Http.post``."""
        return await self._ask("POST", url, headers, json=dict(body))

    async def post_form(self, url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """See ``Http.post_form``."""
        return await self._ask("POST", url, headers, data=dict(fields))

    async def upload(self, url: str, name: str, content: bytes, kind: str, headers: Mapping[str, str]) -> Answer:
        """See ``Http.upload``."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", content, filename=_UNSAFE.sub("_", name), content_type=kind)
        return await self._ask("POST", url, headers, data=form)

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """See ``Http.get``."""
        return await self._ask("GET", url, headers)

    async def _ask(self, method: str, url: str, headers: Mapping[str, str], **content: Any) -> Answer:
        try:
            async with self._session.request(
                method, url, headers=dict(headers), timeout=self._timeout, allow_redirects=False, **content
            ) as response:
                raw = await _limited(response, LARGEST_ANSWER)
                return read_answer(response.status, raw or b"", response.headers.get("Retry-After", ""))
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            # A ValueError is a token with a line break and the like: it must not bring its value into a traceback.
            return Answer(0, message=type(error).__name__)


async def _limited(response: aiohttp.ClientResponse, most: int) -> bytes | None:
    found = bytearray()
    async for chunk in response.content.iter_any():
        found += chunk
        if len(found) > most:
            return None
    return bytes(found)


def read_answer(status: int, raw: bytes, retry_after: str = "") -> Answer:
    """Read an answer; what is not Zalo's envelope has no code."""
    body = json_object(raw)
    code = body.get("error")
    if not isinstance(code, int) or isinstance(code, bool):
        code = None
    told = words(body.get("message") or body.get("error_description") or body.get("error_name"), 160)
    seconds = float(retry_after) if retry_after.isascii() and retry_after.isdecimal() else None
    return Answer(status, code, mapping(body.get("data")), body, _LONG_NUMBER.sub("…", told), seconds)
