"""The doors of the console: the steps of a sign-in, and the way out."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.accounts.account import Stage
from bot.console.accounts.carried import Carried, local
from bot.console.accounts.cookies import Cookies
from bot.console.accounts.one_time_codes import picture
from bot.console.accounts.sign_in_form import SignInForm
from bot.console.accounts.sign_in_words import weak_words, wrong_words
from bot.console.accounts.signing_in import SigningIn, Step, Wrong
from bot.console.done import HOME
from bot.console.frame import Frame
from bot.console.routing import SIGN_IN, OpenRoute
from bot.http.own_forms import ours

SECOND = f"{SIGN_IN}/ma"
PASSWORD = f"{SIGN_IN}/mat-khau"
ENROL = f"{SIGN_IN}/xac-thuc"
AGAIN = "/canbo/gui-lai"
"""Shows what was typed before the sign-in, to be sent again."""
PLACES = {Stage.SECOND: SECOND, Stage.PASSWORD: PASSWORD, Stage.ENROL: ENROL}
FOREIGN = "Biểu mẫu không đến từ trang này. Hãy đăng nhập tại đây."
MOST_BYTES = 2 * 1024 * 1024
"""``HELD_BYTES`` of a form, sealed and written as text."""


@dataclass(frozen=True)
class SignInPages:
    """Shows and takes the steps."""

    steps: SigningIn
    cookies: Cookies
    form: SignInForm
    frame: Frame

    def routes(self) -> list[OpenRoute]:
        """Return the open doors."""
        return [
            OpenRoute("GET", SIGN_IN, self.ask),
            OpenRoute("POST", SIGN_IN, self.password),
            OpenRoute("GET", SECOND, self.ask_code),
            OpenRoute("POST", SECOND, self.code),
            OpenRoute("GET", PASSWORD, self.ask_new_password),
            OpenRoute("POST", PASSWORD, self.new_password),
            OpenRoute("GET", ENROL, self.ask_enrolment),
            OpenRoute("POST", ENROL, self.enrolment),
        ]

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Ask for account and password."""
        return self.form.show(request, next=local(request.query.get("tiep", "")))

    async def password(self, request: web.Request) -> web.StreamResponse:
        """Take account and password."""
        if not ours(request.headers):
            return self.form.show(request, wrong=FOREIGN, status=403)
        given = await request.clone(client_max_size=MOST_BYTES).post()
        typed = self.form.envelopes.open(str(given.get("kept", "")), self.steps.clock())
        next, name = local(str(given.get("tiep", ""))), str(given.get("account", ""))[:64]
        carried = Carried(next=next, typed=typed)
        step = await self.steps.with_password(name, str(given.get("password", "")), self.cookies.came(request), carried)
        if step.session is None:
            status = 429 if step.wrong is Wrong.WAIT else 403
            words = wrong_words(step)
            return self.form.show(request, typed=typed, next=next, account=name, wrong=words, status=status)
        return self.go_on(request, step)

    async def ask_code(self, request: web.Request) -> web.StreamResponse:
        """Ask for the code of the second factor."""
        return await self._ask(request, Stage.SECOND, "accounts_second.html")

    async def code(self, request: web.Request) -> web.StreamResponse:
        """Take the code."""
        typed = await self._typed(request, "totp")
        if typed is None:
            return self.form.show(request, wrong=FOREIGN, status=403)
        step = await self.steps.with_code(self.cookies.token(request), typed["totp"], self.cookies.came(request))
        if step.wrong:
            return self._again(request, step, "accounts_second.html")
        return self.go_on(request, step)

    async def ask_new_password(self, request: web.Request) -> web.StreamResponse:
        """Ask for a password in place of the one-time password."""
        return await self._ask(request, Stage.PASSWORD, "accounts_new_password.html")

    async def new_password(self, request: web.Request) -> web.StreamResponse:
        """Take it."""
        typed = await self._typed(request, "password", "password_again")
        if typed is None:
            return self.form.show(request, wrong=FOREIGN, status=403)
        token, came = self.cookies.token(request), self.cookies.came(request)
        step = await self.steps.with_new_password(token, typed["password"], typed["password_again"], came)
        if step.wrong or step.weak:
            return self._again(request, step, "accounts_new_password.html")
        return self.go_on(request, step)

    async def ask_enrolment(self, request: web.Request) -> web.StreamResponse:
        """Offer a secret for one-time codes."""
        return await self._offer(request)

    async def enrolment(self, request: web.Request) -> web.StreamResponse:
        """Take the first code; show the recovery codes once."""
        typed = await self._typed(request, "totp")
        if typed is None:
            return self.form.show(request, wrong=FOREIGN, status=403)
        step = await self.steps.with_enrolment(self.cookies.token(request), typed["totp"], self.cookies.came(request))
        if step.wrong is Wrong.NOT_GOOD:
            return await self._offer(request, wrong_words(step), 403)
        if step.wrong or step.session is None:
            return self._again(request, step, "")
        values = {"codes": step.codes, "next": self._leads(step)}
        response = self.frame.respond(None, "accounts_codes.html", request=request, **values)
        return self._with_cookies(request, response, step)

    def go_on(self, request: web.Request, step: Step) -> web.StreamResponse:
        """Lead to the next step, or inside."""
        response = web.Response(status=303, headers={"Location": self._leads(step)})
        return self._with_cookies(request, response, step)

    def _leads(self, step: Step) -> str:
        assert step.session is not None
        if step.session.stage in PLACES:
            return PLACES[step.session.stage]
        return AGAIN if step.session.carried.typed else step.session.carried.next or HOME

    def _with_cookies(self, request: web.Request, response: web.Response, step: Step) -> web.Response:
        assert step.session is not None
        self.cookies.give(request, response, step.token)
        if step.session.stage is Stage.WHOLE:
            self.cookies.know(request, response, step.session.account)
        return response

    async def _ask(self, request: web.Request, stage: Stage, template: str) -> web.StreamResponse:
        async with self.steps.transactions.read() as session:
            found = await self.steps.at(session, self.cookies.token(request), stage, self.steps.clock())
        if found is None:
            return web.Response(status=303, headers={"Location": SIGN_IN})
        return self.frame.respond(None, template, request=request, wrong="", account=found[0].account)

    async def _offer(self, request: web.Request, wrong: str = "", status: int = 200) -> web.StreamResponse:
        found = await self.steps.enrolling(self.cookies.token(request))
        if found is None:
            return web.Response(status=303, headers={"Location": SIGN_IN})
        at, secret = found
        values = {"wrong": wrong, "picture": picture(secret, at.account), "secret": secret, "account": at.account}
        return self.frame.respond(None, "accounts_enrol.html", status, request=request, **values)

    def _again(self, request: web.Request, step: Step, template: str) -> web.StreamResponse:
        """Say what was wrong on the page of the step; one that is gone begins anew."""
        if step.session is None:
            return self.form.show(request, wrong=wrong_words(step), status=403)
        status = 429 if step.wrong is Wrong.WAIT else 403
        words = weak_words(step.weak) if step.weak else wrong_words(step)
        return self.frame.respond(None, template, status, request=request, wrong=words, account=step.session.account)

    async def _typed(self, request: web.Request, *names: str) -> dict[str, str] | None:
        """Return the fields of a form of ours; ``None`` for another site's."""
        if not ours(request.headers):
            return None
        given = await request.post()
        return {name: str(given.get(name, "")) for name in names}
