"""The security headers that every response carries."""

from __future__ import annotations

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


async def add_security_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Add what the handler did not set itself; a signal for ``on_response_prepare``."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", CLOSED_POLICY)
