"""The administrator's pages: accounts, their roles and units, one-time passwords, sign-ins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
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
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit

PATH = "/canbo/tai-khoan"
ADMINISTRATORS = frozenset({ConsoleRole.ADMINISTRATOR})
READERS = frozenset({ConsoleRole.ADMINISTRATOR, ConsoleRole.AUDITOR})
AREA = Area("Tài khoản", PATH, READERS)
T = TypeVar("T")


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
            Route("GET", PATH, READERS, self.listed),
            Route("POST", PATH, ADMINISTRATORS, self.add),
            Route("GET", one, READERS, self.show),
            Route("POST", one, ADMINISTRATORS, self.change),
            Route("POST", one + "/mat-khau", ADMINISTRATORS, self.reset),
            Route("POST", one + "/xac-thuc", ADMINISTRATORS, self.totp_reset),
            Route("POST", one + "/khoa", ADMINISTRATORS, self.disable),
            Route("POST", one + "/mo", ADMINISTRATORS, self.enable),
            Route("POST", one + "/phien", ADMINISTRATORS, self.end),
            Route("POST", one + "/dinh-danh", ADMINISTRATORS, self.link),
        ]

    async def listed(self, visit: Visit) -> web.StreamResponse:
        """Show all accounts, and a form for another one."""
        return await self._list(visit)

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show one account."""
        kept, limits = self.administration.kept, self.own.steps.limits
        async with self.administration.transactions.read() as session:
            found = await kept.accounts.get(session, visit.part["account"])
            if found is None:
                raise Refused(FAULTS[Fault.UNKNOWN], 404)
            sessions = await kept.sessions.of(session, found.name, limits, visit.at)
        return self.frame.respond(visit, "accounts_one.html", account=found, sessions=sessions, **self._choices(visit))

    async def add(self, visit: Visit) -> web.StreamResponse:
        """Add an account; its one-time password is shown once."""
        official = Official(visit.text("account").lower(), visit.text("name"), visit.text("unit"), _roles(visit))
        try:
            await self._confirm(visit)
            password = await _refusing(lambda: self.administration.add(official, visit.official.account))
        except Refused as refused:
            return await self._list(visit, official, refused)
        return self._show_password(visit, official.account, password)

    async def change(self, visit: Visit) -> web.StreamResponse:
        """Set name, unit and roles."""
        await self._confirm(visit)
        account, by = visit.part["account"], visit.official.account
        wanted = (visit.text("name"), visit.text("unit"), _roles(visit))
        await _refusing(lambda: self.administration.change(account, *wanted, by))
        return go(f"{PATH}/{account}", "Đã lưu. Nếu vai trò hoặc đơn vị đổi, người này phải đăng nhập lại.")

    async def reset(self, visit: Visit) -> web.StreamResponse:
        """Give a one-time password; it is shown once."""
        await self._confirm(visit)
        account = visit.part["account"]
        password = await _refusing(lambda: self.administration.reset(account, visit.official.account))
        return self._show_password(visit, account, password)

    async def totp_reset(self, visit: Visit) -> web.StreamResponse:
        """Take the second factor away."""
        await self._confirm(visit)
        account = visit.part["account"]
        await _refusing(lambda: self.administration.totp_reset(account, visit.official.account))
        return go(f"{PATH}/{account}", "Đã đặt lại mã xác thực. Người này sẽ cài lại khi đăng nhập.")

    async def disable(self, visit: Visit) -> web.StreamResponse:
        """Disable an account."""
        await self._confirm(visit)
        account, why = visit.part["account"], visit.text("why")
        if not why:
            raise Refused("Hãy ghi lý do khóa tài khoản; lý do nằm trong nhật ký.")
        await _refusing(lambda: self.administration.disable(account, visit.official.account, why))
        return go(f"{PATH}/{account}", "Đã khóa tài khoản; các phiên của người này đã kết thúc.")

    async def enable(self, visit: Visit) -> web.StreamResponse:
        """Enable it again."""
        await self._confirm(visit)
        account = visit.part["account"]
        await _refusing(lambda: self.administration.enable(account, visit.official.account))
        return go(f"{PATH}/{account}", "Đã mở lại tài khoản.")

    async def end(self, visit: Visit) -> web.StreamResponse:
        """End all sign-ins; in haste no password is asked for."""
        account = visit.part["account"]
        ended = await _refusing(lambda: self.administration.end(account, visit.official.account))
        return go(f"{PATH}/{account}", f"Đã kết thúc {ended} phiên.")

    async def link(self, visit: Visit) -> web.StreamResponse:
        """Say who this is at the province's sign-on."""
        await self._confirm(visit)
        account, subject = visit.part["account"], visit.text("subject")
        await _refusing(lambda: self.administration.link(account, subject, visit.official.account))
        return go(f"{PATH}/{account}", "Đã lưu danh tính đăng nhập chung.")

    async def _list(
        self, visit: Visit, typed: Official | None = None, refused: Refused | None = None
    ) -> web.StreamResponse:
        """Show all accounts; with what was typed for another one, and why it could not be added."""
        async with self.administration.transactions.read() as session:
            accounts = await self.administration.kept.accounts.listed(session)
        return self.frame.respond(
            visit,
            "accounts_list.html",
            refused.status if refused else 200,
            accounts=accounts,
            official=typed,
            wrong=refused.sentence if refused else "",
            **self._choices(visit),
        )

    async def _confirm(self, visit: Visit) -> None:
        """Ask for the administrator's own password: a browser that was left open must not make accounts."""
        came = self.cookies.came(visit.request)
        found = await self.own.confirmed(visit.official.account, visit.secret("password"), came)
        if isinstance(found, Step):
            if found.wrong is Wrong.WAIT:
                raise Refused(wrong_words(found), 429)
            raise Refused("Mật khẩu của bạn không đúng nên chưa có gì thay đổi. Hãy nhập lại mật khẩu.", 403)

    def _show_password(self, visit: Visit, account: str, password: str) -> web.StreamResponse:
        return self.frame.respond(visit, "accounts_one_time.html", account=account, password=password)

    def _choices(self, visit: Visit) -> dict[str, Any]:
        may = visit.official.has(ADMINISTRATORS)
        return {"units": self.units(), "roles": tuple(ConsoleRole), "duties": DUTIES, "may": may}


def _roles(visit: Visit) -> frozenset[ConsoleRole]:
    return roles_of(visit.texts("roles"))


async def _refusing(do: Callable[[], Awaitable[T]]) -> T:
    try:
        return await do()
    except AccountError as error:
        raise Refused(FAULTS[error.fault]) from error
