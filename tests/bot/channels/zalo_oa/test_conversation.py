"""What only the Official Account has: events that come late, and visitors; whole talks are in ``test_recorded_talks``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.zalo_oa.build import ZaloOa
from bot.delivery.engine import Engine
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.outbox_wait import all_sent
from tests.bot.channels.zalo_oa.conftest import CIPHER
from tests.bot.delivery.conftest import sorry
from tests.bot.dialogue_house import Talk
from tests.fakes.zalo_oa import FakeZaloOa
from tests.fakes.zalo_oa.platform import OA_ID

USER = "246845883529197922"


@dataclass
class House:
    """Everything between the webhook and the answer."""

    talk: Talk
    sent: Callable[[], Awaitable[None]]
    """Waits until everything is answered and sent."""


@pytest.fixture
async def house(oa: ZaloOa, zalo: FakeZaloOa, transactions: UnitOfWork) -> AsyncIterator[House]:
    """The assistant, on the platform's webhook."""
    talk = Talk()
    engine = Engine(
        dialogue=talk.dialogue(),
        outlets=Outlets({"zalo_oa": oa.channel}),
        store=DeliveryStore(CIPHER),
        transactions=transactions,
        sorry=sorry,
        clock=zalo.clock,
    )

    await engine.start()
    app = web.Application()
    app.add_routes(list(oa.routes(engine)))
    async with TestServer(app) as server:
        zalo.webhooks.url = str(server.make_url("/zalo/oa/webhook"))
        yield House(talk, lambda: all_sent(transactions))
    await engine.stop()


async def test_an_event_lost_by_us_is_answered_when_it_comes_again(house: House, zalo: FakeZaloOa) -> None:
    url, zalo.webhooks.url = zalo.webhooks.url, "http://127.0.0.1:9/"
    await zalo.say(USER, "xin chào")
    zalo.webhooks.url = url
    await zalo.pass_time(seconds=31)
    await house.sent()
    assert len(zalo.people[USER].inbox) == 1


async def test_a_visitor_who_is_not_signed_in_is_answered(house: House, zalo: FakeZaloOa) -> None:
    message = {"msg_id": "m1", "text": "chào", "conversation_id": "c9"}
    await zalo.post("anonymous_send_text", sender={"id": "7"}, recipient={"id": OA_ID}, message=message)
    await house.sent()
    assert zalo.to_visitors[0]["recipient"] == {"anonymous_id": "7", "conversation_id": "c9"}
