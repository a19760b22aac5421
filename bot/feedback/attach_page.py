"""The page on which a sender attaches files: ``/tep/<token>``. It works without scripts, and shows no file again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

from aiohttp import BodyPartReader, web

from bot.channels.web.channel import same_site
from bot.dialogue.texts import Texts
from bot.feedback.attach_links import PATH, AttachLinks, AttachPlace
from bot.feedback.attaching import Attaching
from bot.http.languages import language_of
from bot.http.pages import Pages
from feedback.attachments.kinds import MediaKind, Refusal
from feedback.attachments.store import ScanState

TEMPLATES = Path(__file__).parent / "templates"
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
"""The address is a secret: nobody may index it, no other site may learn it."""
MULTIPART = "multipart/form-data"
LONGEST_FORM = 1024
_SPARE = 64 * 1024
"""Of a posted form, beside its files."""
_CHUNK = 64 * 1024
_MEGABYTE = 1024 * 1024

DraftLives = Callable[[str], Awaitable[bool]]
"""Tells whether a draft is still being written."""


class AttachPage:
    """``GET`` shows the form, ``POST`` takes files, ``POST …/bo`` takes one off again."""

    def __init__(self, links: AttachLinks, attaching: Attaching, lives: DraftLives, texts: Texts) -> None:
        """Take what reads addresses, what keeps files, whether a draft still lives, and the sentences."""
        self._links = links
        self._attaching = attaching
        self._lives = lives
        self._texts = texts
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        path = PATH + "{token}"
        return [
            web.get(path, self.get, allow_head=False),
            web.post(path, self.post),
            web.post(f"{path}/bo", self.remove),
        ]

    async def get(self, request: web.Request) -> web.Response:
        """Show the form."""
        place = await self._place(request)
        return await self._show(request, place) if place else self._gone(request)

    async def post(self, request: web.Request) -> web.Response:
        """Take files. The secret address and the same site together keep other sites' forms out."""
        place = await self._place(request)
        if place is None:
            return self._gone(request)
        if not _ours(request.headers):
            return self._gone(request, 403)
        texts = self._texts.speaking(language_of(request, place.language))
        told = [text async for text in self._taken(request, place, texts)]
        return await self._show(request, place, told or [texts.render("utter_attach_nothing")])

    async def remove(self, request: web.Request) -> web.Response:
        """Take a file off again."""
        place = await self._place(request)
        if place is None:
            return self._gone(request)
        plain = request.content_type == "application/x-www-form-urlencoded"
        if not _ours(request.headers) or not plain or (request.content_length or 0) > LONGEST_FORM:
            return self._gone(request, 403)
        id = str((await request.post()).get("id", ""))
        texts = self._texts.speaking(language_of(request, place.language))
        gone = await self._attaching.leave_out(place.draft, id)
        return await self._show(request, place, [texts.render("utter_attach_removed")] if gone else [])

    async def _taken(self, request: web.Request, place: AttachPlace, texts: Texts) -> AsyncIterator[str]:
        """Yield what is said of each file, in its order; the rest of a form that is too large is not read."""
        limits = self._attaching.attachments.limits
        if request.content_type != MULTIPART or (request.content_length or 0) > limits.files * limits.bytes + _SPARE:
            if request.content_type == MULTIPART:
                yield self._attaching.say(texts, Refusal.TOO_LARGE)
            return
        files = 0
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.filename:
                continue
            files += 1
            if files > limits.files:
                yield self._attaching.say(texts, Refusal.TOO_MANY)
                return
            content = await _read(part, limits.bytes)
            if content is None:
                yield self._attaching.say(texts, Refusal.TOO_LARGE)
                return
            yield self._attaching.say(texts, await self._attaching.take(place.draft, part.filename, content))

    async def _place(self, request: web.Request) -> AttachPlace | None:
        place = self._links.read(request.match_info["token"])
        return place if place is not None and await self._lives(place.draft) else None

    async def _show(self, request: web.Request, place: AttachPlace, told: list[str] | None = None) -> web.Response:
        there = await self._attaching.of_draft(place.draft)
        limits = self._attaching.attachments.limits
        response = self._pages.respond(
            request,
            "attach.html",
            own=place.language,
            files=there,
            told=told or [],
            unscanned=any(one.state is ScanState.PENDING for one in there),
            full=len(there) >= limits.files,
            most=limits.bytes // _MEGABYTE,
            count=limits.files,
            accept=",".join(kind.value for kind in MediaKind),
            path=f"{PATH}{request.match_info['token']}",
        )
        response.headers.update(PRIVATE)
        return response

    def _gone(self, request: web.Request, status: int = 404) -> web.Response:
        response = self._pages.respond(request, "attach_gone.html", status, elsewhere=status == 403)
        response.headers.update(PRIVATE)
        return response


async def _read(part: BodyPartReader, most: int) -> bytes | None:
    """Return a file's bytes; ``None`` when they are more than allowed."""
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)


def _ours(headers: Mapping[str, str]) -> bool:
    """Tell whether a form may come from our page. Under its referrer policy older browsers name its origin "null"."""
    unnamed = "Sec-Fetch-Site" not in headers and headers.get("Origin") == "null"
    return unnamed or same_site(headers)
