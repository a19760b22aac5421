"""``telemelya`` in this process: a Bot API written by somebody else, on loopback at any port.

It keeps its state in a fake Redis and no media. As it is shipped it does not send the secret header: that is added here,
with the secret that ``setWebhook`` brought.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import fakeredis
import uvicorn
from telemelya.server import control_api
from telemelya.server.app import app as telemelya
from telemelya.server.config import settings as telemelya_settings
from telemelya.server.state import state_manager

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
SESSION = "s1"


class Peer:
    """A Bot API and a citizen in front of it."""

    def __init__(self, token: str, chat: int) -> None:
        """Take the bot's token and the citizen's chat."""
        self.url = ""
        self.secret = ""
        self.hooked = asyncio.Event()
        """Set when the bot has said where to post."""
        self.statuses: list[int] = []
        """What our webhook answered."""
        self._token = token
        self._chat = chat
        self._session = aiohttp.ClientSession(headers={"Authorization": "Bearer test"})

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Peer]:
        """Listen until left."""
        redis = state_manager._redis = fakeredis.FakeAsyncRedis(decode_responses=True)
        telemelya_settings.strict_edit = True
        delivers, control_api.deliver_update = control_api.deliver_update, self._deliver
        config = uvicorn.Config(
            self._app,
            "127.0.0.1",
            0,
            interface="asgi3",
            lifespan="off",
            ws="none",
            http="h11",
            log_config=None,
            access_log=False,
        )
        server = uvicorn.Server(config)
        # The signals of the process are the tests' own.
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        serving = asyncio.create_task(server.serve())
        try:
            while not server.started:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            self.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
            yield self
        finally:
            server.should_exit = True
            await serving
            control_api.deliver_update = delivers
            await self._session.close()
            await redis.aclose()

    async def say(self, text: str) -> None:
        """Write to the bot."""
        await self._update(text=text)

    async def tap(self, message: dict[str, Any], title: str) -> None:
        """Tap a button of one of its messages."""
        buttons = [button for row in message["reply_markup"]["inline_keyboard"] for button in row]
        (data,) = [button["callback_data"] for button in buttons if title in button["text"]]
        await self._update(callback_data=data, callback_message_id=message["message_id"])

    async def calls(self, method: str = "") -> list[dict[str, Any]]:
        """Return what the bot called so far, all of it or one method."""
        async with self._session.get(f"{self.url}/api/v1/test/responses?session_id={SESSION}") as answer:
            found: list[dict[str, Any]] = (await answer.json())["responses"]
        return [one for one in found if method in ("", one["method"])]

    async def until(self, method: str, count: int) -> dict[str, Any]:
        """Wait for so many calls of a method and return the last one."""
        async with asyncio.timeout(30):
            while len(found := await self.calls(method)) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return found[-1]

    async def said(self, words: str, part: str = "text") -> dict[str, Any]:
        """Wait for a message with these words in its text (or in its ``reply_markup``), and return it."""
        async with asyncio.timeout(15):
            while not (  # noqa: ASYNC110
                found := [one for one in await self.calls("sendMessage") if words in str(one[part])]
            ):
                await asyncio.sleep(0.05)
        return found[-1]

    async def _update(self, **update: Any) -> None:
        url = f"{self.url}/api/v1/test/send_update?bot_token={self._token}&session_id={SESSION}"
        async with self._session.post(url, json={"chat_id": self._chat, **update}) as answer:
            assert answer.status == 200, await answer.text()

    async def _deliver(self, token: str, update: dict[str, Any]) -> dict[str, Any]:
        url = await state_manager.get_webhook(token)
        assert url is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret}
        async with self._session.post(url, json=update, headers=headers) as answer:
            self.statuses.append(answer.status)
            return {"delivered": True, "status_code": answer.status}

    async def _app(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, and look at those that set the webhook."""
        if not scope.get("path", "").endswith("/setWebhook"):
            await telemelya(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message.get("more_body", False)
        self.secret = _field(body, "secret_token")
        whole = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def again() -> Message:
            return next(whole, None) or await receive()

        await telemelya(scope, again, send)
        self.hooked.set()


def _field(body: bytes, name: str) -> str:
    """Read a field of a body, which is a form or JSON."""
    if body.startswith(b"{"):
        return str(json.loads(body).get(name, ""))
    return parse_qs(body.decode()).get(name, [""])[0]
