"""The client of an SMS gateway: what is filled in, what is tried again, what is told."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.dossiers.sms.gateway import TRIES, Gateway, Outcome, Sms, SmsGateway
from tests.fakes.sms_gateway import FakeSmsGateway, running

PHONE, CODE, KEY = "+84912345678", "012345", "fedcba9876543210"
MESSAGE = Sms(PHONE, f'Ma "{CODE}"', KEY, CODE)


@dataclass
class Listener:
    """Notes what it gets and answers as told."""

    url: str = ""
    status: int = 200
    answer: str = '{"result": "0"}'
    got: list[dict[str, Any]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        seen = {"query": dict(request.query), "headers": dict(request.headers), "body": await request.text()}
        self.got.append(seen)
        return web.Response(text=self.answer, status=self.status, headers={"Location": "/elsewhere"})


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    fake = Listener()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", fake.handle)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("/sms"))
        yield fake


@pytest.fixture
async def strict() -> AsyncIterator[FakeSmsGateway]:
    async with running() as fake:
        yield fake


def client(given: Gateway) -> SmsGateway:
    async def sleep(seconds: float) -> None:
        pass

    return SmsGateway(given, sleep)


async def test_a_json_body_is_filled_in_as_json(listener: Listener) -> None:
    body = '{"to": ["{phone84}"], "text": "{text}", "id": "{key}", "flash": false}'
    headers = {"Authorization": "Bearer {secret}"}
    given = Gateway(listener.url, headers=headers, body=body, secret="s3cret")
    assert given.knows_keys
    assert await client(given).send(MESSAGE) is Outcome.TAKEN
    [got] = listener.got
    expected = '{"to": ["84912345678"], "text": "Ma \\"012345\\"", "id": "fedcba9876543210", "flash": false}'
    assert got["body"] == expected
    assert got["headers"]["Authorization"] == "Bearer s3cret"
    assert got["headers"]["Content-Type"].startswith("application/json")


async def test_a_form_and_an_address_are_filled_in_and_escaped(listener: Listener) -> None:
    form = Gateway(listener.url, body="phone={phone}&msg={text}&key={secret}", secret="a&b=c")
    await client(form).send(MESSAGE)
    await client(Gateway(listener.url + "?to={phone}&m={text}", method="GET")).send(MESSAGE)
    posted, asked = listener.got
    assert posted["body"] == "phone=%2B84912345678&msg=Ma+%22012345%22&key=a%26b%3Dc"
    assert asked["query"] == {"to": PHONE, "m": 'Ma "012345"'}


@pytest.mark.parametrize(
    ("status", "answer", "outcome", "asked"),
    [
        (500, "{}", Outcome.UNSURE, 1),
        (503, "{}", Outcome.BUSY, TRIES),
        (429, "{}", Outcome.BUSY, TRIES),
        (400, "{}", Outcome.REFUSED, 1),
        (302, "", Outcome.REFUSED, 1),
        (200, '{"result": "99"}', Outcome.REFUSED, 1),
    ],
)
async def test_what_was_not_taken_is_told_and_logged_without_number_or_code(
    listener: Listener, caplog: pytest.LogCaptureFixture, status: int, answer: str, outcome: Outcome, asked: int
) -> None:
    listener.status, listener.answer = status, answer
    with caplog.at_level(logging.DEBUG):
        assert await client(Gateway(listener.url + "?to={phone84}", good='"0"')).send(MESSAGE) is outcome
    assert len(listener.got) == asked
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert ours
    assert "912345678" not in ours
    assert CODE not in ours


@pytest.mark.parametrize(("url", "outcome"), [("http://127.0.0.1:1/", Outcome.BUSY), ("http://[x", Outcome.REFUSED)])
async def test_a_gateway_that_is_away_is_no_fault(url: str, outcome: Outcome) -> None:
    assert await client(Gateway(url, seconds=1)).send(MESSAGE) is outcome


async def test_a_gateway_that_stumbles_is_asked_again(strict: FakeSmsGateway) -> None:
    strict.statuses = [503, 429]
    assert await client(strict.gateway()).send(MESSAGE) is Outcome.TAKEN
    assert strict.reached == [("84912345678", MESSAGE.text)]


async def test_an_answer_that_was_lost_sends_nothing_twice_where_keys_are_known(strict: FakeSmsGateway) -> None:
    strict.silent = 1
    assert await client(strict.gateway()).send(MESSAGE) is Outcome.TAKEN
    assert (strict.asked, len(strict.reached)) == (2, 1)


async def test_an_answer_that_was_lost_is_not_asked_for_again_where_they_are_not(strict: FakeSmsGateway) -> None:
    strict.silent = 1
    assert await client(strict.gateway(keyed=False)).send(MESSAGE) is Outcome.UNSURE
    assert (strict.asked, len(strict.reached)) == (1, 1)


async def test_what_may_come_twice_is_always_asked_for_again(strict: FakeSmsGateway) -> None:
    strict.silent = 1
    twice = Sms(PHONE, "Ma 012345", KEY, CODE, harmless_twice=True)
    assert await client(strict.gateway(keyed=False)).send(twice) is Outcome.TAKEN
    assert len(strict.reached) == 2


def test_nothing_secret_prints() -> None:
    assert "s3cret" not in repr(Gateway("https://x", secret="s3cret"))
    assert "912345678" not in repr(MESSAGE)
    assert CODE not in repr(MESSAGE)
