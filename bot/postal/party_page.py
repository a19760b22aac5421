"""The form page (``/gui-ho-so/<token>``) on which names and addresses of a slip are given, outside of any messenger; no script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.dialogue.say_post_slip import known_parties
from bot.dialogue.texts import Texts
from bot.feedback.form_links import FormLinks
from bot.feedback.form_page import PRIVATE, STATUS
from bot.http.languages import language_of
from bot.http.own_forms import ours
from bot.http.pages import Pages
from bot.postal.party_form import FIELDS, Taken, take
from bot.postal.ports import ReadsPlaces
from bot.postal.request_records import Draft
from bot.postal.request_store import RequestStore
from bot.postal.sheet_page import TEMPLATES

PATH = "/gui-ho-so/"
GoesOn = Callable[[Ref, str, datetime], Awaitable[None]]
"""Lets a conversation go on after the page of a slip was filled in."""


@dataclass(frozen=True)
class PartyOutside:
    """What the page needs from outside."""

    transactions: Transactions
    store: RequestStore
    links: FormLinks
    places: ReadsPlaces
    clock: Callable[[], datetime]
    browser: Callable[[web.Request], str]
    """Knows a browser again."""
    goes_on: GoesOn


class PartyPage:
    """``GET`` shows the form, ``POST`` keeps it."""

    def __init__(self, outside: PartyOutside, texts: Texts) -> None:
        """Take what the page needs, and the sentences."""
        self._outside = outside
        self._texts = texts
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.get(PATH + "{token}", self.get, allow_head=False), web.post(PATH + "{token}", self.post)]

    async def get(self, request: web.Request) -> web.Response:
        """Show the form; opening it changes nothing: messengers open links to show a preview."""
        state, draft = await self._opened(request)
        return self._show(request, state, draft)

    async def post(self, request: web.Request) -> web.Response:
        """Keep what was given. The secret address and the same site together keep other sites' forms out."""
        state, draft = await self._opened(request)
        if state != "open" or draft is None:
            return self._show(request, state, draft)
        if not ours(request.headers):
            return self._show(request, "elsewhere", draft)
        sent = await request.post()
        typed = {name: str(sent.get(name, "")) for name in FIELDS if isinstance(sent.get(name, ""), str)}
        taken = take(self._outside.places, typed)
        if taken.parties is None:
            return self._show(request, "wrong", draft, typed, taken)
        now = self._outside.clock()
        async with self._outside.transactions.write() as session:
            kept = await self._outside.store.put_parties(session, draft.id, taken.parties, now)
        if not kept:
            return self._show(request, "gone", None)
        await self._outside.goes_on(draft.ref, draft.id, now)
        return self._show(request, "done", draft, taken=taken)

    async def _opened(self, request: web.Request) -> tuple[str, Draft | None]:
        opening = self._outside.links.read(request.match_info["token"], self._outside.browser(request))
        if opening is None:
            return "gone", None
        async with self._outside.transactions.read() as session:
            draft = await self._outside.store.draft(session, opening.draft)
        if draft is None:
            return "gone", None
        return ("open" if opening.own else "elsewhere"), draft

    def _show(
        self,
        request: web.Request,
        state: str,
        draft: Draft | None,
        typed: Mapping[str, str] | None = None,
        taken: Taken | None = None,
    ) -> web.Response:
        texts = self._texts.speaking(language_of(request))
        shown = draft if state in ("open", "wrong") else None
        response = self._pages.respond(
            request,
            "parties.html",
            STATUS.get(state, 200),
            state=state,
            path=request.path,
            typed={name: (typed or {}).get(name, "") for name in FIELDS},
            lacks=taken.lacks if taken else {},
            places=[f"{one.name}, {one.province.name}" for one in taken.several] if taken else [],
            remarks=taken.remarks(texts) if taken else [],
            known=known_parties(texts, shown.parties) if shown and shown.parties else None,
            channel=texts.render(f"utter_proof_channel_{draft.ref.channel}" if draft else "utter_proof_channel_web"),
        )
        response.headers.update(PRIVATE)
        return response
