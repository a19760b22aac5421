"""A picture of a QR code from the page: read at once, answered with the code in it, and dropped; it is no message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.web.api import Handler
from bot.channels.web.channel import same_site
from bot.channels.web.errors import RefusedError
from bot.channels.web.limits import open_buckets, read_body, spend
from bot.channels.web.settings import WebSettings
from bot.channels.web.texts import WebTexts
from bot.channels.web.visitors import Visitors
from bot.dossiers.photos import PhotoOutcome, PhotoRead
from bot.http.languages import language_of

PATH = "/api/v1/qr"
KINDS = frozenset({"image/jpeg", "image/png", "image/webp"})
ReadsPicture = Callable[[bytes], Awaitable[PhotoRead]]


class PhotoApi:
    """``POST /api/v1/qr``: a picture in, ``{"code": …}`` or ``{"message": …}`` out."""

    def __init__(
        self,
        read: ReadsPicture,
        kindly: Callable[[Handler], Handler],
        visitors: Visitors,
        texts: WebTexts,
        settings: WebSettings,
        ticks: Callable[[], float],
    ) -> None:
        """Take what reads pictures, what turns refusals into answers, and the limits."""
        self._read = read
        self._kindly = kindly
        self._visitors = visitors
        self._texts = texts
        self._settings = settings
        self._buckets = open_buckets(settings.picture_rate, ticks)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.post(PATH, self._kindly(self.post))]

    async def post(self, request: web.Request) -> web.Response:
        """Read one picture."""
        if not same_site(request.headers):
            raise RefusedError(403, "cross_site")
        if request.content_type not in KINDS:
            raise RefusedError(415, "not_picture")
        for name in (self._visitors.key(request), self._visitors.address(request)):
            spend(self._buckets, name)
        read = await self._read(await read_body(request, self._settings.picture_bytes))
        if read.outcome is PhotoOutcome.FOUND:
            return _json({"code": read.code})
        return _json({"code": "", "message": self._texts.photo(read.outcome, language_of(request))})


def _json(body: dict[str, str]) -> web.Response:
    return web.json_response(body, headers={"Cache-Control": "no-store"})
