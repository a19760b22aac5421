"""The one-time page on which an organisation's token is typed: ``/dn/nhap/<secret>``, asked for in a conversation."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.dialogue.texts import Texts
from bot.dossiers.access.page import CHANNELS
from bot.dossiers.organisations.asking import PAGE_PATH
from bot.dossiers.organisations.linking import Linking, Opened, PageState, Tells
from bot.dossiers.organisations.page import PRIVATE, TEMPLATES
from bot.dossiers.organisations.ports import LINKED_FOR
from bot.dossiers.organisations.tokens import LONGEST_TYPED
from bot.http.languages import language_of
from bot.http.own_forms import ours
from bot.http.pages import Pages

LONGEST_FORM = 2048
STATUS = {PageState.GONE: 404, PageState.ELSEWHERE: 403}


class LinkPage:
    """``GET`` shows the form, ``POST`` takes a token."""

    def __init__(self, linking: Linking, tells: Tells, texts: Texts) -> None:
        """Take what checks tokens, what tells the conversation, and the sentences."""
        self._linking = linking
        self._tells = tells
        self._texts = texts
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get(PAGE_PATH + "{secret}", self.get, allow_head=False),
            web.post(PAGE_PATH + "{secret}", self.post),
        ]

    async def get(self, request: web.Request) -> web.Response:
        """Show the form; opening the page uses nothing up."""
        return self._show(request, await self._linking.open(request.match_info["secret"]))

    async def post(self, request: web.Request) -> web.Response:
        """Take the token that was typed; other sites' forms are kept out."""
        if not ours(request.headers):
            return self._show(request, Opened(PageState.ELSEWHERE))
        form = await _form(request)
        typed = str(form.get("token", ""))[:LONGEST_TYPED]
        return self._show(request, await self._linking.type(request.match_info["secret"], typed, self._tells))

    def _show(self, request: web.Request, opened: Opened) -> web.Response:
        own = opened.language or "vi"
        texts = self._texts.speaking(language_of(request, own))
        response = self._pages.respond(
            request,
            "token.html",
            STATUS.get(opened.state, 200),
            own=own,
            state=opened.state.value,
            channel=texts.render(CHANNELS.get(opened.channel, CHANNELS["web"])),
            name=opened.name,
            days=LINKED_FOR.days,
            path=request.path,
        )
        response.headers.update(PRIVATE)
        return response


async def _form(request: web.Request) -> Mapping[str, object]:
    if request.content_type != "application/x-www-form-urlencoded" or (request.content_length or 0) > LONGEST_FORM:
        return {}
    return await request.post()
