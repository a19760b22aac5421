"""The page of a restated slip, to print: shown as long as the access that was proved holds, and nothing in it is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web
from markupsafe import Markup

from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.say_moments import say_as_of
from bot.dialogue.say_slips import Restated, SlipVoice
from bot.dialogue.texts import Texts
from bot.doors.qr import inline_svg
from bot.dossiers.desk import Asker
from bot.dossiers.slip_links import SlipLinks, SlipPlace
from bot.http.languages import language_of
from bot.http.pages import Pages
from feedback.working_time.zone import here

TEMPLATES = Path(__file__).parent / "templates"


class SlipPage:
    """``/hs/<what>``."""

    def __init__(self, links: SlipLinks, dossiers: AboutDossiers, texts: Texts, clock: Callable[[], datetime]) -> None:
        """Take what reads addresses, what is known of dossiers, the sentences, and the present moment."""
        self._links = links
        self._dossiers = dossiers
        self._texts = texts
        self._clock = clock
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.get("/hs/{token}", self.get, allow_head=False)]

    async def get(self, request: web.Request) -> web.Response:
        """Show the slip as the source has it now."""
        texts = self._texts.speaking(language_of(request))
        place = self._links.read(request.match_info["token"])
        found = await self._slip(texts, place) if place else None
        if place is None or found is None:
            return self._pages.respond(request, "slip_gone.html", 404)
        slip, sample = found
        return self._pages.respond(
            request,
            "slip.html",
            slip=slip,
            sample=sample,
            code=place.code,
            qr=Markup(inline_svg(place.code)),  # noqa: S704 - made by segno from a code in normal form
            printed_at=say_as_of(self._clock()),
        )

    async def _slip(self, texts: Texts, place: SlipPlace) -> tuple[Restated, bool] | None:
        now = self._clock()
        look = await self._dossiers.desk.look(Asker(place.ref, now), place.code)
        if look.shown is None:
            return None
        slip = SlipVoice(texts, self._dossiers.forms).restated(look.shown, place.kind, here(now).date())
        return None if slip is None else (slip, look.shown.sample)
