"""A file of dossier codes from the page: read at once, answered with the codes in it, and dropped; it is no message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.channels.web.api import Handler
from bot.channels.web.channel import same_site
from bot.channels.web.errors import RefusedError
from bot.channels.web.limits import open_buckets, read_body, spend
from bot.channels.web.settings import WebSettings
from bot.channels.web.texts import WebTexts
from bot.channels.web.visitors import Visitors
from bot.dossiers.organisations.ports import Upload, UploadOutcome
from bot.http.languages import language_of

PATH = "/api/v1/codes"
KINDS = frozenset(
    {
        "application/octet-stream",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
"""What a file may be called; what it is shows when it is read, for browsers tell it by the name's ending alone."""
ReadsFile = Callable[[bytes], Awaitable[Upload]]


class UploadApi:
    """``POST /api/v1/codes``: a CSV or XLSX file in, ``{"codes": […]}`` out, with ``message`` where there are none."""

    def __init__(
        self,
        read: ReadsFile,
        kindly: Callable[[Handler], Handler],
        visitors: Visitors,
        texts: WebTexts,
        settings: WebSettings,
        ticks: Callable[[], float],
    ) -> None:
        """Take what reads files, what turns refusals into answers, and the limits."""
        self._read = read
        self._kindly = kindly
        self._visitors = visitors
        self._texts = texts
        self._settings = settings
        self._buckets = open_buckets(settings.upload_rate, ticks)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.post(PATH, self._kindly(self.post))]

    async def post(self, request: web.Request) -> web.Response:
        """Read one file."""
        if not same_site(request.headers):
            raise RefusedError(403, "cross_site")
        if request.content_type not in KINDS:
            raise RefusedError(415, "not_table")
        for name in (self._visitors.key(request), self._visitors.address(request)):
            spend(self._buckets, name)
        read = await self._read(await read_body(request, self._settings.upload_bytes))
        if read.outcome is UploadOutcome.READ:
            return _json({"codes": read.codes})
        return _json({"codes": [], "message": self._texts.upload(read.outcome, language_of(request))})


def _json(body: dict[str, Any]) -> web.Response:
    return web.json_response(body, headers={"Cache-Control": "no-store"})
