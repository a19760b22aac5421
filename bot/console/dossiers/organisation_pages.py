"""Tổ chức: whose identity the agency checked, and their tokens, each shown once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.audit.entry import What
from bot.console.done import go
from bot.console.dossiers.due_pages import PATH, Notes
from bot.console.frame import Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.dossiers.facts import FactKeys, identity
from bot.dossiers.organisations.entering import name_of, unit_of
from bot.dossiers.organisations.store import Issued, OrganisationStore
from bot.dossiers.organisations.tokens import new_token, read_token

ROLES = frozenset({ConsoleRole.DOSSIERS})
HERE = PATH + "/to-chuc"
GONE = "Tổ chức này không còn, hoặc mã của tổ chức đã bị thu hồi rồi."
MOST_UNITS = 20
PAGE = 100
"""Organisations of one page."""


@dataclass(frozen=True)
class OrganisationPages:
    """Enter organisations; give, renew and revoke their tokens."""

    transactions: Transactions
    store: OrganisationStore
    keys: FactKeys
    frame: Frame
    notes: Notes

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = HERE + "/{number:[0-9]{1,12}}"
        return [
            Route("GET", HERE, ROLES, self.all),
            Route("POST", HERE, ROLES, self.enter),
            Route("POST", one + "/doi-ma", ROLES, self.renew),
            Route("POST", one + "/thu-hoi", ROLES, self.revoke),
        ]

    async def all(self, visit: Visit) -> web.Response:
        """List the organisations, with the form for another one."""
        return await self._show(visit, ())

    async def enter(self, visit: Visit) -> web.Response:
        """Enter an organisation; its token is on the answer and nowhere else."""
        name, number = name_of(visit.text("name")), identity(visit.text("identity"))
        units = [unit_of(one) for one in visit.text("units").split()]
        wrong = _wrong(name, number, units)
        if wrong or name is None or number is None:
            return await self._show(visit, wrong)
        shown, issued = _issued(visit)
        async with self.transactions.write() as session:
            entered = await self.store.add(
                session, name, (number, self.keys.identity(number)), [one for one in units if one], issued
            )
        if entered is None:
            return await self._show(
                visit, ("Số định danh này đã được nhập cho một tổ chức. Nếu mất mã, hãy bấm “Đổi mã” ở tổ chức đó.",)
            )
        await self.notes(visit.official, What.ORGANISATION_ENTERED, f"organisation:{entered}", "", visit.at)
        return self._token(visit, name, shown)

    async def renew(self, visit: Visit) -> web.Response:
        """Give another token; the old one ends at once."""
        number, (shown, issued) = int(visit.part["number"]), _issued(visit)
        async with self.transactions.write() as session:
            done = await self.store.rotate(session, number, issued)
            one = next(iter(await self.store.listed(session, number - 1, 1)), None)
        if not done or one is None:
            raise Refused(GONE, 404)
        await self.notes(visit.official, What.ORGANISATION_RENEWED, f"organisation:{number}", "", visit.at)
        return self._token(visit, one.name, shown)

    async def revoke(self, visit: Visit) -> web.StreamResponse:
        """End a token at once."""
        number = int(visit.part["number"])
        async with self.transactions.write() as session:
            done = await self.store.revoke(session, number, visit.at)
        if not done:
            raise Refused(GONE, 404)
        await self.notes(visit.official, What.ORGANISATION_REVOKED, f"organisation:{number}", "", visit.at)
        return go(HERE, "Đã thu hồi mã; mọi cuộc trò chuyện dùng mã đó đã hết quyền xem.")

    async def _show(self, visit: Visit, wrong: Sequence[str]) -> web.Response:
        async with self.transactions.read() as session:
            found = await self.store.listed(session, _after(visit), PAGE + 1)
        shown = found[:PAGE]
        typed = {name: visit.text(name) for name in ("name", "identity", "units")}
        status = 422 if wrong else 200
        return self.frame.respond(
            visit,
            "dossiers_organisations.html",
            status,
            found=shown,
            after=shown[-1].id if len(found) > PAGE else None,
            wrong=wrong,
            typed=typed,
            here_path=HERE,
            path=PATH,
        )

    def _token(self, visit: Visit, name: str, shown: str) -> web.Response:
        return self.frame.respond(visit, "dossiers_token.html", name=name, shown=shown, path=PATH, here_path=HERE)


def _after(visit: Visit) -> int:
    """Return after which number a page begins; whatever is no number begins the list anew."""
    raw = visit.asked.get("sau", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 12 else 0


def _issued(visit: Visit) -> tuple[str, Issued]:
    shown = new_token()
    token = read_token(shown)
    assert token is not None
    return shown, Issued(token, visit.at)


def _wrong(name: str | None, number: str | None, units: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(
        sentence
        for sentence, bad in (
            ("Tên tổ chức còn trống, quá dài hoặc có ký tự không in được.", name is None),
            (
                "Số định danh chưa đúng: mã số doanh nghiệp có 10 hoặc 13 chữ số, số định danh cá nhân có 12.",
                number is None,
            ),
            ("Có mã đơn vị chưa đúng dạng, ví dụ đúng: H48 hoặc H48.30.02.", None in units),
            (f"Nhiều nhất {MOST_UNITS} đơn vị; để trống nếu tổ chức được xem ở mọi đơn vị.", len(units) > MOST_UNITS),
        )
        if bad
    )
