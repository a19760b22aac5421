"""What was done, said once on the page that follows."""

from __future__ import annotations

from urllib.parse import quote, unquote

from aiohttp import web

HOME = "/canbo"
"""Where the console begins; its cookies go nowhere else."""
COOKIE = "motcua_canbo_xong"
SECONDS = 60


def go(path: str, done: str = "") -> web.Response:
    """Send the browser to a page after something was done.

    Args:
        path: of the page.
        done: a sentence that it says once; nothing personal.
    """
    response = web.Response(status=303, headers={"Location": path})
    if done:
        response.set_cookie(COOKIE, quote(done), max_age=SECONDS, path=HOME, httponly=True, samesite="Strict")
    return response


def done_of(request: web.Request) -> str:
    """Return the sentence that the page should say; empty for none."""
    return unquote(request.cookies.get(COOKIE, ""))


def was_said(response: web.StreamResponse) -> None:
    """Take care that no further page says it."""
    response.del_cookie(COOKIE, path=HOME)
