"""The own page of whoever is signed in: password, second factor, sign-ins; the way out; and what is to be sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.account import Account
from bot.console.accounts.carried import Carried
from bot.console.accounts.cookies import Cookies
from bot.console.accounts.one_time_codes import picture
from bot.console.accounts.own import Own
from bot.console.accounts.sign_in_pages import AGAIN
from bot.console.accounts.sign_in_words import weak_words, wrong_words
from bot.console.accounts.signing_in import Step, Wrong
from bot.console.audit.entry import Noted, What
from bot.console.audit.store import Wanted
from bot.console.done import HOME, go
from bot.console.frame import Frame
from bot.console.roles import EVERYBODY
from bot.console.routing import SIGN_IN, Refused, Route, Visit

ME = "/canbo/toi"
SECOND_FACTOR = f"{ME}/xac-thuc"
LATELY = 10
"""Entries of the log about one's own account that the own page shows: tries that failed, and what others changed."""


@dataclass(frozen=True)
class OwnPages:
    """Pages about oneself."""

    own: Own
    cookies: Cookies
    frame: Frame

    def routes(self) -> list[Route]:
        """Return the pages; everybody with an account has them."""
        return [
            Route("GET", ME, EVERYBODY, self.show),
            Route("POST", f"{ME}/da-xem", EVERYBODY, self.seen),
            Route("POST", f"{ME}/mat-khau", EVERYBODY, self.password),
            Route("GET", SECOND_FACTOR, EVERYBODY, self.offer),
            Route("POST", SECOND_FACTOR, EVERYBODY, self.enrol),
            Route("POST", f"{ME}/ma-du-phong", EVERYBODY, self.codes),
            Route("POST", f"{ME}/phien", EVERYBODY, self.end),
            Route("POST", "/canbo/ra", EVERYBODY, self.leave),
            Route("GET", AGAIN, EVERYBODY, self.again),
            Route("POST", AGAIN, EVERYBODY, self.drop),
        ]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show the account and where it is signed in."""
        kept, account = self.own.steps.kept, visit.official.account
        async with self.own.steps.transactions.read() as session:
            found = await kept.accounts.get(session, account)
            sessions = await kept.sessions.of(session, account, self.own.steps.limits, visit.at)
            left = await kept.accounts.codes_left(session, account)
            lately = await kept.audit.page(session, Wanted(about=account), LATELY)
            news = await self._news(session, visit, found)
        current = visit.signed.session
        values: dict[str, Any] = {"account": found, "sessions": sessions, "left": left, "lately": lately}
        return self.frame.respond(visit, "accounts_me.html", current=current, news=news, **values)

    async def seen(self, visit: Visit) -> web.StreamResponse:
        """Note that the owner has seen what happened to the account before this sign-in."""
        account = visit.official.account
        if not visit.signed.news:
            return go(ME, "Không có thay đổi nào chờ bạn xác nhận.")
        async with self.own.steps.transactions.write() as session:
            begun = await self._begun(session, visit)
            await self.own.steps.kept.telling.confirm(session, account, begun, visit.at)
        return go(ME, "Đã ghi là bạn biết các thay đổi này.")

    async def password(self, visit: Visit) -> web.StreamResponse:
        """Set another password."""
        came = self.cookies.came(visit.request)
        words = (visit.secret("password"), visit.secret("password_new"), visit.secret("password_again"))
        step = await self.own.change_password(visit.official.account, *words, came)
        _refuse(step)
        response = go(ME, "Đã đổi mật khẩu. Các phiên khác của bạn đã kết thúc.")
        self.cookies.give(visit.request, response, step.token)
        return response

    async def offer(self, visit: Visit) -> web.StreamResponse:
        """Offer a secret for one-time codes."""
        secret = await self.own.offer(self.cookies.token(visit.request))
        shown = picture(secret, visit.official.account)
        return self.frame.respond(visit, "accounts_me_enrol.html", secret=secret, picture=shown)

    async def enrol(self, visit: Visit) -> web.StreamResponse:
        """Set it up; show the recovery codes once."""
        came, token = self.cookies.came(visit.request), self.cookies.token(visit.request)
        account = visit.official.account
        step = await self.own.enrol(account, token, visit.secret("password"), visit.text("totp"), came)
        _refuse(step)
        response = self.frame.respond(None, "accounts_codes.html", request=visit.request, codes=step.codes, next=ME)
        self.cookies.give(visit.request, response, step.token)
        return response

    async def codes(self, visit: Visit) -> web.StreamResponse:
        """Replace the recovery codes; show them once."""
        came = self.cookies.came(visit.request)
        step = await self.own.new_codes(visit.official.account, visit.secret("password"), came)
        _refuse(step)
        return self.frame.respond(visit, "accounts_codes.html", codes=step.codes, next=ME)

    async def end(self, visit: Visit) -> web.StreamResponse:
        """End one of the own sign-ins, or all others."""
        kept, account, one = self.own.steps.kept, visit.official.account, visit.text("session")
        async with self.own.steps.transactions.write() as session:
            if one:
                done = int(await kept.sessions.end_one_of(session, account, one, visit.at))
            else:
                done = await kept.sessions.end_of(session, account, visit.at, visit.signed.session)
            if done:
                await kept.audit.note(session, visit.official, What.ENDED, account, f"{done}", visit.at)
        return go(ME, f"Đã kết thúc {done} phiên." if done else "Không còn phiên nào khác.")

    async def leave(self, visit: Visit) -> web.StreamResponse:
        """Sign out."""
        kept = self.own.steps.kept
        async with self.own.steps.transactions.write() as session:
            await kept.sessions.end(session, visit.signed.session, visit.at)
            await kept.audit.note(session, visit.official, What.SIGN_OUT, visit.official.account, "", visit.at)
        response = go(SIGN_IN, "Bạn đã đăng xuất.")
        response.headers["Clear-Site-Data"] = '"cache"'
        self.cookies.take(visit.request, response)
        return response

    async def again(self, visit: Visit) -> web.StreamResponse:
        """Show what was typed before the sign-in, ready to be sent again."""
        async with self.own.steps.transactions.read() as session:
            at = await self.own.steps.kept.sessions.by_token(session, self.cookies.token(visit.request))
        typed = at.carried.typed if at else None
        if typed is None:
            return go(HOME)
        if typed.account and typed.account != visit.official.account:
            await self._drop(visit)
            raise Refused(
                "Biểu mẫu đang gửi dở là của người khác đã đăng nhập trên máy này nên không được giữ lại.", 403
            )
        return self.frame.respond(visit, "accounts_again.html", typed=typed)

    async def drop(self, visit: Visit) -> web.StreamResponse:
        """Let go of it."""
        await self._drop(visit)
        return go(HOME, "Đã bỏ biểu mẫu gửi dở.")

    async def _news(self, session: AsyncSession, visit: Visit, found: Account | None) -> Sequence[Noted]:
        if found is None or found.news_at is None or not visit.signed.news:
            return ()
        begun = await self._begun(session, visit)
        return await self.own.steps.kept.telling.news(session, found.name, found.news_at, begun)

    async def _begun(self, session: AsyncSession, visit: Visit) -> datetime:
        """Return when this sign-in began."""
        at = await self.own.steps.kept.sessions.by_token(session, self.cookies.token(visit.request))
        return at.made_at if at is not None else visit.at

    async def _drop(self, visit: Visit) -> None:
        async with self.own.steps.transactions.write() as session:
            at = await self.own.steps.kept.sessions.by_token(session, self.cookies.token(visit.request))
            if at is not None:
                await self.own.steps.kept.sessions.carry(session, at.id, Carried(secret=at.carried.secret))


def _refuse(step: Step) -> None:
    if step.weak:
        raise Refused(weak_words(step.weak))
    if step.wrong:
        raise Refused(wrong_words(step), 429 if step.wrong is Wrong.WAIT else 403)
