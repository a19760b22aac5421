"""The account's routes: its webhook, and the page that Zalo returns to after the agency's consent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from aiohttp import web

from bot.channels.untyped import identifier
from bot.channels.webhook import webhook_route
from bot.channels.zalo_oa.channel import ZaloOaChannel
from bot.channels.zalo_oa.client import ZaloOaClient
from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.oauth import OAuth
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.tokens import TokenKeeper
from bot.delivery.ports import Desk

logger = logging.getLogger(__name__)

WEBHOOK = "/zalo/oa/webhook"
CALLBACK = "/zalo/oa/callback"
LONGEST_CODE = 2000


def unsigned_probe(headers: Mapping[str, str], raw: bytes) -> bool:
    """Tell the empty request with which Zalo tries an address before it saves it."""
    return raw.strip() in (b"", b"{}")


def webhook(channel: ZaloOaChannel, desk: Desk, settings: ZaloOaSettings) -> web.RouteDef:
    """Return the route on which Zalo posts events."""
    return webhook_route(WEBHOOK, channel, desk, refused=settings.refused, probe=unsigned_probe)


def callback(settings: ZaloOaSettings, oauth: OAuth, client: ZaloOaClient, tokens: TokenKeeper) -> web.RouteDef:
    """Return the route that takes the code of a consent.

    Zalo's console fixes one ``code_challenge`` and sends no state: a code is worth nothing without our verifier and our
    app secret, and a pair is kept only when it belongs to our account. One at a time, so that nobody makes us ask Zalo
    without end.
    """
    busy = asyncio.Lock()

    async def handle(request: web.Request) -> web.Response:
        code, account = request.query.get("code", ""), request.query.get("oa_id", "")
        if not code or len(code) > LONGEST_CODE or account != settings.oa_id:
            return web.Response(status=400, text="This consent is not for our account.")
        if busy.locked():
            return web.Response(status=429)
        async with busy:
            return await take(code)

    async def take(code: str) -> web.Response:
        try:
            pair = await oauth.exchange(code)
            answer = await client.account(pair.access)
            if identifier(answer.data.get("oaid")) != settings.oa_id:
                logger.error("A consent brought tokens of another account; they are not kept.")
                return web.Response(status=400, text="This consent is not for our account.")
            await tokens.take(pair)
        except TokenError as error:
            logger.error("A consent brought no tokens: %s", error)
            return web.Response(status=502, text="Zalo gave no tokens; the log says why.")
        logger.info("A consent brought new tokens of the Official Account.")
        return web.Response(text="The Official Account is connected.")

    return web.get(CALLBACK, handle)
