"""The cookies of the console: the sign-in's secret, and the browser's proofs that it was here before."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.accounts.came_from import Came, Origins
from bot.console.done import HOME

PLAIN = "motcua_canbo"
SECURE = "__Host-motcua_canbo"
"""Behind TLS: browsers take a cookie of such a name only by TLS, for this host alone and for all of its paths."""
DEVICE = "motcua_canbo_may"
DEVICE_SECONDS = 180 * 24 * 3600


@dataclass(frozen=True)
class Cookies:
    """Reads and writes them.

    The sign-in's cookie is ``SameSite=Lax``: with ``Strict`` a link in an e-mail, and the way back from the province's
    sign-on, would find nobody signed in. Nothing is changed by a GET, and forms have a token of their own.
    """

    origins: Origins

    def token(self, request: web.Request) -> str:
        """Return the sign-in's secret; empty for none."""
        return request.cookies.get(self._name(request), "")

    def came(self, request: web.Request) -> Came:
        """Return where the request comes from."""
        return self.origins.of(request, request.cookies.get(DEVICE, ""))

    def give(self, request: web.Request, response: web.StreamResponse, token: str) -> None:
        """Hand a sign-in's secret over; it goes when the browser is closed."""
        secure = self.origins.encrypted(request)
        response.set_cookie(
            self._name(request), token, path="/" if secure else HOME, httponly=True, secure=secure, samesite="Lax"
        )

    def know(self, request: web.Request, response: web.StreamResponse, account: str) -> None:
        """Let the browser prove later that this account was signed in with it."""
        proofs = self.origins.proofs(self.came(request), account)
        secure = self.origins.encrypted(request)
        response.set_cookie(
            DEVICE, proofs, max_age=DEVICE_SECONDS, path=HOME, httponly=True, secure=secure, samesite="Strict"
        )

    def take(self, request: web.Request, response: web.StreamResponse) -> None:
        """Take the sign-in's cookie away."""
        secure = self.origins.encrypted(request)
        response.del_cookie(self._name(request), path="/" if secure else HOME, secure=secure, httponly=True)

    def _name(self, request: web.Request) -> str:
        return SECURE if self.origins.encrypted(request) else PLAIN
