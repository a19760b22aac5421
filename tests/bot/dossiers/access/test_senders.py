"""Carrying one-time codes: an SMS gateway by settings, and the operator's own eyes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.dossiers.access.senders import Gateway, OperatorsEyes, SmsGateway

PHONE, CODE = "+84912345678", "012345"


@dataclass
class FakeGateway:
    """Notes what it gets and answers as told."""

    url: str = ""
    status: int = 200
    answer: str = '{"result": "0"}'
    got: list[dict[str, Any]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append(
            {
                "method": request.method,
                "query": dict(request.query),
                "headers": dict(request.headers),
                "body": await request.text(),
            }
        )
        return web.Response(text=self.answer, status=self.status, headers={"Location": "/elsewhere"})


@pytest.fixture
async def gateway() -> AsyncIterator[FakeGateway]:
    fake = FakeGateway()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", fake.handle)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("/sms"))
        yield fake


def sms(given: Gateway) -> SmsGateway:
    return SmsGateway(given, lambda code: f'Ma "{code}"')


async def test_a_json_body_is_filled_in_as_json(gateway: FakeGateway) -> None:
    body = '{"to": ["{phone84}"], "text": "{text}", "flash": false}'
    headers = {"Authorization": "Bearer {secret}"}
    assert await sms(Gateway(gateway.url, headers=headers, body=body, secret="s3cret")).send(PHONE, CODE)
    [got] = gateway.got
    assert got["body"] == '{"to": ["84912345678"], "text": "Ma \\"012345\\"", "flash": false}'
    assert got["headers"]["Authorization"] == "Bearer s3cret"
    assert got["headers"]["Content-Type"].startswith("application/json")


async def test_a_form_and_an_address_are_filled_in_and_escaped(gateway: FakeGateway) -> None:
    await sms(Gateway(gateway.url, body="phone={phone}&msg={text}&key={secret}", secret="a&b=c")).send(PHONE, CODE)
    await sms(Gateway(gateway.url + "?to={phone}&m={text}", method="GET")).send(PHONE, CODE)
    form, query = gateway.got
    assert form["body"] == "phone=%2B84912345678&msg=Ma+%22012345%22&key=a%26b%3Dc"
    assert query["query"] == {"to": PHONE, "m": 'Ma "012345"'}


@pytest.mark.parametrize(("status", "answer"), [(500, "{}"), (302, ""), (200, '{"result": "99"}')])
async def test_what_the_gateway_did_not_take_is_told_and_logged_without_number_or_code(
    gateway: FakeGateway, caplog: pytest.LogCaptureFixture, status: int, answer: str
) -> None:
    gateway.status, gateway.answer = status, answer
    with caplog.at_level(logging.DEBUG):
        assert not await sms(Gateway(gateway.url + "?to={phone84}", good='"0"')).send(PHONE, CODE)
    assert len(gateway.got) == 1
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert ours
    assert "912345678" not in ours
    assert CODE not in ours


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/{phone}", "http://[broken"])
async def test_a_gateway_that_is_away_is_no_fault(url: str) -> None:
    assert not await sms(Gateway(url, seconds=1)).send(PHONE, CODE)


def test_the_secret_never_prints() -> None:
    assert "s3cret" not in repr(Gateway("https://x", secret="s3cret"))


async def test_who_develops_sees_codes_but_hardly_the_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "codes.txt"
    assert await OperatorsEyes(file).send(PHONE, CODE)
    assert await OperatorsEyes(None).send(PHONE, CODE)
    assert not await OperatorsEyes(tmp_path / "none" / "x").send(PHONE, CODE)
    for seen in (file.read_text("utf-8"), capsys.readouterr().out):
        assert CODE in seen
        assert "5678" not in seen
