"""The talk about dossiers in the whole house: from HTTP to the desk and back, on a desk in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import make_engine, make_web_app, open_house, project_root
from bot.channels.web.channel import WebChannel
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from tests.bot.dossiers.test_photos import CODE, picture
from tests.bot.test_app import Visitor
from tests.fakes.dossiers import FakeDesk, FakeWatches

Client = TestClient[web.Request, web.Application]


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def client(small_catalogue: str) -> AsyncIterator[Client]:
    """A server that knows a few dossiers."""
    settings = Settings(
        database_url=small_catalogue,
        signing_key=Secret("s" * 40),
        encryption_key=Secret("e" * 40),
        public_url="https://motcua.example",
    )
    stand_ins = FakeDesk(fact_alone=True), FakeWatches()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(open_house(settings, project_root(), None, stand_ins))
        await house.catalogue.refresh()
        channel = WebChannel(now)
        engine = make_engine(house, house.transactions, channel, trace=False)
        app = make_web_app(house, engine, channel, lambda: NluState.LOADING, trace=False)
        await engine.start()
        stack.push_async_callback(engine.stop)
        opened: Client = TestClient(TestServer(app), cookie_jar=DummyCookieJar())
        yield await stack.enter_async_context(opened)


async def test_a_dossier_is_looked_up_proved_and_its_slip_printed_until_access_ends(client: Client) -> None:
    visitor = Visitor(client)
    assert "Đang giải quyết" in await visitor.ask(f"{CODE.lower()} xong chưa")
    assert "4 số cuối" in str(await visitor.send(choice=f"do:prove:{CODE}"))
    assert "N∗∗∗ V∗∗ A∗" in await visitor.ask("3427")
    answer = await visitor.send(choice=f"do:slip:{CODE}:receipt")
    url = next(choice["url"] for choice in answer["replies"][-1]["choices"] if choice["url"])
    path = url.removeprefix("https://motcua.example")
    async with client.get(path) as response:
        assert response.status == 200
        assert "N∗∗∗ V∗∗ A∗" in await response.text()
        assert "script" not in response.headers["Content-Security-Policy"]
    await visitor.ask("quên tôi")
    async with client.get(path) as response:
        assert response.status == 404


async def test_the_digits_that_prove_are_not_kept(client: Client) -> None:
    visitor = Visitor(client)
    await visitor.send(choice=f"do:prove:{CODE}")
    await visitor.ask("3427")
    query = {"conversation": visitor.conversation, "after": "", "wait": "0"}
    async with client.get("/api/v1/messages", params=query, headers={"Conversation-Key": visitor.key}) as response:
        assert "3427" not in await response.text()


async def test_a_picture_is_read_and_the_page_offers_it(client: Client) -> None:
    async with client.post("/api/v1/qr", data=picture(CODE), headers={"Content-Type": "image/png"}) as response:
        assert await response.json() == {"code": CODE}
    async with client.get("/") as response:
        assert 'id="photo"' in await response.text()
