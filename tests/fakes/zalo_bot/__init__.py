"""A strict Zalo Bot platform on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "12345:hush-token"
METHODS = (
    "getMe",
    "getUpdates",
    "setWebhook",
    "getWebhookInfo",
    "deleteWebhook",
    "sendMessage",
    "sendPhoto",
    "sendChatAction",
)


@dataclass
class FakeZaloBot:
    """Zalo, with one bot."""

    session: aiohttp.ClientSession
    url: str = ""
    webhook: str = ""
    secret: str = ""
    enveloped: bool = False
    """Whether webhook requests stand in the documents' envelope, or bare as they were seen."""
    duplicates: int = 1
    statuses: list[int] = field(default_factory=list)
    """Of the webhook requests."""
    updates: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    sent: list[tuple[str, str]] = field(default_factory=list)
    """Chat and text."""
    typing: list[str] = field(default_factory=list)
    fetches: int = 0
    broken: list[int] = field(default_factory=list)
    """HTTP status of the next calls."""
    idle_seconds: float = 0.05
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def say(self, chat: str, text: str, **more: Any) -> None:
        """Let a person write."""
        await self.post("message.text.received", chat, text=text, **more)

    async def post(self, event_name: str, chat: str, **content: Any) -> None:
        """Send an update to the webhook, or keep it for the next fetch."""
        message = {
            "date": 1789033572455,
            "chat": {"chat_type": "PRIVATE", "id": chat},
            "message_id": f"m{next(self._numbers)}",
            "message_type": "CHAT_MESSAGE",
            "from": {"id": chat, "is_bot": False, "display_name": "Người dân"},
            **content,
        }
        update = {"event_name": event_name, "message": message}
        if not self.webhook:
            await self.updates.put(update)
            return
        raw = json.dumps({"ok": True, "result": update} if self.enveloped else update).encode()
        headers = {"X-Bot-Api-Secret-Token": self.secret, "Content-Type": "application/json"}
        for _ in range(self.duplicates):
            async with self.session.post(self.webhook, data=raw, headers=headers) as response:
                self.statuses.append(response.status)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call."""
        if request.match_info["token"] != TOKEN:
            return refused(401, "Unauthorized")
        method = request.match_info["method"]
        if method not in METHODS:
            return refused(404, "Not found")
        if self.broken:
            return web.Response(status=self.broken.pop(0), text="<html>bad gateway</html>")
        handler: Any = getattr(self, f"_{method}")
        answer: web.Response = await handler(await _fields(request))
        return answer

    async def _getMe(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802 – the platform's own names
        return done({"id": "12345", "account_name": "bot.mc", "account_type": "BASIC", "can_join_groups": False})

    async def _getUpdates(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802
        self.fetches += 1
        if self.webhook:
            return refused(400, "A webhook is set")
        try:
            return done(await asyncio.wait_for(self.updates.get(), self.idle_seconds))
        except TimeoutError:
            return web.json_response({"ok": False, "description": "Request timeout"}, status=408)

    async def _setWebhook(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802
        url, secret = str(fields.get("url", "")), str(fields.get("secret_token", ""))
        if not url.startswith(("https://", "http://127.0.0.1")) or not 8 <= len(secret) <= 256:
            return refused(400, "Bad request")
        self.webhook, self.secret = url, secret
        return done({"url": url, "updated_at": 1})

    async def _getWebhookInfo(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802
        return done({"url": self.webhook, "updated_at": 1}) if self.webhook else refused(404, "Not found")

    async def _deleteWebhook(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802
        self.webhook = ""
        return done({"url": "", "updated_at": 1})

    async def _sendMessage(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802
        chat, text = fields.get("chat_id"), fields.get("text")
        if not isinstance(chat, str) or not isinstance(text, str) or not text.strip():
            return refused(400, "Bad request")
        if len(text.encode("utf-16-le")) // 2 > 2000 or set(fields) - {"chat_id", "text", "parse_mode", "text_styles"}:
            return refused(400, "Bad request: text is too long")
        self.sent.append((chat, text))
        return done({"message_id": f"o{next(self._numbers)}", "date": 1789033572455})

    async def _sendPhoto(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802
        if not str(fields.get("photo", "")).startswith("https://"):
            return refused(400, "Bad request")
        return done({"message_id": f"o{next(self._numbers)}", "date": 1789033572455})

    async def _sendChatAction(self, fields: Mapping[str, Any]) -> web.Response:  # noqa: N802
        if fields.get("action") != "typing":
            return refused(400, "Bad request")
        self.typing.append(str(fields.get("chat_id")))
        return web.json_response({"ok": True})


def done(result: object) -> web.Response:
    """Return Zalo's envelope."""
    return web.json_response({"ok": True, "result": result})


def refused(code: int, description: str) -> web.Response:
    """Return an error; its number stands in the body as well."""
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)


async def _fields(request: web.Request) -> Mapping[str, Any]:
    """Read what was given as query, form or JSON."""
    fields: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json()
        return {**fields, **body} if isinstance(body, dict) else fields
    return {**fields, **(await request.post())}


@asynccontextmanager
async def running_zalo_bot() -> AsyncIterator[FakeZaloBot]:
    """Run the platform on a loopback port."""
    async with aiohttp.ClientSession() as session:
        bot = FakeZaloBot(session)
        app = web.Application()
        app.add_routes([web.route("*", "/bot{token}/{method}", bot.handle)])
        async with TestServer(app) as server:
            bot.url = str(server.make_url("")).rstrip("/")
            yield bot
