"""Which pages the console has, who may open each, and the guard that lets nobody else in."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from aiohttp import web
from multidict import MultiDictProxy

from bot.console.done import HOME
from bot.console.files import Streamed, Taken, taken_of
from bot.console.frame import Frame
from bot.console.mishaps import MISSING, Mishaps
from bot.console.official import Official, SignedIn
from bot.console.roles import NAMES, ConsoleRole
from bot.http.own_forms import ours
from bot.keyed_hash import KeyedHash
from feedback.actor import Actor, NotAllowedError

logger = logging.getLogger(__name__)

SIGN_IN = "/canbo/vao"
CSRF_FIELD = "csrf"
FORM_BYTES = 256 * 1024
"""Of a form without files."""
HELD_BYTES = 1024 * 1024
"""Of what is read from somebody who is not signed in."""

NEEDS_ROLE = "Trang này dành cho vai trò:"
ASK_ADMINISTRATOR = "Nếu công việc của bạn cần trang này, hãy nhờ quản trị viên cấp quyền."
FOREIGN_FORM = "Biểu mẫu không đến từ trang bạn đang mở nên chưa có gì được lưu. Hãy tải lại trang rồi gửi lại."
NOT_ALLOWED = "Tài khoản của bạn không được làm việc này; chưa có gì thay đổi."

Typed = MultiDictProxy[str | bytes | bytearray | web.FileField]


class Refused(Exception):
    """A page cannot do what was asked; shown with the status and, in Vietnamese, what, why and what to do next."""

    def __init__(self, sentence: str, status: int = 422) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True)
class Visit:
    """A request of somebody who may make it."""

    request: web.Request
    signed: SignedIn
    csrf: str
    """Belongs into every form, as the field ``csrf``: templates write ``{{ token }}``."""
    at: datetime
    typed: Typed | None = field(default=None, repr=False)
    """The form of a POST."""

    @property
    def official(self) -> Official:
        """Who asks."""
        return self.signed.official

    @property
    def actor(self) -> Actor:
        """Who asks, as the register knows them."""
        return self.official.actor

    @property
    def asked(self) -> Mapping[str, str]:
        """The query of the address."""
        return self.request.query

    @property
    def part(self) -> Mapping[str, str]:
        """What the address itself names, such as ``{record}``."""
        return self.request.match_info

    def text(self, name: str) -> str:
        """Return a typed field without space around it; empty when it is missing or a file."""
        value = self.typed.get(name, "") if self.typed is not None else ""
        return _tidy(value) if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """Return a password as it was typed, spaces too; empty when it is missing or a file."""
        value = self.typed.get(name, "") if self.typed is not None else ""
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, such as the ticked boxes of a list."""
        values = self.typed.getall(name, []) if self.typed is not None else []
        return tuple(_tidy(one) for one in values if isinstance(one, str))


Handler = Callable[[Visit], Awaitable[web.StreamResponse]]
OpenHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Route:
    """A page of the console, or something done on one."""

    method: str
    path: str
    roles: frozenset[ConsoleRole]
    """One of them is needed; never empty."""
    handler: Handler
    most_bytes: int = FORM_BYTES
    """Of the request's body."""

    def __post_init__(self) -> None:
        """Refuse a page without roles, or outside of the console."""
        if not self.roles:
            raise ValueError(f"{self.method} {self.path} names no role")
        if self.path != HOME and not self.path.startswith(HOME + "/"):
            raise ValueError(f"{self.path} is not under {HOME}")


@dataclass(frozen=True)
class OpenRoute:
    """A page of the console that needs no sign-in; ``tests/bot/console/test_routing.py`` lists them all."""

    method: str
    path: str
    handler: OpenHandler


class SignIns(Protocol):
    """Knows who is signed in."""

    async def who(self, request: web.Request, at: datetime) -> SignedIn | None:
        """Return whose sign-in the request carries; ``None`` for none that holds."""
        ...

    async def interrupted(self, request: web.Request, typed: Typed | None) -> web.StreamResponse:
        """Answer somebody who must sign in first, and lose nothing that was typed.

        Args:
            request: that needs a sign-in.
            typed: its form; ``None`` where there is none, or where it could not be read.
        """
        ...

    async def outdated(self, visit: Visit) -> web.StreamResponse | None:
        """Answer a form of our own page that an earlier sign-in opened, so that nothing typed in it is lost.

        ``None`` when it is not certain to be ours: then it is refused.
        """
        ...


class Notes(Protocol):
    """Writes down who took what along, and who asked for what is not theirs."""

    async def taken(self, official: Official, taken: Taken, at: datetime) -> None:
        """Note a file before it leaves the house."""
        ...

    async def refused(self, official: Official, what: str, at: datetime) -> None:
        """Note that an official asked for something that no role of theirs allows.

        Args:
            official: who asked.
            what: method and pattern of the address, nothing that was typed.
            at: when.
        """
        ...


