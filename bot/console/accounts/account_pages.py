"""The administrator's pages: accounts, their roles and units, one-time passwords, sign-ins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web

from bot.console.accounts.account import roles_of
from bot.console.accounts.account_words import DUTIES, FAULTS
from bot.console.accounts.administration import AccountError, Administration, Fault
from bot.console.accounts.cookies import Cookies
from bot.console.accounts.own import Own
from bot.console.accounts.sign_in_words import wrong_words
from bot.console.accounts.signing_in import Step, Wrong
from bot.console.done import go
from bot.console.frame import Area, Frame
from bot.console.official import Official
from bot.console.roles import ADMINISTRATORS, SUPERVISORS, ConsoleRole
from bot.console.routing import Refused, Route, Visit

PATH = "/canbo/tai-khoan"
AREA = Area("Tài khoản", PATH, SUPERVISORS)
T = TypeVar("T")
NONE_TYPED = (
    "Chưa có gì thay đổi: biểu mẫu không kèm mật khẩu của bạn. Mật khẩu không bao giờ được giữ lại, kể cả khi gửi lại "
    "sau lúc đăng nhập. Những gì đã nhập vẫn còn dưới đây; hãy nhập mật khẩu của bạn rồi gửi."
)
NOT_THIS_ONE = "Mật khẩu của bạn không đúng nên chưa có gì thay đổi. Những gì đã nhập vẫn còn; hãy nhập lại mật khẩu."
NEEDS_WHY = "Hãy ghi lý do khóa tài khoản; lý do nằm trong nhật ký."


@dataclass(frozen=True)
class Unit:
    """A unit that an account can belong to."""

    code: str
    name: str


@dataclass(frozen=True)
class AccountPages:
    """Pages about others' accounts."""

    administration: Administration
    own: Own
    cookies: Cookies
    frame: Frame
    units: Callable[[], Sequence[Unit]]

    def routes(self) -> list[Route]:
        """Return the pages."""
        one = PATH + "/{account}"
        return [
            Route("GET", PATH, SUPERVISORS, self.listed),
            Route("POST", PATH, ADMINISTRATORS, self.add),
            Route("GET", one, SUPERVISORS, self.show),
            Route("POST", one, ADMINISTRATORS, self.change),
            Route("POST", one + "/mat-khau", ADMINISTRATORS, self.reset),
            Route("POST", one + "/xac-thuc", ADMINISTRATORS, self.totp_reset),
            Route("POST", one + "/khoa", ADMINISTRATORS, self.disable),
            Route("POST", one + "/mo", ADMINISTRATORS, self.enable),
            Route("POST", one + "/phien", ADMINISTRATORS, self.end),
            Route("POST", one + "/dinh-danh", ADMINISTRATORS, self.link),
            Route("POST", one + "/thu", ADMINISTRATORS, self.email),
        ]

    async def listed(self, visit: Visit) -> web.StreamResponse:
        """Show all accounts, and a form for another one."""
        return await self._list(visit)

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show one account."""
        return await self._one(visit)

    async def add(self, visit: Visit) -> web.StreamResponse:
        """Add an account; its one-time password is shown once. What cannot be is said beside what was typed."""
        typed, by = _typed(visit, visit.text("account").lower()), visit.official.account
        try:
            await self._confirm(visit)
            password = await _refusing(lambda: self.administration.add(typed, by))
        except Refused as refused:
            return await self._list(visit, typed, refused)
        return self._show_password(visit, typed.account, password)

    async def change(self, visit: Visit) -> web.StreamResponse:
        """Set name, unit and roles."""
        typed, by = _typed(visit, visit.part["account"]), visit.official.account
        wanted = (typed.account, typed.name, typed.unit, typed.roles)
        done = "Đã lưu. Nếu vai trò hoặc đơn vị đổi, người này phải đăng nhập lại."
        return await self._stepped(visit, lambda: self.administration.change(*wanted, by), done, typed)

    async def reset(self, visit: Visit) -> web.StreamResponse:
        """Give a one-time password; it is shown once."""
        account, by = visit.part["account"], visit.official.account
        try:
            await self._confirm(visit)
            password = await _refusing(lambda: self.administration.reset(account, by))
        except Refused as refused:
            return await self._one(visit, refused=refused)
        return self._show_password(visit, account, password)

    async def totp_reset(self, visit: Visit) -> web.StreamResponse:
        """Take the second factor away."""
        account, by = visit.part["account"], visit.official.account
        done = "Đã đặt lại mã xác thực. Người này sẽ cài lại khi đăng nhập."
        return await self._stepped(visit, lambda: self.administration.totp_reset(account, by), done)

    async def disable(self, visit: Visit) -> web.StreamResponse:
        """Disable an account."""
        account, why, by = visit.part["account"], visit.text("why"), visit.official.account
        if not why:
            return await self._one(visit, refused=Refused(NEEDS_WHY))
        done = "Đã khóa tài khoản; các phiên của người này đã kết thúc."
        return await self._stepped(visit, lambda: self.administration.disable(account, by, why), done)

    async def enable(self, visit: Visit) -> web.StreamResponse:
        """Enable it again."""
        account, by = visit.part["account"], visit.official.account
        return await self._stepped(visit, lambda: self.administration.enable(account, by), "Đã mở lại tài khoản.")

    async def end(self, visit: Visit) -> web.StreamResponse:
        """End all sign-ins; in haste no password is asked for."""
        account = visit.part["account"]
        ended = await _refusing(lambda: self.administration.end(account, visit.official.account))
        return go(f"{PATH}/{account}", f"Đã kết thúc {ended} phiên.")

    async def link(self, visit: Visit) -> web.StreamResponse:
        """Say who this is at the province's sign-on."""
        account, subject, by = visit.part["account"], visit.text("subject"), visit.official.account
        done = "Đã lưu danh tính đăng nhập chung."
        return await self._stepped(visit, lambda: self.administration.link(account, subject, by), done)

    async def email(self, visit: Visit) -> web.StreamResponse:
        """Say where letters about the account go."""
        account, address, by = visit.part["account"], visit.text("email"), visit.official.account
        done = "Đã lưu địa chỉ thư báo; địa chỉ cũ, nếu có, cũng được báo."
        return await self._stepped(visit, lambda: self.administration.set_email(account, address, by), done)

    async def _stepped(
        self, visit: Visit, step: Callable[[], Awaitable[None]], done: str, typed: Official | None = None
    ) -> web.StreamResponse:
        """Take a step once the administrator proved who they are; else show the page with all that was typed."""
        try:
            await self._confirm(visit)
            await _refusing(step)
        except Refused as refused:
            return await self._one(visit, typed, refused)
        return go(f"{PATH}/{visit.part['account']}", done)

    async def _confirm(self, visit: Visit) -> None:
        """Ask for the administrator's own password: a browser that was left open must not make accounts."""
        password = visit.secret("password")
        if not password:
            raise Refused(NONE_TYPED, 403)
        found = await self.own.confirmed(visit.official.account, password, self.cookies.came(visit.request))
        if isinstance(found, Step):
            if found.wrong is Wrong.WAIT:
                raise Refused(wrong_words(found), 429)
            raise Refused(NOT_THIS_ONE, 403)

    async def _list(
        self, visit: Visit, typed: Official | None = None, refused: Refused | None = None
    ) -> web.StreamResponse:
        async with self.administration.transactions.read() as session:
            accounts = await self.administration.kept.accounts.listed(session)
        there = typed is not None and any(one.name == typed.account for one in accounts)
        values = {"accounts": accounts, "official": typed, "there": there}
        return self._respond(visit, "accounts_list.html", refused, values)

    async def _one(
        self, visit: Visit, typed: Official | None = None, refused: Refused | None = None
    ) -> web.StreamResponse:
        kept, limits = self.administration.kept, self.own.steps.limits
        async with self.administration.transactions.read() as session:
            found = await kept.accounts.get(session, visit.part["account"])
            if found is None:
                raise Refused(FAULTS[Fault.UNKNOWN], 404)
            sessions = await kept.sessions.of(session, found.name, limits, visit.at)
        values = {
            "account": found,
            "official": typed or found.official,
            "sessions": sessions,
            "why": visit.text("why"),
            "subject": _typed_or(visit, "subject", found.subject or ""),
            "email": _typed_or(visit, "email", found.email),
        }
        return self._respond(visit, "accounts_one.html", refused, values)

    def _respond(
        self, visit: Visit, template: str, refused: Refused | None, values: Mapping[str, Any]
    ) -> web.StreamResponse:
        wrong, status = (refused.sentence, refused.status) if refused else ("", 200)
        return self.frame.respond(
            visit,
            template,
            status,
            wrong=wrong,
            units=self.units(),
            roles=tuple(ConsoleRole),
            duties=DUTIES,
            may=visit.official.has(ADMINISTRATORS),
            **values,
        )

    def _show_password(self, visit: Visit, account: str, password: str) -> web.StreamResponse:
        return self.frame.respond(visit, "accounts_one_time.html", account=account, password=password)


def _typed(visit: Visit, account: str) -> Official:
    return Official(account, visit.text("name"), visit.text("unit"), roles_of(visit.texts("roles")))


def _typed_or(visit: Visit, name: str, kept: str) -> str:
    """Return what stands in a field: what was typed into it, else what is kept."""
    return visit.text(name) if visit.typed is not None and name in visit.typed else kept


async def _refusing(do: Callable[[], Awaitable[T]]) -> T:
    try:
        return await do()
    except AccountError as error:
        raise Refused(FAULTS[error.fault]) from error
