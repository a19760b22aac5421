"""The JSON API of the web chat: hand a message in, and read a conversation."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from aiohttp import web

from bot.channels.contract import Ref
from bot.channels.web.channel import ACCOUNT, NAME, WebChannel, same_site
from bot.channels.web.errors import RefusedError
from bot.channels.web.limits import open_buckets, read_body, spend
from bot.channels.web.messages import WebMessage, check_name, read_message
from bot.channels.web.settings import WebSettings
from bot.channels.web.stream import Stream
from bot.channels.web.telling import read_cursor, tell, tell_reply
from bot.channels.web.texts import WebTexts
from bot.channels.web.visitors import HEADER, Visitors, from_browser
from bot.delivery.errors import DifferentMessageError, StoppedError
from bot.delivery.ports import Desk
from bot.delivery.records import Answer, History
from bot.http.languages import language_of
from bot.tracebacks import where

PATH = "/api/v1/messages"
STREAM = "/api/v1/stream"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
logger = logging.getLogger(__name__)


class MessagesApi:
    """``POST`` and ``GET /api/v1/messages``, and ``GET /api/v1/stream``."""

    def __init__(
        self,
        *,
        desk: Desk,
        channel: WebChannel,
        visitors: Visitors,
        texts: WebTexts,
        settings: WebSettings,
        ticks: Callable[[], float],
    ) -> None:
        """Put the API together.

        Args:
            desk: Takes messages in and tells what came of them.
            channel: Reads messages.
            visitors: Knows visitors by their keys.
            texts: The sentences of errors.
            settings: Limits and times.
            ticks: A clock in seconds that never goes back.
        """
        self._desk = desk
        self._channel = channel
        self._visitors = visitors
        self._texts = texts
        self._settings = settings
        self._by_conversation = open_buckets(settings.conversation_rate, ticks)
        self._by_address = open_buckets(settings.address_rate, ticks)
        self._stream = Stream(desk, visitors, settings, ticks)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes; every path under ``/api/`` answers in JSON, errors too."""
        return [
            web.get(PATH, self.kindly(self.get), allow_head=False),
            web.post(PATH, self.kindly(self.post)),
            web.route("*", PATH, self.kindly(_wrong_method)),
            web.get(STREAM, self.kindly(self.stream), allow_head=False),
            web.route("*", STREAM, self.kindly(_wrong_method)),
            web.route("*", "/api/{rest:.*}", self.kindly(_not_found)),
        ]

    async def post(self, request: web.Request) -> web.Response:
        """Take a message in and wait for its replies."""
        self._admit(request)
        message = read_message(await read_body(request, self._settings.body_bytes))
        key = self._visitors.key(request) or self._visitors.new_key()
        conversation = self._visitors.conversation(key, message.conversation)
        spend(self._by_conversation, conversation)
        inbound = replace(
            self._channel.inbound(message, conversation),
            source=self._visitors.source(request),
            browser=self._visitors.browser(key),
        )
        received = await self._desk.receive(inbound)
        answer = await self._desk.answer(received, self._settings.answer_seconds)
        response = _json(self._answered(message, answer))
        self._visitors.give(request, response, key)
        if not from_browser(request):
            response.headers[HEADER] = key
        return response

    async def get(self, request: web.Request) -> web.Response:
        """Return what was said in a conversation beyond a cursor, waiting for news when asked to."""
        if not same_site(request.headers):
            raise RefusedError(403, "cross_site")
        spend(self._by_address, self._visitors.address(request))
        name = request.query.get("conversation", "")
        check_name(name, "conversation")
        after = read_cursor(request.query.get("after", ""))
        seconds = _seconds(request.query.get("wait", "0"), self._settings.poll_seconds)
        key = self._visitors.key(request)
        if key is None:
            # Without a key there is nothing to read, and nothing will ever come.
            return _json(tell(History(Ref(NAME, ACCOUNT, ""), (), after)))
        ref = Ref(NAME, ACCOUNT, self._visitors.conversation(key, name))
        return _json(tell(await self._desk.history(ref, after, seconds)))

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Follow a conversation live."""
        spend(self._by_address, self._visitors.address(request))
        return await self._stream.get(request)

    def _admit(self, request: web.Request) -> None:
        if not same_site(request.headers):
            raise RefusedError(403, "cross_site")
        if not self._channel.verify(request.headers, b""):
            raise RefusedError(415, "not_json")
        spend(self._by_address, self._visitors.address(request))

    def _answered(self, message: WebMessage, answer: Answer) -> dict[str, Any]:
        body: dict[str, Any] = {
            "replies": [tell_reply(stored) for stored in answer.calls],
            "pending": not answer.finished,
        }
        if message.trace and self._settings.trace and answer.trace is not None:
            body["trace"] = answer.trace
        return body

    def kindly(self, handler: Handler) -> Handler:
        """Turn every refusal and every fault into a JSON error with a sentence for people."""

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except RefusedError as refused:
                return self._refusal(request, refused)
            except DifferentMessageError:
                return self._refusal(request, RefusedError(409, "another_message"))
            except StoppedError:
                return self._refusal(request, RefusedError(503, "stopping", retry_after=2))
            except Exception as error:
                # Whatever went wrong, the client gets an answer that it can read.
                logger.error("%s %s: %s\n%s", request.method, request.path, type(error).__name__, where(error))
                return self._refusal(request, RefusedError(500, "internal", retry_after=2))

        return answer

    def _refusal(self, request: web.Request, refused: RefusedError) -> web.Response:
        said = self._texts.error(refused.code, language_of(request), refused.field)
        error = {"code": refused.code, "message": said}
        if refused.field:
            error["field"] = refused.field
        response = _json({"error": error}, refused.status)
        if refused.retry_after is not None:
            response.headers["Retry-After"] = str(refused.retry_after)
        return response


async def _not_found(_: web.Request) -> web.Response:
    raise RefusedError(404, "not_found")


async def _wrong_method(_: web.Request) -> web.Response:
    raise RefusedError(405, "wrong_method")


def _seconds(raw: str, most: float) -> float:
    if not raw.isdecimal() or len(raw) > 6:
        raise RefusedError(400, "invalid", field="wait")
    return min(float(raw), most)


def _json(body: Mapping[str, Any], status: int = 200) -> web.Response:
    raw = msgspec.json.encode(body, enc_hook=str)
    return web.Response(body=raw, status=status, content_type="application/json", headers={"Cache-Control": "no-store"})
