"""A strict SMS gateway over HTTP: refuses what is not as it documents, and sends what comes again under one key once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.dossiers.sms.gateway import Gateway

SECRET = "s3cret"
BODY = '{"to": "{phone84}", "text": "{text}"}'
HEADERS = {"Authorization": "Bearer {secret}"}
KEYED = {**HEADERS, "Idempotency-Key": "{key}"}
_PHONE = re.compile(r"84\d{9}")
_KEY = re.compile(r"[0-9a-z]{8,64}")


@dataclass
class FakeSmsGateway:
    """What it was asked, and what reached a telephone."""

    url: str = ""
    asked: int = 0
    reached: list[tuple[str, str]] = field(default_factory=list)
    """Telephone and text of what was really sent."""
    keys: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    """How the next requests are answered; taken when there are none left."""
    silent: int = 0
    """How many of the next requests are sent on, and then never answered."""

    def gateway(self, *, keyed: bool = True) -> Gateway:
        """Return the settings that fit it."""
        return Gateway(self.url, "POST", KEYED if keyed else HEADERS, BODY, SECRET, '"sent"', seconds=5)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        self.asked += 1
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return web.json_response({"error": "unauthorised"}, status=401)
        if self.statuses and (status := self.statuses.pop(0)) != 200:
            return web.json_response({"error": "as told"}, status=status)
        given = await request.json()
        key, phone, text = request.headers.get("Idempotency-Key", ""), given.get("to", ""), given.get("text", "")
        wrong = set(given) != {"to", "text"} or not _PHONE.fullmatch(phone) or (key and not _KEY.fullmatch(key))
        if wrong or not text or len(text) > (160 if text.isascii() else 70):
            return web.json_response({"error": "not as documented"}, status=422)
        if not key or key not in self.keys:
            self.reached.append((phone, text))
        self.keys.add(key)
        if self.silent:
            self.silent -= 1
            assert request.transport is not None
            request.transport.abort()
        return web.json_response({"result": "sent"})


@asynccontextmanager
async def running() -> AsyncIterator[FakeSmsGateway]:
    """Run one."""
    fake = FakeSmsGateway()
    app = web.Application()
    app.router.add_post("/sms", fake.handle)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("/sms"))
        yield fake
