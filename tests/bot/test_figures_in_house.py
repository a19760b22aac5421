"""From a citizen's question to the figures, in the whole house."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.app import make_engine, make_recount, make_web_app, open_house, project_root
from bot.app.figures import make_board
from bot.channels.web.channel import WebChannel
from bot.console.dashboard.periods import usual
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from feedback.working_time.zone import here
from tests.bot.test_app import Visitor


@pytest.fixture
def settings(small_catalogue: str) -> Settings:
    return Settings(database_url=small_catalogue, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))


async def test_what_came_of_each_question_is_counted_and_only_officials_see_the_page(settings: Settings) -> None:
    async with open_house(settings, project_root(), None) as house:
        await house.catalogue.refresh()
        channel = WebChannel(lambda: datetime.now(UTC))
        engine = make_engine(house, house.transactions, channel, trace=False)
        app = make_web_app(house, engine, channel, lambda: NluState.LOADING, trace=False)
        await engine.start()
        async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
            visitor = Visitor(client)
            await visitor.ask("đăng ký khai sinh cần giấy tờ gì")
            await Visitor(client, "another").ask("cấp phép karaoke")
            await make_recount(house).once()
            now = datetime.now(UTC)
            figures = await make_board(house).read(usual(here(now).date()), now)
            (talk,) = figures.talk
            assert (talk.channel, talk.came, talk.answered, talk.asked_back) == ("web", 2, 1, 1)
            assert sum(figures.waits["web"].values()) == 2
            public = await client.get("/so-lieu")
            assert "bản thử nghiệm" in await public.text()
            closed = await client.get("/canbo/bang-so-lieu", allow_redirects=False)
            assert closed.status != 200
        await engine.stop()
