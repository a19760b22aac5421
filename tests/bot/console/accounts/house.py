"""A console with accounts on a real database: cheap password hashes, a clock that is set by hand, and a browser's cookies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
from aiohttp import ClientResponse, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from bot.app.console import about_accounts, make_entrance, routes_of
from bot.app.officials import Officials, make_officials
from bot.console.accounts.account import SecondFactor
from bot.console.audit.pages import AuditPages
from bot.console.done import go
from bot.console.home import HomePage
from bot.console.official import Official
from bot.console.roles import EVERYBODY, ConsoleRole
from bot.console.routing import Route, Visit
from bot.console.settings import ConsoleSettings
from bot.http.headers import add_security_headers, keep_to_tls
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork
from feedback.office import Office, Unit

START = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
GOOD = "ba con vịt qua cầu"
OFFICE = Office(code="H48", name="UBND xã Mẫu", units=(Unit("H48.1", "Văn phòng"),))


@dataclass
class World:
    """The console, its time, and what its own page was sent."""

    transactions: UnitOfWork
    settings: Settings
    now: datetime = START
    written: list[dict[str, str]] = field(default_factory=list)
    officials: Officials = field(init=False)

    def __post_init__(self) -> None:
        """Put it together."""
        self.officials = make_officials(self.settings, self.transactions, OFFICE, self.clock, CHEAP)

    def clock(self) -> datetime:
        """The present moment."""
        return self.now

    def later(self, **passed: float) -> None:
        """Let time go by."""
        self.now += timedelta(**passed)

    def app(self) -> web.Application:
        """Return a server with the accounts' pages and one page that takes a form."""
        here = (Path(__file__).parent / "templates",)
        entrance = make_entrance(self.settings, self.officials, self.transactions, self.clock, here)

        async def note(visit: Visit) -> web.StreamResponse:
            self.written.append({"words": visit.text("words"), "by": visit.official.account})
            return go("/canbo", "Đã ghi.")

        async def form(visit: Visit) -> web.StreamResponse:
            return entrance.frame.respond(visit, "refused.html", sentence=visit.csrf)

        async def write(visit: Visit) -> web.StreamResponse:
            return entrance.frame.respond(visit, "write.html")

        async def break_down(visit: Visit) -> web.StreamResponse:
            raise RuntimeError(visit.asked["words"])

        pages = [
            *HomePage(entrance.frame).routes(),
            *about_accounts(self.officials, OFFICE, entrance),
            *AuditPages(self.officials.kept.audit, self.transactions, entrance.frame).routes(),
            Route("GET", "/canbo/ghi", EVERYBODY, form),
            Route("POST", "/canbo/ghi", EVERYBODY, note, most_bytes=4096),
            Route("POST", "/canbo/giay", EVERYBODY, note, most_bytes=48 * 1024 * 1024),
            Route("GET", "/canbo/viet", EVERYBODY, write),
            Route("GET", "/canbo/hong", EVERYBODY, break_down),
        ]
        app = web.Application()
        app.on_response_prepare.append(add_security_headers)
        app.on_response_prepare.append(keep_to_tls(self.officials.steps.origins.encrypted))
        app.add_routes(routes_of(entrance, pages))
        return app

    async def account(
        self, *roles: ConsoleRole, account: str = "lan", password: str = GOOD, unit: str = "H48.1"
    ) -> None:
        """Add an account with a password of its own."""
        official = Official(account, f"Người {account}", unit, frozenset(roles))
        await self.officials.administration.add(official, "test")
        kept = await self.officials.steps.passwords.make(password)
        async with self.transactions.write() as session:
            await self.officials.kept.accounts.set_password(session, account, kept)

    async def totp(self, account: str = "lan") -> str:
        """Give an account a second factor; return its secret."""
        secret = pyotp.random_base32()
        async with self.transactions.write() as session:
            await self.officials.kept.accounts.set_totp(session, account, secret, None)
        return secret

    def code(self, secret: str) -> str:
        """Return the code that a telephone shows now."""
        return pyotp.TOTP(secret).at(self.now)

    async def log(self) -> Sequence[tuple[str, str, str]]:
        """Return who did what to what, the oldest first."""
        from bot.console.audit.store import Wanted

        async with self.transactions.read() as session:
            found = await self.officials.kept.audit.page(session, Wanted(), 100)
        return [(one.event.actor, one.event.what, one.event.about) for one in reversed(found)]


def settings_of(**console: Any) -> Settings:
    """Return settings; behind a proxy, so that tests choose their network."""
    given = ConsoleSettings(**console | {"second_factor": SecondFactor(console.get("second_factor", "off"))})
    keys = {"signing_key": Secret("s" * 40), "encryption_key": Secret("e" * 40)}
    return Settings(**keys, trust_proxy=True, console=given)  # type: ignore[arg-type]


@dataclass
class Surfer:
    """A browser."""

    client: TestClient[web.Request, web.Application]
    network: str = "203.0.113.7"
    text: str = ""
    """Of the last page."""
    status: int = 0
    path: str = ""

    async def get(self, path: str, **headers: str) -> str:
        """Open a page, following where it leads."""
        return await self._seen(await self.client.get(path, headers=self._headers(headers)))

    async def post(self, path: str, **fields: str | Sequence[str]) -> str:
        """Send a form with the token of the page that is open."""
        token = re.search(r'name="csrf" value="(\w+)"', self.text)
        data = [("csrf", token[1])] if token else []
        for name, value in fields.items():
            data += [(name, value)] if isinstance(value, str) else [(name, one) for one in value]
        return await self._seen(await self.client.post(path, data=data, headers=self._headers({})))

    async def sign_in(self, account: str = "lan", password: str = GOOD, **fields: str) -> str:
        """Fill in the first page."""
        return await self.post("/canbo/vao", account=account, password=password, **fields)

    def hidden(self, name: str) -> str:
        """Return a hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""

    def cookies(self) -> dict[str, str]:
        """Return the browser's cookies."""
        return {one.key: one.value for one in self.client.session.cookie_jar}

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"X-Forwarded-For": self.network, "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/149.0", **more}

    async def _seen(self, response: ClientResponse) -> str:
        self.text, self.status, self.path = await response.text(), response.status, response.url.path
        return self.text


async def surfer(app: web.Application, network: str = "203.0.113.7") -> Surfer:
    """Open a browser before a server."""
    client = TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True))
    await client.start_server()
    return Surfer(client, network)
