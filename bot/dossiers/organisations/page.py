"""The address at which an organisation's table is fetched: ``/dn/<secret>``, good for a short time and one conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.dialogue.texts import Texts
from bot.dossiers.organisations.asking import PATH, Asking
from bot.dossiers.organisations.workbook import KIND, workbook
from bot.http.pages import Pages
from feedback.working_time.zone import here

TEMPLATES = Path(__file__).parent / "templates"
PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
"""The address is a secret: nobody may index or keep what it shows, no other site may learn it."""


class TablePage:
    """``/dn/<secret>``."""

    def __init__(self, asking: Asking, texts: Texts, clock: Callable[[], datetime]) -> None:
        """Take what answers for organisations, the sentences, and the present moment."""
        self._asking = asking
        self._texts = texts
        self._clock = clock
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.get(PATH + "{secret}", self.get, allow_head=False)]

    async def get(self, request: web.Request) -> web.Response:
        """Hand the table out as the dossiers are now; not once the conversation is no longer linked."""
        now = self._clock()
        found = await self._asking.fetched(request.match_info["secret"], now)
        if found is None:
            gone = self._pages.respond(request, "table_gone.html", 404)
            gone.headers.update(PRIVATE)
            return gone
        overview, kept = found
        texts = self._texts.speaking(kept.language)
        title = texts.render("utter_batch_table_title", at=f"{here(now):%H:%M %d/%m/%Y}")
        body = await asyncio.to_thread(workbook, overview, texts, title)
        name = f"ho-so-{here(now):%Y%m%d-%H%M}.xlsx"
        return web.Response(
            body=body, content_type=KIND, headers={**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
        )
