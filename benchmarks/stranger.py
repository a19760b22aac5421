"""Somebody unknown on the web chat: sends messages and buttons from a network, and types on the one-time page."""

from __future__ import annotations

import re
from itertools import count
from typing import Any
from uuid import uuid4

import aiohttp

from benchmarks.talks import KEY_HEADER
from bot.dossiers.record import Record

PAGE = re.compile(r"/ma/[\w\-]+")
FIGURES = re.compile(r"\d+")
_TAGS = re.compile(r"<style.*?</style>|<[^>]*>|\s+", re.DOTALL)


class Stranger:
    """One conversation from one network; an answer is all that its JSON, or its page, shows."""

    def __init__(self, session: aiohttp.ClientSession, url: str, network: str) -> None:
        """Begin."""
        self._session = session
        self._url = url
        self._name = uuid4().hex
        self._ids = count(1)
        self._headers = {"X-Forwarded-For": network}
        self.page = ""
        """Path of the one-time page that the last answer led to."""

    async def say(self, text: str) -> str:
        """Send words; return the answer, empty where the web chat refused the message."""
        return await self._send({"text": text})

    async def choose(self, choice: str) -> str:
        """Press a button."""
        return await self._send({"choice": choice})

    async def open_page(self) -> str:
        """Look at the one-time page."""
        async with self._session.get(self._url + self.page, headers=self._headers) as response:
            return f"{response.reason} {await response.text()}"

    async def type(self, code: str) -> str:
        """Type a code on the one-time page."""
        sent = self._session.post(self._url + self.page, data={"code": code}, headers=self._headers)
        async with sent as response:
            return f"{response.reason} {await response.text()}"

    async def _send(self, what: dict[str, str]) -> str:
        self.page = ""
        body = {"conversation": self._name, "id": str(next(self._ids)), **what}
        url = f"{self._url}/api/v1/messages"
        async with self._session.post(url, json=body, headers=self._headers) as response:
            if response.status == 429:
                return ""
            answer: dict[str, Any] = await response.json()
            self._headers.setdefault(KEY_HEADER, response.headers.get(KEY_HEADER, ""))
        said = "\n".join(_said(reply) for reply in answer["replies"])
        led = PAGE.search(said)
        self.page = led.group() if led else ""
        return said


def form_of(said: str) -> str:
    """Return an answer without what differs from one guess to the next: codes, hours, tokens and tags."""
    return FIGURES.sub("#", _TAGS.sub(" ", PAGE.sub("/ma/…", said)))


def shows_more(said: str, record: Record) -> bool:
    """Tell whether an answer holds anything of a dossier that level 0 does not tell; masked names too."""
    owner = record.owner
    secrets = ("∗", owner.name, owner.phone, owner.identity, *record.missing, f"{record.due_at:%d/%m/%Y}")
    return any(secret and secret in said for secret in secrets)


def _said(reply: dict[str, Any]) -> str:
    choices = (f"{choice.get('title')} {choice.get('url') or choice.get('id')}" for choice in reply["choices"] or ())
    return "\n".join([reply["text"], *choices])
