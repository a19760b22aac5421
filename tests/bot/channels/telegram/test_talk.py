"""Whole conversations: the real engine and dialogue behind our own server, with somebody else's Bot API before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import House, free_port, make_engine, open_house, open_platforms, project_root
from bot.channels.contract import Choice, Inbound, InboundKind, Reply
from bot.channels.telegram.setup import PATH
from bot.channels.web.channel import WebChannel
from bot.delivery.ports import Desk
from bot.dialogue.state import ConversationState
from bot.dialogue.turn import Dialogue, TurnResult
from bot.settings import Secret, Settings
from tests.fakes.telegram.peer import Peer

TOKEN, CHAT = "123456789:AbC-dEf_peer", 77


Start = Callable[..., Awaitable[Peer]]


@pytest.fixture
async def start(small_catalogue: str) -> AsyncIterator[Start]:
    """Start the peer and the house, which tells it where to post."""
    async with AsyncExitStack() as stack:

        async def build(dialogue: Dialogue | None = None) -> Peer:
            peer = await stack.enter_async_context(Peer(TOKEN, CHAT).running())
            port = free_port()
            settings = Settings(
                database_url=small_catalogue,
                signing_key=Secret("s" * 40),
                encryption_key=Secret("e" * 40),
                telegram_token=Secret(TOKEN),
                telegram_api=peer.url,
                public_url=f"http://127.0.0.1:{port}",
            )
            house = await stack.enter_async_context(open_house(settings, project_root(), None))
            await house.catalogue.refresh()
            if dialogue is not None:
                object.__setattr__(house, "dialogue", dialogue)
            await _serve(stack, house, peer, port)
            return peer

        yield build


async def _serve(stack: AsyncExitStack, house: House, peer: Peer, port: int) -> None:
    (platform,) = await stack.enter_async_context(open_platforms(house))
    channel = WebChannel(lambda: datetime.now(UTC))
    engine = make_engine(house, house.transactions, channel, [platform], trace=False)
    await engine.start()
    stack.push_async_callback(engine.stop)
    desk: Desk = engine
    app = web.Application()
    app.add_routes(platform.routes(desk))
    server = TestServer(app, port=port)
    await server.start_server()
    stack.push_async_callback(server.close)
    # It goes on trying: the peer has no menu of commands.
    keeping = asyncio.create_task(platform.keep())
    stack.callback(keeping.cancel)
    async with asyncio.timeout(30):
        await peer.hooked.wait()


def titles(message: dict[str, Any]) -> list[str]:
    """The titles of the buttons under a message."""
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def test_a_citizen_asks_chooses_is_answered_and_comes_again_by_a_link(start: Start) -> None:
    peer = await start()
    await peer.say("/start")
    greeting = await peer.until("sendMessage", 1)
    assert greeting["chat_id"] == CHAT
    assert greeting["text"]

    await peer.say("cấp phép karaoke")
    offered = await peer.said("karaoke", "reply_markup")
    wanted = titles(offered)[1]
    assert wanted.startswith("2. ")

    await peer.tap(offered, wanted)
    answer = await peer.said(wanted.removeprefix("2. "))
    assert answer["raw"]["parse_mode"] == "HTML"
    assert (await peer.until("answerCallbackQuery", 1))["callback_query_id"]

    await peer.say("đăng ký khai sinh cần giấy tờ gì")
    assert await peer.said("Tờ khai đăng ký khai sinh")

    await peer.say("/start tt_1-001193")
    assert await peer.said("Kết quả: Giấy khai sinh")
    assert peer.statuses == [200] * 5


class TapsReplace:
    """A dialogue whose answer to a tap takes the place of the message that was tapped."""

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        await asyncio.sleep(0.6)
        if inbound.kind is InboundKind.CHOICE:
            return TurnResult((Reply(f"Đã chọn {inbound.payload}", replace=True),), state)
        return TurnResult((Reply("Có ích không?", (Choice("r:1", "Có"), Choice("r:0", "Không"))),), state)


async def test_a_tap_edits_the_message_in_place_while_the_bot_types(start: Start) -> None:
    peer = await start(TapsReplace())
    await peer.say("chào")
    asked = await peer.until("sendMessage", 1)
    await peer.until("sendChatAction", 1)
    await peer.tap(asked, "Không")
    edited = await peer.until("editMessageText", 1)
    assert (edited["message_id"], edited["text"]) == (asked["message_id"], "Đã chọn r:0")
    assert "reply_markup" not in edited["raw"], "without new buttons the old ones go"
    assert len(await peer.calls("sendMessage")) == 1


async def test_a_forged_update_gets_no_answer(start: Start) -> None:
    peer = await start()
    url = f"{(await _webhook(peer))}"
    assert url.endswith(PATH)
    peer.secret = "guessed"
    await peer.say("chào")
    peer.secret = ""
    await peer.say("chào")
    assert peer.statuses == [403, 403]
    assert await peer.calls() == []


async def _webhook(peer: Peer) -> str:
    async with aiohttp.ClientSession() as session, session.post(f"{peer.url}/bot{TOKEN}/getWebhookInfo") as answer:
        return str((await answer.json())["result"]["url"])
