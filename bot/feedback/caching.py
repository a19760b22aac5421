"""Public pages may be kept by whoever reads them, and are asked for anew each time: what is hidden is gone at once."""

from __future__ import annotations

import hashlib

from aiohttp import web

ASK_AGAIN = "no-cache"


def cached(request: web.Request, response: web.Response) -> web.Response:
    """Return a page with a mark of its content, or word that the reader's copy is still right."""
    if response.status != 200 or response.cookies:
        return response
    body = response.body if isinstance(response.body, bytes) else b""
    tag = hashlib.sha256(body).hexdigest()[:32]
    if any(known.value in (tag, "*") for known in request.if_none_match or ()):
        response = web.Response(status=304)
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = ASK_AGAIN
    response.headers["Vary"] = "Cookie"
    return response
