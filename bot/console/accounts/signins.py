"""Who is signed in, and what becomes of a request whose sign-in is over: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from aiohttp import web

from bot.console.accounts.account import Stage
from bot.console.accounts.account_store import AccountStore
from bot.console.accounts.carried import local, typed_from
from bot.console.accounts.cookies import Cookies
from bot.console.accounts.session_store import Limits, Session, SessionStore
from bot.console.accounts.sign_in_form import SignInForm
from bot.console.official import SignedIn
from bot.console.routing import SIGN_IN, Typed, Visit
from bot.delivery.ports import Transactions

SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a sign-in is used: not for every page."""


@dataclass(frozen=True)
class KnownSignIns:
    """See ``bot.console.routing.SignIns``."""

    accounts: AccountStore
    sessions: SessionStore
    transactions: Transactions
    cookies: Cookies
    limits: Limits
    form: SignInForm
    clock: Callable[[], datetime]

    async def who(self, request: web.Request, at: datetime) -> SignedIn | None:
        """See ``SignIns.who``."""
        token = self.cookies.token(request)
        if not token:
            return None
        async with self.transactions.read() as session:
            found = await self.sessions.by_token(session, token)
            if found is None or found.stage is not Stage.WHOLE or not found.holds(self.limits, at):
                return None
            account = await self.accounts.get(session, found.account)
        if account is None or account.disabled_at is not None or not account.official.roles:
            return None
        if at - found.seen_at >= SEEN_EVERY and not _by_itself(request):
            async with self.transactions.write() as session:
                await self.sessions.seen(session, found.id, at)
        return SignedIn(account.official, found.id, account.has_news(found.made_at))

    async def interrupted(self, request: web.Request, typed: Typed | None) -> web.StreamResponse:
        """See ``SignIns.interrupted``."""
        before = await self._before(request)
        if request.method != "POST":
            wanted = local(str(request.rel_url))
            return web.Response(
                status=303, headers={"Location": f"{SIGN_IN}?tiep={quote(wanted)}" if wanted else SIGN_IN}
            )
        carried = typed_from(request, typed, before.account if before else "", self.clock())
        return self.form.show(request, typed=carried, over=before is not None, status=403)

    async def outdated(self, visit: Visit) -> web.StreamResponse | None:
        """See ``SignIns.outdated``."""
        if visit.request.headers.get("Sec-Fetch-Site") != "same-origin":
            return None
        typed = typed_from(visit.request, visit.typed, visit.official.account, visit.at)
        if typed is None:
            return None
        return self.form.frame.respond(visit, "accounts_again.html", 403, typed=typed)

    async def _before(self, request: web.Request) -> Session | None:
        """Return the whole sign-in that is over, when the browser still holds its cookie."""
        token = self.cookies.token(request)
        if not token:
            return None
        async with self.transactions.read() as session:
            found = await self.sessions.by_token(session, token)
        return found if found is not None and found.stage is Stage.WHOLE else None


def _by_itself(request: web.Request) -> bool:
    """Tell whether a script looks for news: a page that lies open is no use of a sign-in."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "empty"
