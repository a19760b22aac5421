"""The private route gives the index to the Rasa process and to nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request

from bot.http.internal import PATH, _allowed, internal_routes

Client = TestClient[web.Request, web.Application]
KEY = "k" * 40


@dataclass
class Source:
    """An index that is only bytes."""

    data: bytes = b"index"

    def index_bytes(self) -> bytes:
        return self.data

    def etag(self) -> str:
        return "e1"


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., Awaitable[Client]]]:
    """Start servers with the route; each is closed at the end."""
    clients: list[Client] = []

    async def start(key: str | None = None, source: Source | None = None) -> Client:
        app = web.Application()
        app.add_routes(internal_routes(source or Source(), key))
        client: Client = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return client

    yield start
    for client in clients:
        await client.close()


async def test_the_loopback_address_is_served_without_a_key(serve: Callable[..., Awaitable[Client]]) -> None:
    response = await (await serve()).get(PATH)
    assert response.status == 200
    assert await response.read() == b"index"
    assert response.headers["ETag"] == '"e1"'


@pytest.mark.parametrize(
    ("sent", "status"), [(KEY, 200), ("wrong", 404), ("", 404), (None, 404), ("k" * 39 + "é", 404)]
)
async def test_with_a_key_only_who_sends_it_is_served(
    serve: Callable[..., Awaitable[Client]], sent: str | None, status: int
) -> None:
    headers = {} if sent is None else {"X-Internal-Key": sent}
    assert (await (await serve(KEY)).get(PATH, headers=headers)).status == status


async def test_what_has_not_changed_is_not_sent_again(serve: Callable[..., Awaitable[Client]]) -> None:
    client = await serve()
    same = await client.get(PATH, headers={"If-None-Match": '"e1"'})
    assert (same.status, await same.read()) == (304, b"")
    assert (await client.get(PATH, headers={"If-None-Match": '"e0"'})).status == 200


async def test_a_forwarded_request_is_refused_although_it_comes_from_the_loopback_address(
    serve: Callable[..., Awaitable[Client]],
) -> None:
    assert (await (await serve()).get(PATH, headers={"X-Forwarded-For": "127.0.0.1"})).status == 404


async def test_while_nothing_is_published_the_route_says_so(serve: Callable[..., Awaitable[Client]]) -> None:
    assert (await (await serve(source=Source(b""))).get(PATH)).status == 503


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("10.0.0.5", False), ("203.0.113.7", False), ("", False)],
)
def test_without_a_key_only_this_machine_is_served(address: str, allowed: bool) -> None:
    request = make_mocked_request("GET", PATH).clone(remote=address)
    assert _allowed(request, None) is allowed
