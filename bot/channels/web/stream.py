"""Live delivery to an open page: server-sent events with what was said, and notices, as soon as they are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import msgspec
from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bot.channels.contract import Ref
from bot.channels.web.channel import ACCOUNT, NAME, same_site
from bot.channels.web.errors import RefusedError
from bot.channels.web.messages import check_name
from bot.channels.web.settings import WebSettings
from bot.channels.web.telling import read_cursor, tell
from bot.channels.web.visitors import Visitors
from bot.delivery.ports import Desk
from bot.delivery.records import Cursor, History

RETRY_MS = 3000
"""How long a browser waits before it comes again."""
TOO_SOON = 1.0
"""A wait without news that ends sooner than this many seconds means that the house is closing."""


class Stream:
    """``GET /api/v1/stream``: a browser's EventSource on one conversation."""

    def __init__(self, desk: Desk, visitors: Visitors, settings: WebSettings, ticks: Callable[[], float]) -> None:
        """Take what tells the news, who may hear them, the limits, and a clock in seconds that never goes back."""
        self._desk = desk
        self._visitors = visitors
        self._settings = settings
        self._ticks = ticks
        self._open: Counter[Ref | str] = Counter()
        """Open streams by conversation, and by network address."""

    async def get(self, request: web.Request) -> web.StreamResponse:
        """Tell what is said beyond a place, until the page is closed or the house is.

        Raises:
            RefusedError: Another site asks, the visitor has no key, or too many pages are open on the conversation or
                at the address.
        """
        ref, after = self._asked(request)
        address = self._visitors.address(request)
        crowded = address is not None and self._open[address] >= self._settings.address_streams
        if crowded or self._open[ref] >= self._settings.open_streams:
            raise RefusedError(429, "too_many", retry_after=30)
        counted: list[Ref | str] = [ref] if address is None else [ref, address]
        self._open.update(counted)
        try:
            response = EventSourceResponse(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
            async with response:
                await response.prepare(request)
                await self._tell(response, ref, after)
            return response
        finally:
            self._open.subtract(counted)
            for one in counted:
                if not self._open[one]:
                    del self._open[one]

    def _asked(self, request: web.Request) -> tuple[Ref, Cursor]:
        """Return the conversation and where the client stands; a browser that comes again says it in a header."""
        if not same_site(request.headers):
            raise RefusedError(403, "cross_site")
        name = request.query.get("conversation", "")
        check_name(name, "conversation")
        after = read_cursor(request.headers.get("Last-Event-ID") or request.query.get("after", ""))
        key = self._visitors.key(request)
        if key is None:
            raise RefusedError(404, "not_found")
        return Ref(NAME, ACCOUNT, self._visitors.conversation(key, name)), after

    async def _tell(self, response: EventSourceResponse, ref: Ref, after: Cursor) -> None:
        told: History | None = None
        while response.is_connected():
            began = self._ticks()
            # The first event comes at once, even with nothing in it: the page then knows that it is connected.
            found = await self._desk.history(ref, after, self._settings.poll_seconds if told else 0.0)
            if found.said or told is None or found.pending != told.pending:
                body = msgspec.json.encode(tell(found), enc_hook=str).decode()
                try:
                    await response.send(body, id=str(found.cursor), retry=RETRY_MS)
                except ConnectionError:
                    return
            elif self._ticks() - began < TOO_SOON:
                return
            told, after = found, found.cursor
