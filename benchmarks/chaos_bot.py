"""The bot process of the fault test: the real house, engine and webhook route, with one push channel."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from datetime import UTC, datetime

import aiohttp
from aiohttp import web

from benchmarks.chaos_channel import ChaosChannel, Numbered
from bot.app import House, make_share, open_house, project_root
from bot.channels.contract import Reply
from bot.channels.webhook import webhook_route
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.sender import SendLimits
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets, TurnLimits
from bot.dialogue.state import ConversationState
from bot.settings import load_settings
from bot.single_process import alone_on

WEBHOOK = "/chaos"


async def serve(port: int, platform: str, secret: str) -> None:
    """Serve until SIGTERM, or until killed."""
    settings = load_settings(os.environ)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with alone_on(settings.database_url):
        async with open_house(settings, project_root(), None) as house, aiohttp.ClientSession() as session:
            await house.catalogue.refresh()
            channel = ChaosChannel(session, platform, secret)
            engine = _engine(house, channel)
            await engine.start()
            app = web.Application()
            app.add_routes([webhook_route(WEBHOOK, channel, engine)])
            runner = web.AppRunner(app, access_log=None, handler_cancellation=False)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            await stop.wait()
            await engine.stop()
            await runner.cleanup()


def _engine(house: House, channel: ChaosChannel) -> Engine:
    _, key = house.settings.require_keys()
    store = DeliveryStore(AesGcmCipher(key.reveal()))

    def sorry(state: ConversationState) -> Reply:
        return Reply(house.texts.render("utter_sorry_error", state.language))

    return Engine(
        dialogue=Numbered(house.dialogue),
        outlets=Outlets({channel.name: channel}),
        store=store,
        transactions=house.transactions,
        sorry=sorry,
        clock=lambda: datetime.now(UTC),
        # A dozen starts may find the same message on a slow machine; it is not what brings them down.
        limits=TurnLimits(recoveries=1000),
        send_limits=SendLimits(
            attempts=100, first_pause=0.1, longest_pause=1.0, side_by_side=house.settings.send_side_by_side
        ),
        share=make_share(store, house.transactions, house.settings.lease_seconds),
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2], os.environ["CHAOS_SECRET"]))
