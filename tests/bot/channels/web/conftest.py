"""A running web chat over a fake dialogue."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web.channel import WebChannel
from bot.channels.web.one_file import ReadsFile, ReadsPicture
from bot.channels.web.routes import web_routes
from bot.channels.web.settings import WebSettings
from bot.delivery.engine import Engine
from bot.delivery.turns import TurnLimits
from bot.http.headers import add_security_headers
from bot.http.health import Readiness, Understands, health_routes
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import engine_on
from tests.bot.messages import NOW
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.web_texts import SPOKEN

Client = TestClient[web.Request, web.Application]
PATH = "/api/v1/messages"


@dataclass
class Chat:
    """A server and what stands behind it."""

    client: Client
    dialogue: FakeDialogue
    engine: Engine
    ticks: list[float]
    readiness: list[Readiness] = field(default_factory=lambda: [Readiness(True, Understands.READY)])
    key: str = ""

    async def post(self, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
        """Send a body as a client that is no browser, and keep the key that comes back."""
        sent = {"Conversation-Key": self.key} if self.key else {}
        async with self.client.post(PATH, json=body, headers={**sent, **headers}) as response:
            self.key = response.headers.get("Conversation-Key", self.key)
            return response.status, await response.json()

    async def ask(self, text: str, id: str, conversation: str = "c") -> dict[str, Any]:
        """Send a text and return the answer."""
        status, body = await self.post({"conversation": conversation, "id": id, "text": text})
        assert status == 200, body
        return body

    async def history(self, conversation: str = "c", after: str = "", wait: int = 0) -> dict[str, Any]:
        """Read a conversation."""
        query = {"conversation": conversation, "after": after, "wait": str(wait)}
        async with self.client.get(PATH, params=query, headers={"Conversation-Key": self.key}) as response:
            assert response.status == 200, await response.text()
            body: dict[str, Any] = await response.json()
            return body


Build = Callable[..., Awaitable[Chat]]


@pytest.fixture
async def open_chat(database: UnitOfWork) -> AsyncIterator[Build]:
    """Start servers on one database; each is closed at the end."""
    opened: list[Chat] = []

    async def build(
        dialogue: FakeDialogue | None = None,
        settings: WebSettings | None = None,
        trace: bool = False,
        photos: ReadsPicture | None = None,
        files: ReadsFile | None = None,
    ) -> Chat:
        speaks = dialogue or FakeDialogue()
        engine = engine_on(database, speaks, limits=TurnLimits(keep_trace=trace))
        ticks = [0.0]
        app = web.Application()
        app.on_response_prepare.append(add_security_headers)
        channel = WebChannel(clock=lambda: NOW)
        client: Client = TestClient(TestServer(app), cookie_jar=DummyCookieJar())
        chat = Chat(client, speaks, engine, ticks)
        app.add_routes(
            web_routes(
                desk=engine,
                channel=channel,
                responses=SPOKEN,
                signing_key="k" * 40,
                settings=settings or WebSettings(trace=trace),
                ticks=lambda: ticks[0],
                photos=photos,
                files=files,
            )
        )
        app.add_routes(health_routes(lambda: chat.readiness[0]))
        await engine.start()
        await client.start_server()
        opened.append(chat)
        return chat

    yield build
    for chat in opened:
        if chat.dialogue.gate is not None:
            chat.dialogue.gate.set()
        await chat.engine.stop()
        await chat.client.close()


@pytest.fixture
async def chat(open_chat: Build) -> Chat:
    """One chat with the usual settings."""
    return await open_chat()
