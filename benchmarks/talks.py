"""Conversations over HTTP: with our own JSON API, and with the REST channel of Rasa."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import aiohttp

from benchmarks.errors import NoAnswerError

KEY_HEADER = "Conversation-Key"
TURN_TIMEOUT = aiohttp.ClientTimeout(total=15.0)


def open_session() -> aiohttp.ClientSession:
    """Return a session whose conversations share nothing: no cookies, and as many connections as there are citizens."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar(), timeout=TURN_TIMEOUT
    )


class OurTalk:
    """A conversation over ``POST /api/v1/messages``, as a client without a browser holds it."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, headers: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Begin under a name of its own; the first answer brings the key. ``headers`` go with every message."""
        self._session = session
        self._url = url + "/api/v1/messages"
        self._name = uuid4().hex
        self._ids = count(1)
        self._headers = dict(headers)

    async def say(self, text: str) -> str:
        """Send one message and return the answer's texts and button titles, one a line.

        Raises:
            NoAnswerError: there was none in time.
        """
        body = {"conversation": self._name, "id": str(next(self._ids)), "text": text}
        answer, headers = await _post(self._session, self._url, body, self._headers)
        self._headers.setdefault(KEY_HEADER, headers.get(KEY_HEADER, ""))
        if answer.get("pending"):
            raise NoAnswerError("pending")
        replies = answer.get("replies") or []
        if not replies:
            raise NoAnswerError("no reply")
        titles = (choice.get("title") or "" for reply in replies for choice in reply.get("choices") or [])
        return "\n".join([*(reply["text"] for reply in replies), *titles])


class RasaTalk:
    """A conversation over ``POST /webhooks/rest/webhook``."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        """Begin as a sender of its own."""
        self._session = session
        self._url = url + "/webhooks/rest/webhook"
        self._sender = uuid4().hex

    async def say(self, text: str) -> str:
        """Send one message and return the answer's texts, one a line.

        Raises:
            NoAnswerError: there was none in time.
        """
        answer, _ = await _post(self._session, self._url, {"sender": self._sender, "message": text}, {})
        if not answer:
            raise NoAnswerError("no reply")
        return "\n".join(reply.get("text", "") for reply in answer)


async def _post(
    session: aiohttp.ClientSession, url: str, body: Mapping[str, str], headers: Mapping[str, str]
) -> tuple[Any, Mapping[str, str]]:
    try:
        async with session.post(url, json=body, headers=headers) as response:
            raw = await response.read()
            if response.status != 200:
                raise NoAnswerError(f"HTTP {response.status}")
            return json.loads(raw), response.headers
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NoAnswerError(type(error).__name__) from error
    except ValueError as error:
        raise NoAnswerError("no JSON") from error
