"""The security headers that every response carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Content policy of whatever sets none of its own: it may load and run nothing."""


YEAR = 365 * 24 * 3600
ByTls = Callable[[web.Request], bool]
"""Tells whether a browser came by TLS."""


def keep_to_tls(by_tls: ByTls) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return a signal that tells browsers which came by TLS never to come without it."""

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        if by_tls(request):
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")

    return add


async def add_security_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Add what the handler did not set itself; a signal for ``on_response_prepare``."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", CLOSED_POLICY)
    # The server's own name and version tell an attacker what to try.
    response.headers["Server"] = "motcua"
