"""The sender's slip to print (``/phieu/<token>``), and as a PDF to keep; made anew from what is kept each time, never stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from aiohttp import web
from markupsafe import Markup

from bot.delivery.ports import Transactions
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.texts import Texts
from bot.doors.qr import inline_svg
from bot.feedback.form_page import PRIVATE
from bot.http.pages import Pages
from bot.postal.request import PostalRequest
from bot.postal.request_store import RequestStore
from bot.postal.sample_slip import NAME, sample_slip
from bot.postal.sheet import Sheet, SheetVoice
from bot.postal.sheet_links import FILE, PATH, SheetLinks
from bot.postal.sheet_pdf import sheet_pdf

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class SheetOutside:
    """What the page needs from outside."""

    transactions: Transactions
    store: RequestStore
    links: SheetLinks
    about: AboutPostal
    clock: Callable[[], datetime]


class SheetPage:
    """Shows a slip as its law asks: in Vietnamese, with blanks for what is filled in at the counter."""

    def __init__(self, outside: SheetOutside, texts: Texts) -> None:
        """Take what the page needs, and the sentences."""
        self._outside = outside
        self._texts = texts.speaking("vi")
        self._pages = Pages(TEMPLATES, texts.render)
        self._voice = SheetVoice(self._texts, outside.about, outside.clock)
        self._printer = ThreadPoolExecutor(1, "slip-pdf")
        self._sample = lru_cache(maxsize=1)(self._drawn)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(PATH + "{token}", self.get, allow_head=False),
            web.get(PATH + "{token}" + FILE, self.file, allow_head=False),
        ]

    async def get(self, request: web.Request) -> web.Response:
        """Show the slip."""
        slip = await self._slip(request)
        if slip is None:
            return self._gone(request)
        response = self._pages.respond(
            request,
            "sheet.html",
            only="vi",
            sheet=await self._voice.sheet(slip),
            file=request.path + FILE,
            qr=Markup(inline_svg(slip.id)),  # noqa: S704 - made by segno from our own number
        )
        return _kept_private(response)

    async def file(self, request: web.Request) -> web.Response:
        """Give the slip as a PDF."""
        slip = await self._slip(request)
        if slip is None:
            return self._gone(request)
        sheet = await self._voice.sheet(slip)
        # Anybody may ask for the made-up one as often as they like: it is drawn once, until a word of it changes.
        draws = self._sample if request.match_info["token"] == NAME else self._drawn
        content = await asyncio.get_running_loop().run_in_executor(self._printer, draws, sheet)
        response = web.Response(body=content, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="phieu-gui-ho-so-{slip.id}.pdf"'
        response.headers["Cache-Control"] = "no-store"
        return _kept_private(response)

    def _drawn(self, sheet: Sheet) -> bytes:
        return sheet_pdf(sheet, lambda page: self._texts.render("utter_pslip_sheet_page", number=sheet.id, page=page))

    def _gone(self, request: web.Request) -> web.Response:
        return _kept_private(self._pages.respond(request, "sheet_gone.html", 404))

    async def _slip(self, request: web.Request) -> PostalRequest | None:
        token = request.match_info["token"]
        if token == NAME:
            return sample_slip(self._outside.clock())
        id = self._outside.links.read(token)
        async with self._outside.transactions.read() as session:
            kept = await self._outside.store.get(session, id) if id else None
        return kept.request if kept else None


def _kept_private(response: web.Response) -> web.Response:
    response.headers.update(PRIVATE)
    return response