@dataclass(frozen=True)
class Guard:
    """Stands before every page: who is signed in, whether a role allows it, whether a form is one of ours.

    Stands behind it as well: no file leaves without an entry in the log.
    """

    signins: SignIns
    frame: Frame
    hashes: KeyedHash
    """For the token of forms."""
    clock: Callable[[], datetime]
    notes: Notes

    def routes(self, pages: Sequence[Route], doors: Sequence[OpenRoute] = ()) -> list[web.RouteDef]:
        """Return the routes for the server; of whatever can be read the head alone can be asked for too."""
        handled = [(one.method, one.path, self._kept(one)) for one in pages]
        handled += [(one.method, one.path, one.handler) for one in doors]
        mishaps = Mishaps(self.frame)
        return [web.route(method, path, mishaps.around(handler)) for method, path, handler in handled]

    def elsewhere(self) -> list[web.RouteDef]:
        """Return what answers for pages that do not exist; added behind all others."""
        handle = Mishaps(self.frame).around(self._missing)
        return [web.route("*", HOME + "/{rest:.*}", handle), web.route("*", HOME, handle)]

    def csrf_of(self, session: str) -> str:
        """Return the token that the forms of a sign-in carry."""
        return self.hashes.of(session).hex()

    def _kept(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._answer(route, request)

        return handle

    async def _answer(self, route: Route, request: web.Request) -> web.StreamResponse:
        at = self.clock()
        signed = await self.signins.who(request, at)
        if signed is not None and not signed.official.has(route.roles):
            await self._deny(route, signed.official, at)
            wanted = ", ".join(sorted(NAMES[one] for one in route.roles))
            visit = Visit(request, signed, self.csrf_of(signed.session), at)
            return self._refuse(visit, f"{NEEDS_ROLE} {wanted}. {ASK_ADMINISTRATOR}", 403)
        most = route.most_bytes if signed else min(route.most_bytes, HELD_BYTES)
        request = request.clone(client_max_size=most)
        # Nothing of another site's form is read, let alone shown again after a sign-in.
        typed = await _form(request, signed) if route.method == "POST" and ours(request.headers) else None
        try:
            if signed is None:
                return await self.signins.interrupted(request, typed)
            return await self._done(route, Visit(request, signed, self.csrf_of(signed.session), at, typed))
        finally:
            _close(typed)

    async def _done(self, route: Route, visit: Visit) -> web.StreamResponse:
        if route.method == "POST" and not (visit.typed is not None and self._is_own(visit)):
            offered = await self.signins.outdated(visit) if visit.typed is not None else None
            return offered or self._refuse(visit, FOREIGN_FORM, 403)
        try:
            return await self._noted(route, visit, await route.handler(visit))
        except Refused as refused:
            return self._refuse(visit, refused.sentence, refused.status)
        except NotAllowedError:
            await self._deny(route, visit.official, visit.at)
            return self._refuse(visit, NOT_ALLOWED, 403)

    async def _deny(self, route: Route, official: Official, at: datetime) -> None:
        """Write a refusal down, in the server's log and in the console's."""
        logger.warning("Console: %s may not %s %s.", official.account, route.method, route.path)
        await self.notes.refused(official, f"{route.method} {route.path}", at)

    async def _noted(self, route: Route, visit: Visit, response: web.StreamResponse) -> web.StreamResponse:
        """Note a file, then let it go; who asks for the head alone gets nothing to take along."""
        taken = taken_of(response, route.path)
        if taken is not None and visit.request.method != "HEAD":
            await self.notes.taken(visit.official, taken, visit.at)
        if isinstance(response, Streamed):
            await response.send(visit.request)
        return response

    async def _missing(self, request: web.Request) -> web.StreamResponse:
        """Tell it in the frame to who is signed in, and plainly to others; which pages there are is no secret."""
        at = self.clock()
        signed = await self.signins.who(request, at)
        visit = Visit(request, signed, self.csrf_of(signed.session), at) if signed else None
        return self.frame.respond(visit, "missing.html", 404, request=request, sentence=MISSING)

    def _is_own(self, visit: Visit) -> bool:
        return hmac.compare_digest(visit.text(CSRF_FIELD).encode(), visit.csrf.encode())

    def _refuse(self, visit: Visit, sentence: str, status: int) -> web.Response:
        return self.frame.respond(visit, "refused.html", status, sentence=sentence)


async def _form(request: web.Request, signed: SignedIn | None) -> Typed | None:
    """Return the form of a request; ``None`` where somebody unknown sends more than is read of them, or what is no form."""
    try:
        return await request.post()
    except web.HTTPRequestEntityTooLarge:
        if signed is not None:
            raise
        return None
    except (ValueError, LookupError):
        # Cut into parts that are none, or in letters that are none: no browser sends it.
        return None


def _tidy(typed: str) -> str:
    """Return what was typed with lines ended as they are counted: browsers send two signs for the one that they count."""
    return typed.replace("\r\n", "\n").replace("\0", "").strip()


def _close(typed: Typed | None) -> None:
    """Let go of the files of a form: of a request's clone nobody else does."""
    for value in typed.values() if typed is not None else ():
        if isinstance(value, web.FileField):
            value.file.close()
