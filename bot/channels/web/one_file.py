"""A file from the page that is read at once, answered, and dropped; it is no message: a picture of a QR code, a table of codes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.channels.web.api import Handler
from bot.channels.web.channel import same_site
from bot.channels.web.errors import RefusedError
from bot.channels.web.limits import Rate, open_buckets, read_body, spend
from bot.channels.web.settings import WebSettings
from bot.channels.web.texts import WebTexts
from bot.channels.web.visitors import Visitors
from bot.dossiers.organisations.ports import Upload, UploadOutcome
from bot.dossiers.photos import PhotoOutcome, PhotoRead
from bot.http.languages import language_of

ReadsPicture = Callable[[bytes], Awaitable[PhotoRead]]
ReadsFile = Callable[[bytes], Awaitable[Upload]]


@dataclass(frozen=True)
class OneFile:
    """What is taken at one address, and what comes back."""

    path: str
    kinds: frozenset[str]
    """What a file may be called; what it is shows when it is read, for browsers tell it by the name's ending alone."""
    refusal: str
    """Code of the error for any other."""
    most_bytes: int
    rate: Rate | None
    answers: Callable[[bytes, str], Awaitable[dict[str, Any]]]
    """Reads a file; returns the answer in a language."""


def pictures(read: ReadsPicture, texts: WebTexts, settings: WebSettings) -> OneFile:
    """``POST /api/v1/qr``: a picture in, ``{"code": …}`` or ``{"message": …}`` out."""

    async def answers(content: bytes, language: str) -> dict[str, Any]:
        found = await read(content)
        if found.outcome is PhotoOutcome.FOUND:
            return {"code": found.code}
        return {"code": "", "message": texts.photo(found.outcome, language)}

    kinds = frozenset({"image/jpeg", "image/png", "image/webp"})
    return OneFile("/api/v1/qr", kinds, "not_picture", settings.picture_bytes, settings.picture_rate, answers)


def tables(read: ReadsFile, texts: WebTexts, settings: WebSettings) -> OneFile:
    """``POST /api/v1/codes``: a CSV or XLSX file in, ``{"codes": […]}`` out, with ``message`` where there are none."""

    async def answers(content: bytes, language: str) -> dict[str, Any]:
        found = await read(content)
        if found.outcome is UploadOutcome.READ:
            return {"codes": found.codes}
        return {"codes": [], "message": texts.upload(found.outcome, language)}

    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    kinds = frozenset({"application/octet-stream", "text/csv", workbook})
    return OneFile("/api/v1/codes", kinds, "not_table", settings.upload_bytes, settings.upload_rate, answers)


class OneFileApi:
    """Takes files at one address."""

    def __init__(
        self, of: OneFile, kindly: Callable[[Handler], Handler], visitors: Visitors, ticks: Callable[[], float]
    ) -> None:
        """Take what is read, what turns refusals into answers, who visits, and a clock for the limits."""
        self._of = of
        self._kindly = kindly
        self._visitors = visitors
        self._buckets = open_buckets(of.rate, ticks)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.post(self._of.path, self._kindly(self.post))]

    async def post(self, request: web.Request) -> web.Response:
        """Read one file."""
        if not same_site(request.headers):
            raise RefusedError(403, "cross_site")
        if request.content_type not in self._of.kinds:
            raise RefusedError(415, self._of.refusal)
        for name in (self._visitors.key(request), self._visitors.address(request)):
            spend(self._buckets, name)
        answer = await self._of.answers(await read_body(request, self._of.most_bytes), language_of(request))
        return web.json_response(answer, headers={"Cache-Control": "no-store"})
