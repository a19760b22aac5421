"""The sender's slip to print (``/phieu/<token>``), and the same page as a file to keep; made anew from what is kept each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import web
from markupsafe import Markup

from bot.delivery.ports import Transactions
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_moments import say_as_of
from bot.dialogue.say_post_slip import PostSlipVoice, SlipPrice, wish_of
from bot.dialogue.texts import Texts
from bot.doors.qr import inline_svg
from bot.feedback.form_page import PRIVATE
from bot.http.pages import Pages
from bot.postal.request import PostalRequest
from bot.postal.request_store import RequestStore
from bot.postal.sample_slip import NAME, sample_slip
from bot.postal.sheet_links import PATH, SheetLinks
from feedback.working_time.zone import here

TEMPLATES = Path(__file__).parent / "templates"
FILE = "/tep"


COMPLAINT = {
    "months": "post_complaint_within",
    "same_days": "post_complaint_same_province",
    "other_days": "post_complaint_other_province",
}
"""Rules of time by what the sheet calls their amounts."""


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

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(PATH + "{token}", self.get, allow_head=False),
            web.get(PATH + "{token}" + FILE, self.file, allow_head=False),
        ]

    async def get(self, request: web.Request) -> web.Response:
        """Show the slip."""
        return await self._shown(request)

    async def file(self, request: web.Request) -> web.Response:
        """Give the same page as a file."""
        response = await self._shown(request)
        if response.status == web.HTTPOk.status_code:
            response.headers["Content-Disposition"] = 'attachment; filename="phieu-gui-ho-so.html"'
        return response

    async def _shown(self, request: web.Request) -> web.Response:
        slip = await self._slip(request.match_info["token"])
        if slip is None:
            response = self._pages.respond(request, "sheet_gone.html", 404)
        else:
            response = self._pages.respond(
                request,
                "sheet.html",
                only="vi",
                slip=slip,
                sections=PostSlipVoice(self._texts).sections(slip),
                mark=self._texts.render(f"utter_pslip_sheet_{slip.state.value}"),
                price=await self._price(slip),
                complaint=self._complaint(),
                qr=Markup(inline_svg(slip.id)),  # noqa: S704 - made by segno from our own number
                printed_at=say_as_of(self._outside.clock()),
            )
        response.headers.update(PRIVATE)
        return response

    async def _slip(self, token: str) -> PostalRequest | None:
        if token == NAME:
            return sample_slip(self._outside.clock())
        id = self._outside.links.read(token)
        async with self._outside.transactions.read() as session:
            kept = await self._outside.store.get(session, id) if id else None
        return kept.request if kept else None

    def _complaint(self) -> dict[str, int]:
        """Return the amounts of Article 8 as they hold today: months to complain, working days to answer."""
        rules, today = self._outside.about.time.rules, here(self._outside.clock()).date()
        return {name: rules.on(rule, today).amount for name, rule in COMPLAINT.items()}

    async def _price(self, slip: PostalRequest) -> dict[str, str]:
        """Return what price and days are reckoned today; empty where the procedure is not in the catalogue any more."""
        about = self._outside.about
        procedure = await about.catalogue.get(slip.procedure_code)
        if procedure is None:
            return dict.fromkeys(("amount", "source", "days"), "")
        found = about.facts.compare(procedure, wish_of(about, slip))
        price = SlipPrice(self._texts, about)
        return {"amount": price.amount(found), "source": price.source(found), "days": price.time(found)}
