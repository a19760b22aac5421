"""The one way in for platforms that post to us: read within limits, verify, parse, keep, answer 200.

A request is answered 200 only when its messages are committed; then nothing that happens afterwards can lose them.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.channels.contract import Channel
from bot.channels.signals import NoSignals, Signals
from bot.delivery.errors import DifferentMessageError, StoppedError
from bot.delivery.ports import Desk

logger = logging.getLogger(__name__)

MAX_BODY = 256 * 1024
"""Bytes of a request; the platforms' own are a few kilobytes."""
REFUSALS_TOLD = 100
"""One in so many refusals is logged: anybody can cause them, and must not fill the disk."""
Probe = Callable[[Mapping[str, str], bytes], bool]
"""Tells a platform's unsigned test request, which is answered 200 and has no effect."""


def no_probe(headers: Mapping[str, str], raw: bytes) -> bool:
    """Accept no unsigned request."""
    return False


def webhook_route(
    path: str,
    channel: Channel,
    desk: Desk,
    *,
    refused: int = 403,
    probe: Probe = no_probe,
    signals: Signals | None = None,
) -> web.RouteDef:
    """Return the route on which a platform posts.

    Args:
        path: of the route.
        channel: verifies and parses.
        desk: takes the messages in.
        refused: status for a request that is not genuine.
        probe: tells the platform's unsigned test requests.
        signals: shows the citizen that the message has come.
    """
    return web.post(path, _handler(channel, desk, refused, probe, signals or NoSignals()))


def _handler(
    channel: Channel, desk: Desk, refused: int, probe: Probe, signals: Signals
) -> Callable[[web.Request], Awaitable[web.Response]]:
    refusals = itertools.count(1)

    async def handle(request: web.Request) -> web.Response:
        raw = await _body(request)
        if raw is None:
            return web.Response(status=413)
        if probe(request.headers, raw):
            return web.Response()
        if not channel.verify(request.headers, raw):
            number = next(refusals)
            if number % REFUSALS_TOLD == 1:
                logger.warning("%s: requests that are not genuine are refused, %d so far.", channel.name, number)
            return web.Response(status=refused)
        for inbound in channel.parse(raw):
            try:
                signals.noticed(await desk.receive(inbound))
            except DifferentMessageError:
                # The platform sends a message again with small differences; the first one counts.
                logger.info("%s: a message came again with another content.", channel.name)
            except StoppedError:
                return web.Response(status=503, headers={"Retry-After": "2"})
        return web.Response()

    return handle


async def _body(request: web.Request) -> bytes | None:
    """Return the body as it was sent; ``None`` when it is too large."""
    if (request.content_length or 0) > MAX_BODY:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)
