"""Files are fetched from public addresses alone, whatever a catalogue or a redirect says."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Mapping

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from bot.channels.fetching import AiohttpFetcher, is_public
from bot.dossiers.photos import Fetched

PDF = "application/pdf"
HERE = "127.0.0.1"


class FakeNames(AbstractResolver):
    """Resolves the names of a test."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        at = self._names[host]
        return [{"hostname": host, "host": at, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        """Hold nothing."""


@pytest.fixture
async def port() -> AsyncIterator[tuple[int, list[str]]]:
    """The port of a server, and the paths it was asked for."""
    asked: list[str] = []

    async def serve(request: web.Request) -> web.Response:
        asked.append(request.path)
        kind = request.query.get("kind", PDF)
        to = request.query.get("to")
        if to:
            return web.Response(status=int(request.query.get("status", "302")), headers={"Location": to})
        return web.Response(body=b"%PDF-1.7", content_type=kind)

    app = web.Application()
    app.add_routes([web.get("/{path:.*}", serve)])
    async with TestServer(app, host=HERE) as server:
        yield int(server.port or 0), asked


async def fetched(url: str, *, most: int = 100, permits: str = HERE, **names: str) -> bytes | None:
    """Fetch with a rule that takes one address for public, and names that resolve as given."""
    known = {name.replace("_", "."): at for name, at in names.items()}
    async with contextlib.aclosing(AiohttpFetcher(lambda at: at == permits, FakeNames(known))) as fetcher:
        return await fetcher.fetch(url, (PDF,), most)


async def test_a_file_is_fetched_from_a_public_address(port: tuple[int, list[str]]) -> None:
    assert await fetched(f"http://{HERE}:{port[0]}/a.pdf") == b"%PDF-1.7"
    assert await fetched(f"http://files.vn:{port[0]}/a.pdf", files_vn=HERE) == b"%PDF-1.7"


@pytest.mark.parametrize("host", [HERE, "inner.vn", "localhost"])
async def test_an_address_of_our_own_network_is_not_asked(port: tuple[int, list[str]], host: str) -> None:
    names = {"inner_vn": HERE, "localhost": HERE}
    assert await fetched(f"http://{host}:{port[0]}/a.pdf", permits="8.8.8.8", **names) is None
    assert port[1] == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://127.0.0.1/a", "//x", "", "http://", "http://a:b@127.0.0.1/", "http://2130706433/"],
)
async def test_what_is_no_plain_web_address_is_not_asked(url: str) -> None:
    assert await fetched(url) is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_on_the_same_host_is_followed(port: tuple[int, list[str]], status: int) -> None:
    assert await fetched(f"http://{HERE}:{port[0]}/old?status={status}&to=/new.pdf") == b"%PDF-1.7"
    assert port[1] == ["/old", "/new.pdf"]


@pytest.mark.parametrize("to", ["http://other.vn:{port}/", "//other.vn:{port}/", "file:///etc/passwd", "", "http://["])
async def test_a_redirect_elsewhere_is_not_followed(port: tuple[int, list[str]], to: str) -> None:
    goal = to.format(port=port[0])
    url = f"http://files.vn:{port[0]}/old?to={goal or '%20'}"
    assert await fetched(url, files_vn=HERE, other_vn=HERE) is None
    assert port[1].count("/") == 0


async def test_redirects_in_a_ring_end(port: tuple[int, list[str]]) -> None:
    assert (
        await fetched(
            f"http://{HERE}:{port[0]}/ring?to=/ring%3Fto%3D/ring%253Fto%253D/ring%25253Fto%25253D/ring%2525253Fto%2525253D/x"
        )
        is None
    )
    assert len(port[1]) == 4


async def test_what_is_too_large_or_of_another_kind_is_left(port: tuple[int, list[str]]) -> None:
    url = f"http://{HERE}:{port[0]}/a.pdf"
    assert await fetched(url, most=7) is None
    assert await fetched(f"{url}?kind=text/html") is None
    assert await fetched(f"{url}?kind=application/octet-stream") == b"%PDF-1.7"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "224.0.0.1", "not an address"),
    ],
)
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


async def sent(url: str, *, most: int = 100, permits: str = HERE, **names: str) -> Fetched | None:
    """Fetch what a citizen sent."""
    known = {name.replace("_", "."): at for name, at in names.items()}
    async with contextlib.aclosing(AiohttpFetcher(lambda at: at == permits, FakeNames(known))) as fetcher:
        return await fetcher.fetch_sent(url, most)


async def test_what_a_citizen_sent_may_be_of_any_kind_and_is_cut_off_at_the_limit(port: tuple[int, list[str]]) -> None:
    url = f"http://{HERE}:{port[0]}/f"
    assert await sent(f"{url}?kind=text/csv") == Fetched(b"%PDF-1.7")
    assert await sent(f"{url}?kind=image/jpeg") == Fetched(b"%PDF-1.7")
    assert await sent(url, most=3) == Fetched(too_large=True)


async def test_what_a_citizen_sent_is_fetched_from_public_addresses_alone_and_without_redirects(
    port: tuple[int, list[str]],
) -> None:
    number, asked = port
    assert await sent(f"http://{HERE}:{number}/f", permits="203.0.113.1") is None
    assert await sent(f"http://inside.example:{number}/f", permits="203.0.113.1", inside_example=HERE) is None
    assert await sent("file:///etc/passwd") is None
    assert await sent(f"http://user@{HERE}:{number}/f") is None
    assert asked == []
    assert await sent(f"http://{HERE}:{number}/f?to=/g") is None
    assert asked == ["/f"]
