"""The doors through the province's sign-on."""

from __future__ import annotations

import hmac
import logging
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from bot.console.accounts.account import Account, Stage, first_stage, stage_after
from bot.console.accounts.carried import Carried, local
from bot.console.accounts.oidc import Begun, Oidc, OidcError
from bot.console.accounts.session_store import Session
from bot.console.accounts.sign_in_pages import FOREIGN, MOST_BYTES, SignInPages
from bot.console.accounts.sign_in_words import wrong_words
from bot.console.accounts.signing_in import TOKEN_BYTES, Step, Wrong
from bot.console.audit.entry import What
from bot.console.routing import SIGN_IN, OpenRoute
from bot.http.own_forms import ours

logger = logging.getLogger(__name__)

OUT = f"{SIGN_IN}/chung"
BACK = f"{SIGN_IN}/chung/ve"
AWAY = "Hệ thống đăng nhập chung hiện không trả lời đúng. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu."
OVER = "Lần đăng nhập chung này đã quá lâu hoặc bị ngắt. Hãy bắt đầu lại."
NOBODY = "Danh tính này chưa được nối với tài khoản cán bộ nào đang dùng. Hãy nhờ quản trị viên nối."


@dataclass(frozen=True)
class OidcPages:
    """Sends to the provider and takes its answer."""

    provider: Oidc
    doors: SignInPages

    def routes(self) -> list[OpenRoute]:
        """Return the open doors."""
        return [OpenRoute("POST", OUT, self.out), OpenRoute("GET", BACK, self.back)]

    async def out(self, request: web.Request) -> web.StreamResponse:
        """Show the way to the provider; what was typed before stays here, sealed."""
        form, steps = self.doors.form, self.doors.steps
        if not ours(request.headers):
            return form.show(request, wrong=FOREIGN, status=403)
        given = await request.clone(client_max_size=MOST_BYTES).post()
        now, next = steps.clock(), local(str(given.get("tiep", "")))
        typed = form.envelopes.open(str(given.get("kept", "")), now)
        came = self.doors.cookies.came(request)
        async with steps.transactions.write() as session:
            # Each try asks the provider and writes a row: nobody may do that without end.
            wait = await steps.kept.patience.take(session, steps.origins.network(came), now)
        if wait:
            words = wrong_words(Step(Wrong.WAIT, wait))
            return form.show(request, typed=typed, next=next, wrong=words, status=429)
        try:
            begun = await self.provider.begin()
        except OidcError as error:
            logger.warning("Sign-on: %s.", error)
            return form.show(request, typed=typed, next=next, wrong=AWAY, status=502)
        kept = Carried(next=next, typed=typed, state=begun.state, nonce=begun.nonce, verifier=begun.verifier)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        made = Session(secrets.token_hex(16), "", Stage.OUTSIDE, came.place, now, now, None, kept)
        async with steps.transactions.write() as session:
            await steps.kept.sessions.add(session, made, token)
        # A form may lead nowhere but to us; the page that follows leads on.
        response = self.doors.frame.respond(None, "accounts_outside.html", request=request, address=begun.address)
        self.doors.cookies.give(request, response, token)
        return response

    async def back(self, request: web.Request) -> web.StreamResponse:
        """Take the provider's answer."""
        steps, now = self.doors.steps, self.doors.steps.clock()
        token = self.doors.cookies.token(request)
        async with steps.transactions.write() as session:
            at = await steps.kept.sessions.by_token(session, token) if token else None
            good = at is not None and at.stage is Stage.OUTSIDE and at.holds(steps.limits, now)
            if at is not None and good:
                # Whatever comes of it: an answer is taken once.
                await steps.kept.sessions.end(session, at.id, now)
        state = request.query.get("state", "")
        if at is None or not good or not hmac.compare_digest(state.encode(), at.carried.state.encode()):
            return self.doors.form.show(request, wrong=OVER, status=403)
        return await self._believed(request, at, now)

    async def _believed(self, request: web.Request, at: Session, now: datetime) -> web.StreamResponse:
        code, kept, form = request.query.get("code", ""), at.carried, self.doors.form
        begun = Begun("", kept.state, kept.nonce, kept.verifier)
        try:
            if not code:
                raise OidcError(f"the provider refused ({request.query.get('error', 'no code')[:40]})")
            subject = await self.provider.finish(code, begun)
        except OidcError as error:
            logger.warning("Sign-on: %s.", error)
            return form.show(request, typed=kept.typed, next=kept.next, wrong=AWAY, status=502)
        step = await self._opened(request, subject, Carried(next=kept.next, typed=kept.typed), now)
        if step is None:
            return form.show(request, typed=kept.typed, next=kept.next, wrong=NOBODY, status=403)
        return self.doors.go_on(request, step)

    async def _opened(self, request: web.Request, subject: str, carried: Carried, now: datetime) -> Step | None:
        steps, came = self.doors.steps, self.doors.cookies.came(request)
        async with steps.transactions.write() as session:
            account = await steps.kept.accounts.by_subject(session, subject)
            if account is None or account.disabled_at is not None:
                what, about = (What.FAILED, account.name) if account else (What.UNKNOWN, "")
                await steps.kept.audit.append(session, "", what, about, "đăng nhập chung", now)
                return None
            await steps.kept.patience.give_back(session, steps.origins.network(came))
            return await steps.open(session, account, self._stage(account), came, carried, now)

    def _stage(self, account: Account) -> Stage:
        """Return what is still asked for; the password is the provider's matter."""
        if self.provider.settings.second_factor:
            return Stage.WHOLE
        return first_stage(account) or stage_after(replace(account, must_change=False), self.doors.steps.policy)
