"""The instructions for feedback as a public page, and as an A4 sheet for the notice board with a code that opens the chat."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from aiohttp import web
from markupsafe import Markup

from bot.dialogue.flows.feedback_howto import PATH
from bot.dialogue.say_feedback_howto import HowToVoice
from bot.dialogue.texts import Texts
from bot.doors.doors import DoorError, Doors
from bot.doors.qr import inline_svg
from bot.feedback.caching import cached
from bot.http.languages import language_of
from bot.http.pages import Pages
from feedback.office import IntakeWay, Office

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])")
TEMPLATES = Path(__file__).parent / "templates"


class HowToPages:
    """``/huong-dan-phan-anh`` and ``/huong-dan-phan-anh/in``."""

    def __init__(self, office: Office, doors: Doors, texts: Texts, today: Callable[[], date]) -> None:
        """Take the office, the ways into the assistant, the sentences, and what day it is."""
        self._office = office
        self._doors = doors
        self._texts = texts
        self._today = today
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.get(PATH, self.page), web.get(f"{PATH}/in", self.sheet)]

    async def page(self, request: web.Request) -> web.Response:
        """Show the instructions."""
        response = self._pages.respond(
            request,
            "howto.html",
            telegram=self._doors.telegram_home(),
            zalo=self._doors.zalo_link(),
            printable=bool(self._doors.public_url),
            indexed=self._office.intake is not IntakeWay.TRIAL,
            **self._told(language_of(request)),
        )
        return cached(request, response)

    async def sheet(self, request: web.Request) -> web.Response:
        """Show the sheet to print."""
        if not self._doors.public_url:
            return self._pages.respond(request, "published_gone.html", 404, why="", said="utter_public_unknown")
        return self._pages.respond(request, "howto_print.html", **self._printed(language_of(request)))

    def printed(self, language: str = "vi") -> str:
        """Return the sheet to print, as a file of its own.

        Raises:
            DoorError: nobody told the public address.
        """
        if not self._doors.public_url:
            raise DoorError("set MOTCUA_PUBLIC_URL to the address at which citizens reach this server")
        return self._pages.render("howto_print.html", language, **self._printed(language))

    def _printed(self, language: str) -> dict[str, Any]:
        address = f"{self._doors.public_url}/"
        return {
            **self._told(language),
            "code": Markup(inline_svg(address)),  # noqa: S704 - made by segno from our own address
            "address": address,
            "printed_on": f"{self._today():%d/%m/%Y}",
        }

    def _told(self, language: str) -> dict[str, Any]:
        voice = HowToVoice(self._texts.speaking(language), self._office)
        parts = [(part.title, [bold(line) for line in part.lines]) for part in voice.parts(self._today())]
        return {"parts": parts, "source": voice.source(), "office": self._office.name}


def bold(line: str) -> Markup:
    """Return a line for a page: escaped, with what stands between two pairs of stars made strong, and addresses that lead there."""
    pieces = _BOLD.split(line)
    return Markup("").join(
        Markup("<strong>{}</strong>").format(one) if n % 2 else _linked(one) for n, one in enumerate(pieces)
    )


def _linked(text: str) -> Markup:
    pieces = _LINK.split(text)
    link = Markup('<a href="{0}" rel="noreferrer">{0}</a>')
    return Markup("").join(link.format(one) if n % 2 else one for n, one in enumerate(pieces))
