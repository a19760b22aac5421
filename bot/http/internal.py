"""The private route that hands the live catalogue's search index to the Rasa process."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Protocol

from aiohttp import web

PATH = "/internal/catalogue/index"


class IndexSource(Protocol):
    """Holds the index of the live catalogue version as bytes."""

    def index_bytes(self) -> bytes:
        """Return the index; empty while nothing is live."""
        ...

    def etag(self) -> str:
        """Return the hash of the bytes, without quotes."""
        ...


def internal_routes(source: IndexSource, key: str | None) -> list[web.RouteDef]:
    """Return the route.

    Args:
        source: the live catalogue.
        key: shared key; without one only the loopback address is served.
    """

    async def index(request: web.Request) -> web.Response:
        if not _allowed(request, key):
            raise web.HTTPNotFound()
        data, etag = source.index_bytes(), f'"{source.etag()}"'
        if not data:
            raise web.HTTPServiceUnavailable(text="no catalogue is published")
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=data, content_type="application/octet-stream", headers={"ETag": etag})

    return [web.get(PATH, index)]


def _allowed(request: web.Request, key: str | None) -> bool:
    if key is not None:
        return hmac.compare_digest(request.headers.get("X-Internal-Key", "").encode(), key.encode())
    try:
        # A proxy in front would make everybody look local: what it forwarded is not ours.
        return "X-Forwarded-For" not in request.headers and ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
