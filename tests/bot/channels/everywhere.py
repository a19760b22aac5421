"""The assistant on every channel at once, as ``serve`` puts it together, with the strict platforms at the far end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from unittest.mock import patch

import msgspec
from aiohttp.test_utils import TestServer

from bot.app import House, free_port, make_engine, make_web_app, open_house, open_platforms, project_root
from bot.app.house import present
from bot.channels.contract import Inbound, Reply
from bot.channels.platform import Platform
from bot.channels.web.channel import WebChannel
from bot.channels.zalo_oa.build import open_zalo_oa
from bot.channels.zalo_oa.store import Pair, ZaloOaStore
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.dialogue.shown import counted, shown_by
from bot.dialogue.state import ConversationState
from bot.dialogue.turn import Dialogue, TurnResult
from bot.feedback.settings import FeedbackSettings
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from tests.bot.channels.outbox_wait import all_sent
from tests.fakes.procedures import FakeReader
from tests.fakes.telegram.strict import StrictTelegram
from tests.fakes.zalo_bot import TOKEN as BOT_TOKEN
from tests.fakes.zalo_bot import FakeZaloBot, running_zalo_bot
from tests.fakes.zalo_oa import FakeZaloOa, running_zalo_oa
from tests.fakes.zalo_oa.clock import VirtualClock
from tests.fakes.zalo_oa.platform import APP_ID, OA_ID

APP_SECRET, OA_KEY, BOT_SECRET = "app secret", "oa key", "bot secret"
ENCRYPTION_KEY = "e" * 40


@dataclass
class Heard:
    """The dialogue, with a record of what it said; some texts get an answer that a test wrote."""

    dialogue: Dialogue
    written: dict[str, Reply] = field(default_factory=dict)
    said: dict[str, list[tuple[Reply, ...]]] = field(default_factory=dict)
    """Replies of each turn, by channel."""

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """See ``Dialogue.turn``."""
        written = self.written.get(inbound.text)
        if written is None:
            result = await self.dialogue.turn(state, inbound)
        else:
            replies = counted((written,))
            result = TurnResult(replies, msgspec.structs.replace(state, shown=shown_by(replies)))
        self.said.setdefault(inbound.ref.channel, []).append(result.replies)
        return result


@dataclass
class Everywhere:
    """What a test drives."""

    house: House
    url: str
    """Of our own server."""
    engine: Engine
    heard: Heard
    reader: FakeReader
    telegram: StrictTelegram
    oa: FakeZaloOa
    bot: FakeZaloBot

    async def sent(self) -> None:
        """Wait until everything is answered and sent."""
        await all_sent(self.house.transactions)


@contextlib.asynccontextmanager
async def running_everywhere(database_url: str, feedback: FeedbackSettings | None = None) -> AsyncIterator[Everywhere]:
    """Run the house and the platforms; each platform knows where to post.

    Args:
        database_url: of a migrated database.
        feedback: who takes feedback in; a trial by default.
    """
    async with contextlib.AsyncExitStack() as stack:
        telegram = StrictTelegram()
        api = await telegram.start()
        stack.push_async_callback(telegram.stop)
        now = VirtualClock(datetime.now(UTC))
        oa = await stack.enter_async_context(running_zalo_oa(APP_SECRET, OA_KEY, now))
        bot = await stack.enter_async_context(running_zalo_bot())
        port = free_port()
        settings = _settings(database_url, f"http://127.0.0.1:{port}", api, telegram.token, oa, bot)
        settings = replace(settings, feedback=feedback or settings.feedback)
        house = await stack.enter_async_context(open_house(settings, project_root(), None))
        await house.catalogue.refresh()
        reader = FakeReader()
        heard = Heard(replace(house.dialogue, talk=replace(house.dialogue.talk, reader=reader)))
        await _give_tokens(oa, house)
        with patch("bot.app.sending.open_zalo_oa", partial(open_zalo_oa, files_from=lambda at: at == "127.0.0.1")):
            platforms = await stack.enter_async_context(open_platforms(house))
        speaking: Any = replace(house, dialogue=heard)  # type: ignore[arg-type]
        engine = await _serve(stack, speaking, platforms, port)
        world = Everywhere(house, settings.public_url, engine, heard, reader, telegram, oa, bot)
        await _connect(stack, world, platforms)
        yield world


def _settings(database_url: str, url: str, api: str, telegram_token: str, oa: FakeZaloOa, bot: FakeZaloBot) -> Settings:
    return Settings(
        database_url=database_url,
        signing_key=Secret("s" * 40),
        encryption_key=Secret(ENCRYPTION_KEY),
        public_url=url,
        telegram_token=Secret(telegram_token),
        telegram_api=api,
        zalo_oa_app_id=APP_ID,
        zalo_oa_id=OA_ID,
        zalo_oa_app_secret=Secret(APP_SECRET),
        zalo_oa_secret_key=Secret(OA_KEY),
        zalo_oa_base_url=oa.url,
        zalo_bot_token=Secret(BOT_TOKEN),
        zalo_bot_secret=Secret(BOT_SECRET),
        zalo_bot_base_url=bot.url,
    )


async def _give_tokens(oa: FakeZaloOa, house: House) -> None:
    access, refresh = oa.oauth.issue()
    assert oa.oauth.expires_at is not None
    async with house.transactions.write() as session:
        pair = Pair(access, refresh, oa.oauth.expires_at)
        await ZaloOaStore(OA_ID, AesGcmCipher(ENCRYPTION_KEY)).keep(session, pair, oa.clock())


async def _serve(stack: contextlib.AsyncExitStack, house: House, platforms: Sequence[Platform], port: int) -> Engine:
    channel = WebChannel(present)
    # The platforms' limits of messages a second are tested elsewhere: here nobody waits for them.
    with patch("bot.app.sending.with_rates", return_value={}):
        engine = make_engine(house, house.transactions, channel, platforms, trace=False)
    app = make_web_app(house, engine, channel, lambda: NluState.READY, platforms, trace=False)
    await engine.start()
    server = TestServer(app, port=port)
    await server.start_server()
    stack.push_async_callback(server.close)
    return engine


async def _connect(stack: contextlib.AsyncExitStack, world: Everywhere, platforms: Sequence[Platform]) -> None:
    """Tell the platforms where to post: the Official Account in its console, the bots by their own calls."""
    world.oa.webhooks.patience = 20.0
    world.oa.webhooks.url = f"{world.url}/zalo/oa/webhook"
    world.bot.webhook, world.bot.secret = f"{world.url}/zalo/bot/webhook", BOT_SECRET
    keeping = asyncio.create_task(platforms[0].keep())

    async def ended() -> None:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    stack.push_async_callback(ended)
    async with asyncio.timeout(20):
        while not world.telegram.webhook:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
