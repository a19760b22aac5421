"""Officials who are signed in without passwords, and a server with some pages of the console."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.console.files import Taken
from bot.console.frame import Area, Frame
from bot.console.official import Official, SignedIn
from bot.console.roles import ConsoleRole
from bot.console.routing import Guard, OpenRoute, Route, Typed, Visit
from bot.http.headers import add_security_headers
from bot.keyed_hash import KeyedHash

HEADER = "X-Fake-Official"
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


def official(*roles: ConsoleRole, account: str = "lan", unit: str = "MAU", name: str = "Nguyễn Thị Lan") -> Official:
    """Return an official with roles."""
    return Official(account, name, unit, frozenset(roles))


@dataclass
class FakeSignIns:
    """Who is signed in stands in a header: the account's name."""

    known: dict[str, Official] = field(default_factory=dict)
    lost: list[Typed | None] = field(default_factory=list)
    """Forms of those who had to sign in first."""

    async def who(self, request: web.Request, at: datetime) -> SignedIn | None:
        """See ``SignIns.who``."""
        found = self.known.get(request.headers.get(HEADER, ""))
        return SignedIn(found, f"session of {found.account}") if found else None

    async def interrupted(self, request: web.Request, typed: Typed | None) -> web.StreamResponse:
        """See ``SignIns.interrupted``."""
        self.lost.append(typed)
        return web.Response(status=303, headers={"Location": "/canbo/vao"})

    async def outdated(self, visit: Visit) -> web.StreamResponse | None:
        """See ``SignIns.outdated``."""
        return None


@dataclass(frozen=True)
class FakeNoting:
    """What was taken along, and what was refused to whom, in lists."""

    kept: list[tuple[str, str, str]]
    denied: list[tuple[str, str]]

    async def taken(self, official: Official, taken: Taken, at: datetime) -> None:
        """See ``Notes.taken``."""
        self.kept.append((official.account, taken.about, taken.why))

    async def refused(self, official: Official, what: str, at: datetime) -> None:
        """See ``Notes.refused``."""
        self.denied.append((official.account, what))


@dataclass
class FakeConsole:
    """The guard and the frame around some pages."""

    pages: Sequence[Route]
    doors: Sequence[OpenRoute] = ()
    areas: Sequence[Area] = ()
    folders: Sequence[Path] = ()
    now: datetime = NOW
    signins: FakeSignIns = field(default_factory=FakeSignIns)
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    """Files that were let go: who, what, why."""
    denied: list[tuple[str, str]] = field(default_factory=list)
    """What was refused for lack of a role: to whom, what."""
    frame: Frame = field(init=False)
    guard: Guard = field(init=False)

    def __post_init__(self) -> None:
        """Put them together."""
        self.frame = Frame(self.areas, self.folders)
        hashes = KeyedHash("console forms", "k" * 32)
        self.guard = Guard(self.signins, self.frame, hashes, lambda: self.now, FakeNoting(self.taken, self.denied))

    def app(self) -> web.Application:
        """Return a server with the pages."""
        app = web.Application(client_max_size=64 * 1024)
        app.on_response_prepare.append(add_security_headers)
        app.add_routes([*self.guard.routes(self.pages, self.doors), *self.frame.routes()])
        return app

    def sign_in(self, who: Official) -> dict[str, str]:
        """Return the headers of somebody who is signed in."""
        self.signins.known[who.account] = who
        return {HEADER: who.account}

    def csrf(self, who: Official) -> str:
        """Return the token that the forms of somebody carry."""
        return self.guard.csrf_of(f"session of {who.account}")
