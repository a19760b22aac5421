"""A whole conversation: the platform's webhook, the real engine and dialogue, and the answers back on the platform."""

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
from nlu.text import normalise
from nlu.understanding import Aspect
from tests.bot.channels.outbox_wait import all_sent
from tests.bot.channels.zalo_oa.conftest import CIPHER
from tests.bot.delivery.conftest import sorry
from tests.bot.dialogue_house import BIRTH, FOREIGN_MARRIAGE, MARRIAGE, Talk, asks
from tests.fakes.zalo_oa import FakeZaloOa
from tests.fakes.zalo_oa.people import Person
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


def titles(person: Person) -> list[str]:
    return [button["title"] for button in person.buttons()]


async def test_a_question_an_answer_a_button_and_its_answer(house: House, zalo: FakeZaloOa) -> None:
    text = "dang ky ket hon can giay to gi"
    house.talk.reader.known[normalise(text)] = asks((MARRIAGE, 0.9), (BIRTH, 0.05), aspects=[Aspect.DOCUMENTS])
    zalo.webhooks.duplicates = 2
    await zalo.say(USER, text)
    await house.sent()
    person = zalo.people[USER]
    assert MARRIAGE.name in person.texts[-1]
    assert "**" not in "".join(person.texts)
    answered = len(person.inbox)
    query = next(button for button in person.buttons() if button["type"] == "oa.query.hide")
    await zalo.tap(USER, query["title"])
    await house.sent()
    assert len(person.inbox) > answered
    assert MARRIAGE.name in "\n".join(person.texts[answered:])
    assert zalo.webhooks.statuses == [200] * 4


async def test_asked_back_a_person_may_tap_or_write_the_number(house: House, zalo: FakeZaloOa) -> None:
    text = "kết hôn"
    house.talk.reader.known[normalise(text)] = asks((MARRIAGE, 0.5), (FOREIGN_MARRIAGE, 0.48), in_scope=0.9)
    await zalo.say(USER, text)
    await house.sent()
    person = zalo.people[USER]
    number = next(title.partition(".")[0] for title in titles(person) if FOREIGN_MARRIAGE.name in title)
    await zalo.say(USER, number)
    await house.sent()
    assert FOREIGN_MARRIAGE.name in "\n".join(person.texts)


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
