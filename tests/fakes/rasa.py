"""A Rasa server that answers what a test lays ready, and the ``NluPort`` in front of none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from nlu.client import NluUnavailable
from nlu.understanding import Understanding


@dataclass
class FakeRasa:
    """The routes of Rasa's HTTP API that we use."""

    answer: Any = None
    """Body of ``/model/parse``, or raw bytes."""
    status: int = 200
    """HTTP status of every answer."""
    received: list[Any] = field(default_factory=list)
    """JSON bodies of the parse requests."""

    def app(self) -> web.Application:
        """Return the application to serve."""
        app = web.Application()
        app.router.add_post("/model/parse", self._parse)
        app.router.add_get("/status", self._status)
        app.router.add_put("/model", self._model)
        return app

    async def _parse(self, request: web.Request) -> web.Response:
        self.received.append(await request.json())
        if isinstance(self.answer, bytes):
            return web.Response(body=self.answer, status=self.status)
        return web.json_response(self.answer, status=self.status)

    async def _model(self, request: web.Request) -> web.Response:
        self.received.append(await request.json())
        return web.Response(status=204 if self.status == 200 else self.status)

    async def _status(self, request: web.Request) -> web.Response:
        return web.json_response({}, status=self.status)


@dataclass
class FakeNlu:
    """An ``NluPort`` that knows the understandings it was given, by text; without one for a text it is away."""

    known: dict[str, Understanding] = field(default_factory=dict)

    async def understand(self, text: str) -> Understanding:
        """Return what was laid ready."""
        if text not in self.known:
            raise NluUnavailable("nothing laid ready for this text")
        return self.known[text]

    async def ready(self) -> bool:
        """Tell whether anything was laid ready."""
        return bool(self.known)
