"""Who sends a request: the key that opens their conversations, their address, and whether they sit at a browser."""

from __future__ import annotations

import ipaddress
import re

from aiohttp import web

from bot.channels.web.keys import ConversationKeys
from bot.http.languages import COOKIE_SECONDS

COOKIE = "motcua"
HEADER = "Conversation-Key"
HOME_PREFIX = 56
"""Bits of an address that a provider gives to one home (RIPE-690 advises /56 or shorter)."""

_WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.%\w]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+")


class Visitors:
    """Reads the key from a request and writes it into the response."""

    def __init__(self, keys: ConversationKeys, trust_proxy: bool) -> None:
        """Take the keys, and whether a proxy of ours speaks for the visitor."""
        self._keys = keys
        self._trust_proxy = trust_proxy

    def key(self, request: web.Request) -> str | None:
        """Return the visitor's key; ``None`` when there is none, or none that we made."""
        for key in (request.headers.get(HEADER), request.cookies.get(COOKIE)):
            if key and self._keys.valid(key):
                return key
        return None

    def new_key(self) -> str:
        """Return a key for a visitor without one."""
        return self._keys.issue()

    def conversation(self, key: str, name: str) -> str:
        """Return the id of the conversation that the visitor calls by this name."""
        return self._keys.address(key, name)

    def give(self, request: web.Request, response: web.StreamResponse, key: str) -> None:
        """Hand the key over in a cookie that the scripts of a page cannot read."""
        response.set_cookie(
            COOKIE,
            key,
            max_age=COOKIE_SECONDS,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.encrypted(request),
        )

    def address(self, request: web.Request) -> str | None:
        """Return the visitor's network address; ``None`` for the loopback one, behind which anybody may be."""
        address = request.remote or ""
        if self._trust_proxy:
            # The last entry of the last line is the one that our own proxy added; some proxies add a line of their own.
            # Those before it are the client's own words.
            told = request.headers.getall("X-Forwarded-For", [address])[-1]
            address = _without_port(told.rpartition(",")[2].strip())
        try:
            return None if ipaddress.ip_address(address).is_loopback else address
        except ValueError:
            return None

    def source(self, request: web.Request) -> str:
        """Return a keyed hash of the visitor's network: whoever makes conversations anew stays in it. Empty for unknown."""
        address = self.address(request)
        if address is None:
            return ""
        found = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(found, ipaddress.IPv6Address):
            # A home has as many of these as it likes, all within one prefix.
            home = found.ipv4_mapped or ipaddress.ip_network((found, HOME_PREFIX), strict=False)
            return self._keys.mark("source", str(home))
        return self._keys.mark("source", str(found))

    def browser(self, key: str) -> str:
        """Return a keyed hash of a visitor's key.

        Clients that are no browsers have one too: else who asked with a program could have somebody else open their page.
        """
        return self._keys.mark("browser", key)

    def opener(self, request: web.Request) -> str:
        """Return the same hash for whoever opens a page by a link; empty for who brings no key."""
        key = self.key(request)
        return self._keys.mark("browser", key) if key else ""

    def encrypted(self, request: web.Request) -> bool:
        """Tell whether the visitor came by TLS, to us or to our proxy."""
        if self._trust_proxy and "X-Forwarded-Proto" in request.headers:
            return request.headers["X-Forwarded-Proto"].strip().lower() == "https"
        return request.secure


def _without_port(address: str) -> str:
    """Return an address of which a proxy told the port too: ``203.0.113.7:4711``, ``[2001:db8::1]:4711``."""
    found = _WITH_PORT.fullmatch(address)
    return (found[1] or found[2]) if found else address


def from_browser(request: web.Request) -> bool:
    """Tell whether the request was made by a browser, whose pages must never see the key."""
    return "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
