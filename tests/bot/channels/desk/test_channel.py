"""The way out to the officials' desk: plain text to one address, and what its answers mean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.contract import NativeCall, Reply, SendStatus
from bot.channels.desk.channel import DESK, DeskChannel, open_desk
from bot.settings import Secret


@dataclass
class FakeOffice:
    """Takes what is posted, and answers as it is told."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    got: list[object] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        return web.Response(status=self.status, headers=self.headers)


@pytest.fixture
async def office() -> AsyncIterator[tuple[FakeOffice, DeskChannel]]:
    one = FakeOffice()
    app = web.Application()
    app.router.add_post("/hook", one.take)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield one, DeskChannel(session, Secret(str(server.make_url("/hook"))))


async def test_a_notice_arrives_as_plain_text(office: tuple[FakeOffice, DeskChannel]) -> None:
    one, channel = office
    (call,) = channel.render(DESK, Reply("**Có người** chờ, mã 12"))
    assert (await channel.send(call)).status is SendStatus.OK
    assert one.got == [{"text": "Có người chờ, mã 12"}]


@pytest.mark.parametrize(
    ("status", "meant"),
    [
        (204, "ok"),
        (301, "bug"),
        (400, "bug"),
        (404, "bug"),
        (401, "auth"),
        (403, "auth"),
        (429, "retry"),
        (503, "retry"),
    ],
)
async def test_an_answer_is_branched_on(office: tuple[FakeOffice, DeskChannel], status: int, meant: str) -> None:
    one, channel = office
    one.status, one.headers = status, {"Retry-After": "7", "Location": "/elsewhere"}
    sent = await channel.send(NativeCall("post", {"text": "x"}))
    assert sent.status == meant
    assert sent.retry_after == (7.0 if meant == "retry" else None)
    assert len(one.got) == 1


async def test_an_address_that_is_away_is_tried_again_and_not_told() -> None:
    async with open_desk(Secret("http://127.0.0.1:9/secret-path")) as platform:
        sent = await platform.channel.send(NativeCall("post", {"text": "x"}))
        assert platform.channel.verify({}, b"{}") is False
        assert list(platform.channel.parse(b"{}")) == []
    assert sent.status is SendStatus.RETRY
    assert "secret-path" not in sent.detail
