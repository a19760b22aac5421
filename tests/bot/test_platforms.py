"""The composition root opens the platforms that are switched on, and a choice is made on each by its own means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestServer

from bot.app import House, make_engine, make_web_app, open_house, open_platforms, project_root
from bot.channels.web.channel import WebChannel
from bot.channels.zalo_oa.build import ZaloOa
from bot.channels.zalo_oa.store import Pair
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from tests.bot.channels.outbox_wait import all_sent
from tests.fakes.zalo_bot import TOKEN, FakeZaloBot, running_zalo_bot
from tests.fakes.zalo_oa import FakeZaloOa, running_zalo_oa
from tests.fakes.zalo_oa.clock import VirtualClock
from tests.fakes.zalo_oa.platform import APP_ID, OA_ID

USER = "246845883529197922"


@dataclass
class Running:
    """The assistant with both platforms of Zalo."""

    oa: FakeZaloOa
    bot: FakeZaloBot
    house: House

    async def sent(self) -> None:
        """Wait until everything is answered and sent."""
        await all_sent(self.house.transactions)


@pytest.fixture
async def running(small_catalogue: str) -> AsyncIterator[Running]:
    """Start the house as ``serve`` does, on the fake platforms."""
    async with AsyncExitStack() as stack:
        oa = await stack.enter_async_context(running_zalo_oa("app secret", "oa key", VirtualClock(datetime.now(UTC))))
        bot = await stack.enter_async_context(running_zalo_bot())
        settings = Settings(
            database_url=small_catalogue,
            signing_key=Secret("s" * 40),
            encryption_key=Secret("e" * 40),
            zalo_oa_app_id=APP_ID,
            zalo_oa_id=OA_ID,
            zalo_oa_app_secret=Secret("app secret"),
            zalo_oa_secret_key=Secret("oa key"),
            zalo_oa_base_url=oa.url,
            zalo_bot_token=Secret(TOKEN),
            zalo_bot_secret=Secret("bot secret"),
            zalo_bot_base_url=bot.url,
        )
        house = await stack.enter_async_context(open_house(settings, project_root(), None))
        await house.catalogue.refresh()
        platforms = await stack.enter_async_context(open_platforms(house))
        web = WebChannel(lambda: datetime.now(UTC))
        engine = make_engine(house, house.transactions, web, platforms, trace=False)
        app = make_web_app(house, engine, web, lambda: NluState.LOADING, platforms, trace=False)
        await engine.start()
        stack.push_async_callback(engine.stop)
        server = await stack.enter_async_context(TestServer(app))
        oa.webhooks.url, oa.webhooks.patience = str(server.make_url("/zalo/oa/webhook")), 10.0
        bot.webhook, bot.secret = str(server.make_url("/zalo/bot/webhook")), "bot secret"
        account = next(one for one in platforms if isinstance(one, ZaloOa))
        assert oa.oauth.issue()
        assert oa.oauth.expires_at is not None
        await account.tokens.take(Pair(oa.oauth.access, oa.oauth.refresh, oa.oauth.expires_at))
        yield Running(oa, bot, house)


async def test_on_the_official_account_a_choice_is_a_button(running: Running) -> None:
    await running.oa.say(USER, "cấp phép karaoke")
    await running.sent()
    person = running.oa.people[USER]
    title = next(one["title"] for one in person.buttons() if one["title"].startswith("2. "))
    await running.oa.tap(USER, title)
    await running.sent()
    assert any(title.removeprefix("2. ") in text for text in person.texts[1:])


async def test_on_the_bot_a_choice_is_its_number(running: Running) -> None:
    await running.bot.say("u1", "cấp phép karaoke")
    await running.sent()
    offered = running.bot.sent[-1][1]
    assert "2. Cấp phép karaoke" in offered
    await running.bot.say("u1", "2")
    await running.sent()
    assert {person for person, _ in running.bot.sent} == {"u1"}
    assert any("Mã thủ tục" in text for _, text in running.bot.sent[1:])


async def test_without_settings_there_is_no_platform(small_catalogue: str) -> None:
    settings = Settings(database_url=small_catalogue, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    async with open_house(settings, project_root(), None) as house, open_platforms(house) as platforms:
        assert list(platforms) == []
