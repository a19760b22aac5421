"""The page of a checklist: to read on a phone at the counter, or to print; made from the live catalogue each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from aiohttp import web

from bot.checklists.links import ChecklistLinks
from bot.dialogue.flows.paper_list import OF_LIST
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.say_checklist import ChecklistVoice
from bot.dialogue.texts import Texts
from bot.doors.pages import Lookup
from bot.http.languages import language_of
from bot.http.pages import Pages
from nlu.answers.build import passport
from nlu.answers.checklist import make_checklist

TEMPLATES = Path(__file__).parent / "templates"


class ChecklistPage:
    """``/c/<what>``."""

    def __init__(
        self, links: ChecklistLinks, catalogue: Lookup, texts: Texts, today: Callable[[], date], stale_after: int
    ) -> None:
        """Take what reads addresses, the live catalogue, the sentences, what day it is, and when a source is old."""
        self._links = links
        self._catalogue = catalogue
        self._texts = texts
        self._today = today
        self._stale_after = stale_after
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.get("/c/{token}", self.get)]

    async def get(self, request: web.Request) -> web.Response:
        """Show the checklist as the live catalogue has it."""
        ticked = self._links.read(request.match_info["token"])
        procedure = await self._catalogue.get(ticked.procedure) if ticked else None
        if ticked is None or procedure is None:
            return self._pages.respond(request, "gone.html", 404, own=ticked.language if ticked else "vi")
        texts = self._texts.speaking(language_of(request, ticked.language))
        withheld = procedure.withholds(*OF_LIST)
        if withheld is not None:
            said = AnswerVoice(texts).kept_back_until(withheld.until)
            return self._pages.respond(request, "withheld.html", own=ticked.language, procedure=procedure, said=said)
        checklist = make_checklist(procedure, ticked.wishes)
        voice = ChecklistVoice(texts)
        today = self._today()
        return self._pages.respond(
            request,
            "checklist.html",
            own=ticked.language,
            procedure=procedure,
            items=[(voice.paper(item), item.id in ticked.done) for item in checklist.items],
            facts=voice.facts(checklist),
            source=AnswerVoice(texts).passport(passport(procedure, today, self._stale_after)),
            printed_on=f"{today:%d/%m/%Y}",
        )
