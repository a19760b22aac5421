"""The Zalo Bot on its platform: webhook, polling, sending; and the platform as somebody else's client sees it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
import zalo_bot
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from zalo_bot.error import BadRequest, InvalidToken, NetworkError

from bot.channels.contract import Choice, InboundKind, NativeCall, Ref, Reply, SendStatus
from bot.channels.zalo_bot.build import ZaloBot, open_zalo_bot
from bot.channels.zalo_bot.polling import poll
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.delivery.errors import DifferentMessageError, StoppedError
from tests.bot.channels.zalo_bot.conftest import SECRET, FakeDesk
from tests.bot.messages import NOW
from tests.fakes.zalo_bot import TOKEN, FakeZaloBot

HERE = Ref("zalo_bot", "12345", "u1")


@pytest.fixture
async def webhook(bot: ZaloBot, zalo: FakeZaloBot, desk: FakeDesk) -> AsyncIterator[str]:
    """Our address, which the platform posts to."""
    app = web.Application()
    app.add_routes(list(bot.routes(desk)))  # type: ignore[arg-type]
    async with TestServer(app) as server:
        url = str(server.make_url("/zalo/bot/webhook"))
        await bot.client.call("setWebhook", {"url": url, "secret_token": SECRET})
        yield url


@pytest.mark.parametrize("enveloped", [False, True])
async def test_what_people_write_comes_to_the_desk_once_and_typing_is_shown(
    webhook: str, zalo: FakeZaloBot, desk: FakeDesk, enveloped: bool
) -> None:
    zalo.enveloped, zalo.duplicates = enveloped, 2
    await zalo.say("u1", "làm giấy khai sinh")
    assert [one.text for one in desk.taken.values()] == ["làm giấy khai sinh"]
    assert zalo.statuses == [200, 200]
    async with asyncio.timeout(5):
        while len(zalo.typing) < 2:  # noqa: ASYNC110 – the platform tells nobody
            await asyncio.sleep(0.01)


async def test_forged_requests_are_refused_and_the_empty_probe_is_not(
    webhook: str, zalo: FakeZaloBot, desk: FakeDesk
) -> None:
    zalo.secret = "another secret"
    await zalo.say("u1", "chào")
    async with ClientSession() as session, session.post(webhook) as response:
        assert response.status == 200
    assert zalo.statuses == [401]
    assert desk.taken == {}


async def test_a_reply_goes_out_in_parts(bot: ZaloBot, zalo: FakeZaloBot) -> None:
    reply = Reply("\n\n".join("đoạn 😀 " * 150 for _ in range(4)), (Choice("a", "Một"),))
    for call in bot.channel.render(HERE, reply):
        assert (await bot.channel.send(call)).status is SendStatus.OK
    assert len(zalo.sent) > 1
    assert zalo.sent[-1][1].endswith("1. Một")


async def test_what_the_platform_answers_is_classed_and_the_token_never_shown(
    bot: ZaloBot, zalo: FakeZaloBot, caplog: pytest.LogCaptureFixture
) -> None:
    call = NativeCall("sendMessage", {"chat_id": "u1", "text": "x" * 2001})
    with caplog.at_level(logging.DEBUG):
        assert (await bot.channel.send(call)).status is SendStatus.BUG
        zalo.broken.append(502)
        assert (await bot.channel.send(call)).status is SendStatus.RETRY
        for settings in (
            ZaloBotSettings("1:hush-token", SECRET, host=zalo.url),
            ZaloBotSettings(TOKEN, host="http://127.0.0.1:9"),
        ):
            async with open_zalo_bot(settings, lambda: NOW) as other:
                outcome = await other.channel.send(call)
                assert outcome.status in (SendStatus.AUTH, SendStatus.RETRY)
                assert "hush" not in repr(outcome)
    ours = [
        one.getMessage() for one in caplog.records if one.name != "aiohttp.access"
    ]  # The platform keeps its own log.
    assert "hush" not in "\n".join(ours)


async def test_updates_are_fetched_through_idle_times_and_failures(
    bot: ZaloBot, zalo: FakeZaloBot, desk: FakeDesk
) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    zalo.broken += [502, 502]
    task = asyncio.create_task(poll(bot.client, bot.channel, desk, sleep))  # type: ignore[arg-type]
    await zalo.say("u1", "một")
    await zalo.post("message.sticker.received", "u1", sticker="s")
    async with asyncio.timeout(10):
        while len(desk.taken) < 2 or zalo.fetches < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert [one.kind for one in desk.taken.values()] == [InboundKind.TEXT, InboundKind.UNSUPPORTED]
    assert pauses == [1.0, 2.0]
    desk.refuse = DifferentMessageError("again")
    await zalo.say("u1", "hai")
    await asyncio.sleep(0.1)
    assert not task.done()
    desk.refuse = StoppedError("closing")
    await zalo.say("u1", "ba")
    async with asyncio.timeout(10):
        await task


@pytest.fixture
async def other(zalo: FakeZaloBot) -> AsyncIterator[Any]:
    """Somebody else's client."""
    async with zalo_bot.Bot(TOKEN, zalo.url) as client:
        yield client


async def test_somebody_elses_client_finds_the_platform_as_documented(other: Any, zalo: FakeZaloBot) -> None:
    sent = await other.send_message("u1", "chào")
    assert sent.message_id.startswith("o")
    assert zalo.sent == [("u1", "chào")]
    with pytest.raises(BadRequest):
        await other.send_message("u1", "x" * 2001)
    with pytest.raises(NetworkError, match="408"):
        await other.get_update(timeout=1)
    await zalo.say("u1", "xin chào")
    update = await other.get_update(timeout=1)
    assert update.message.text == "xin chào"
    with pytest.raises(InvalidToken):
        await zalo_bot.Bot("1:wrong", zalo.url).initialize()
