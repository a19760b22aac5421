"""The page that a QR code at the counter opens, and the page to print with that code; both from ``domain.yml``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web
from markupsafe import Markup

from bot.dialogue.say_answer import vietnamese_date
from bot.dialogue.texts import Texts
from bot.doors.doors import Doors, read_path_code, short_code
from bot.doors.qr import inline_svg
from bot.http.languages import language_of
from bot.http.pages import Pages
from nlu.catalogue.model import Procedure

TEMPLATES = Path(__file__).parent / "templates"


class Lookup(Protocol):
    """Finds a procedure in the live catalogue."""

    async def get(self, code: str) -> Procedure | None:
        """Return one procedure."""
        ...


class DoorPages:
    """``/z/<code>`` and ``/z/<code>/print``."""

    def __init__(self, doors: Doors, catalogue: Lookup, texts: Texts, today: Callable[[], date]) -> None:
        """Take the doors, the live catalogue, the sentences, and what day it is."""
        self._doors = doors
        self._catalogue = catalogue
        self._today = today
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.get("/z/{code}", self.door), web.get("/z/{code}/print", self.sheet)]

    async def door(self, request: web.Request) -> web.Response:
        """Show the ways in for one procedure."""
        procedure = await self._asked(request)
        if procedure is None:
            return self._pages.respond(request, "unknown.html", 404)
        return self._pages.respond(
            request,
            "door.html",
            procedure=procedure,
            as_of=vietnamese_date(procedure.as_of),
            web=self._doors.web(procedure.code, language_of(request)),
            telegram=self._doors.telegram_link(procedure.code),
            zalo=self._doors.zalo_link(),
            short=short_code(procedure.code),
        )

    async def sheet(self, request: web.Request) -> web.Response:
        """Show the sheet to print for the counter."""
        procedure = await self._asked(request)
        if procedure is None or not self._doors.public_url:
            return self._pages.respond(request, "unknown.html", 404)
        return self._pages.respond(request, "print.html", **self._sheet(procedure))

    def printed(self, procedure: Procedure) -> str:
        """Return the sheet to print, as a file of its own.

        Raises:
            DoorError: nobody told the public address.
        """
        return self._pages.render("print.html", "vi", **self._sheet(procedure))

    def _sheet(self, procedure: Procedure) -> dict[str, Any]:
        address = self._doors.page(procedure.code)
        return {
            "procedure": procedure,
            "as_of": vietnamese_date(procedure.as_of),
            "code": Markup(inline_svg(address)),  # noqa: S704 - made by segno from our own address
            "address": address,
            "short": short_code(procedure.code),
            "zalo": bool(self._doors.zalo_oa),
            "printed_on": f"{self._today():%d/%m/%Y}",
        }

    async def _asked(self, request: web.Request) -> Procedure | None:
        code = read_path_code(request.match_info["code"])
        return await self._catalogue.get(code) if code else None
