"""Fetches files from addresses that were written by others: the catalogue's, and where platforms keep what citizens send.

Whoever can write such an address must not make this server ask machines of its own network: only public addresses are
connected to, whatever a name resolves to, and a redirect is followed on the same host alone, or not at all.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Collection
from typing import Protocol

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from bot.dossiers.photos import Fetched

SECONDS = 20.0
SENT_SECONDS = 8.0
"""How long a file that a citizen sent may take: they wait for the answer."""
MOST_REDIRECTS = 3
GENERIC = frozenset({"application/octet-stream", "binary/octet-stream"})
"""Media types under which servers give out any file."""
Permits = Callable[[str], bool]
"""Tells whether an IP address may be connected to."""


class Fetcher(Protocol):
    """Gets files."""

    async def fetch(self, url: str, kinds: Collection[str], most: int) -> bytes | None:
        """Return a file; ``None`` when it is away, of another kind, larger than ``most`` bytes, or not for us to ask."""
        ...


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not (mapped or found).is_multicast


class GuardedResolver(AbstractResolver):
    """Finds a name's addresses and leaves out those that may not be connected to."""

    def __init__(self, permits: Permits, resolver: AbstractResolver | None = None) -> None:
        """Take the rule, and what resolves."""
        self._permits = permits
        self._resolver = resolver or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """See ``AbstractResolver.resolve``."""
        found = await self._resolver.resolve(host, port, family)
        kept = [one for one in found if self._permits(one["host"])]
        if not kept:
            raise OSError(f"{host} has no public address")
        return kept

    async def close(self) -> None:
        """See ``AbstractResolver.close``."""
        await self._resolver.close()


class AiohttpFetcher:
    """``Fetcher`` over a client session of its own."""

    def __init__(
        self, permits: Permits = is_public, resolver: AbstractResolver | None = None, seconds: float = SECONDS
    ) -> None:
        """Take which addresses may be connected to, what resolves names, and how long a file may take."""
        self._permits = permits
        connector = aiohttp.TCPConnector(resolver=GuardedResolver(permits, resolver))
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=aiohttp.ClientTimeout(total=seconds)
        )

    async def aclose(self) -> None:
        """Close the session."""
        await self._session.close()

    async def fetch(self, url: str, kinds: Collection[str], most: int) -> bytes | None:
        """See ``Fetcher.fetch``."""
        try:
            at = URL(url)
            for _ in range(MOST_REDIRECTS + 1):
                if not self._askable(at):
                    return None
                async with self._session.get(at, allow_redirects=False) as response:
                    if response.status not in (301, 302, 303, 307, 308):
                        return await _file(response, kinds, most)
                    to = at.join(URL(response.headers.get("Location", "")))
                    if (to.host, to.scheme) not in ((at.host, at.scheme), (at.host, "https")):
                        return None
                    at = to
        except (TimeoutError, aiohttp.ClientError, ValueError, OSError):
            return None
        return None

    async def fetch_sent(self, url: str, most: int) -> Fetched | None:
        """Return what a citizen sent, of whatever kind; see ``FetchesFiles.fetch``."""
        try:
            at = URL(url)
            if not self._askable(at):
                return None
            async with asyncio.timeout(SENT_SECONDS), self._session.get(at, allow_redirects=False) as response:
                if response.status != 200:
                    return None
                content = await _limited(response, most)
        except (TimeoutError, aiohttp.ClientError, ValueError, OSError):
            return None
        return Fetched(too_large=True) if content is None else Fetched(content)

    def _askable(self, at: URL) -> bool:
        """Tell whether an address may be asked; names are judged when they are resolved."""
        if at.scheme not in ("http", "https") or not at.host or at.user is not None:
            return False
        try:
            ipaddress.ip_address(at.host)
        except ValueError:
            return True
        return self._permits(at.host)


async def _file(response: aiohttp.ClientResponse, kinds: Collection[str], most: int) -> bytes | None:
    if response.status != 200:
        return None
    if response.content_type not in kinds and response.content_type not in GENERIC:
        return None
    return await _limited(response, most)


async def _limited(response: aiohttp.ClientResponse, most: int) -> bytes | None:
    """Return the body; ``None`` when it is larger than so many bytes."""
    if (response.content_length or 0) > most:
        return None
    found = bytearray()
    async for chunk in response.content.iter_any():
        found += chunk
        if len(found) > most:
            return None
    return bytes(found)
