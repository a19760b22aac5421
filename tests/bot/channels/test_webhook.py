"""What becomes of a platform's request."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.contract import Inbound
from bot.channels.webhook import MAX_BODY, webhook_route
from bot.delivery.errors import DifferentMessageError, StoppedError
from bot.delivery.ports import Desk
from bot.delivery.records import Received
from tests.fakes.channel import FakeChannel

GENUINE = {"X-Fake": "yes"}
BODY = json.dumps({"from": "u", "id": "1", "text": "chào"})


class FakeDesk:
    """Remembers what was taken in, or refuses."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.refuse: Exception | None = None

    async def receive(self, inbound: Inbound) -> Received:
        if self.refuse is not None:
            raise self.refuse
        self.taken.append(inbound)
        return Received(len(self.taken), inbound)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
async def client(desk: FakeDesk) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application(client_max_size=10 * MAX_BODY)
    channel: Desk = desk  # type: ignore[assignment]
    app.add_routes([webhook_route("/hook", FakeChannel(), channel, probe=lambda _, raw: raw == b"{}")])
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_genuine_message_is_kept_before_it_is_acknowledged(
    client: TestClient[web.Request, web.Application], desk: FakeDesk
) -> None:
    assert (await client.post("/hook", data=BODY, headers=GENUINE)).status == 200
    assert [one.text for one in desk.taken] == ["chào"]


async def test_a_forged_or_too_large_request_is_refused_and_leaves_nothing(
    client: TestClient[web.Request, web.Application], desk: FakeDesk
) -> None:
    assert (await client.post("/hook", data=BODY)).status == 403
    assert (await client.post("/hook", data=b"x" * (MAX_BODY + 1), headers=GENUINE)).status == 413
    assert desk.taken == []


async def test_a_flood_of_forged_requests_is_told_in_few_lines(
    client: TestClient[web.Request, web.Application], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(101):
        assert (await client.post("/hook", data=BODY)).status == 403
    told = [one.getMessage() for one in caplog.records if "not genuine" in one.getMessage()]
    assert [line.rpartition(", ")[2] for line in told] == ["1 so far.", "101 so far."]


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b"\xff"])
async def test_what_cannot_be_read_is_acknowledged_and_leaves_nothing(
    client: TestClient[web.Request, web.Application], desk: FakeDesk, raw: bytes
) -> None:
    assert (await client.post("/hook", data=raw, headers=GENUINE)).status == 200
    assert desk.taken == []


async def test_the_platforms_unsigned_probe_is_answered_without_effect(
    client: TestClient[web.Request, web.Application], desk: FakeDesk
) -> None:
    assert (await client.post("/hook", data=b"{}")).status == 200
    assert desk.taken == []


async def test_while_stopping_the_platform_is_asked_to_come_again(
    client: TestClient[web.Request, web.Application], desk: FakeDesk
) -> None:
    desk.refuse = StoppedError("stopping")
    assert (await client.post("/hook", data=BODY, headers=GENUINE)).status == 503


async def test_a_repetition_with_another_content_is_acknowledged(
    client: TestClient[web.Request, web.Application], desk: FakeDesk
) -> None:
    desk.refuse = DifferentMessageError("another")
    assert (await client.post("/hook", data=BODY, headers=GENUINE)).status == 200


async def test_a_sign_of_life_is_shown_for_what_was_kept_and_for_nothing_else(desk: FakeDesk) -> None:
    noticed: list[str] = []

    class Signs:
        def noticed(self, received: Received) -> None:
            assert received.inbound in desk.taken
            noticed.append(received.inbound.text)

    app = web.Application()
    takes: Desk = desk  # type: ignore[assignment]
    app.add_routes([webhook_route("/hook", FakeChannel(), takes, signals=Signs())])
    async with TestClient(TestServer(app)) as client:
        await client.post("/hook", data=BODY, headers=GENUINE)
        await client.post("/hook", data=BODY)
        desk.refuse = DifferentMessageError("another")
        await client.post("/hook", data=BODY, headers=GENUINE)
    assert noticed == ["chào"]
