"""The one-time page on which a code from an SMS is typed: ``/ma/<token>``. It knows nothing of any dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from aiohttp import web

from bot.dialogue.texts import Texts
from bot.dossiers.access.confirming import Confirming, Notify, Opened, PageState
from bot.http.languages import language_of
from bot.http.own_forms import ours
from bot.http.pages import Pages

PATH = "/ma/"
TEMPLATES = Path(__file__).parent / "templates"
LONGEST_FORM = 1024
CHANNELS = {
    "web": "utter_proof_channel_web",
    "telegram": "utter_proof_channel_telegram",
    "zalo_oa": "utter_proof_channel_zalo_oa",
    "zalo_bot": "utter_proof_channel_zalo_bot",
}
"""How a conversation's channel is called."""
STATUS = {PageState.GONE: 404, PageState.ELSEWHERE: 403}
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
"""The address is a secret: nobody may index it, no other site may learn it."""


class ProofPage:
    """``GET`` shows the form, ``POST`` takes a code."""

    def __init__(
        self, confirming: Confirming, notify: Notify, texts: Texts, browser: Callable[[web.Request], str]
    ) -> None:
        """Take what checks codes, what tells the conversation, the sentences, and what knows a browser again."""
        self._confirming = confirming
        self._notify = notify
        self._texts = texts
        self._browser = browser
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.get(PATH + "{token}", self.get, allow_head=False), web.post(PATH + "{token}", self.post)]

    async def get(self, request: web.Request) -> web.Response:
        """Show the form; opening the page uses nothing up."""
        opened = await self._confirming.open(request.match_info["token"], self._browser(request))
        return self._show(request, opened)

    async def post(self, request: web.Request) -> web.Response:
        """Take the code that was typed. The secret address and the same site together keep other sites' forms out."""
        if not ours(request.headers):
            return self._show(request, Opened(PageState.ELSEWHERE))
        form = await self._form(request)
        typed = str(form.get("code", ""))[:LONGEST_FORM]
        token, browser = request.match_info["token"], self._browser(request)
        return self._show(request, await self._confirming.type(token, typed, browser, self._notify))

    async def _form(self, request: web.Request) -> Mapping[str, object]:
        if request.content_type != "application/x-www-form-urlencoded" or (request.content_length or 0) > LONGEST_FORM:
            return {}
        return await request.post()

    def _show(self, request: web.Request, opened: Opened) -> web.Response:
        own = opened.language or "vi"
        texts = self._texts.speaking(language_of(request, own))
        response = self._pages.respond(
            request,
            "proof.html",
            STATUS.get(opened.state, 200),
            own=own,
            state=opened.state.value,
            channel=texts.render(CHANNELS.get(opened.channel, CHANNELS["web"])),
            path=request.path,
        )
        response.headers.update(PRIVATE)
        return response
