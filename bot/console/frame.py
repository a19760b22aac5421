"""The frame of the console's pages: templates that escape everything, what leads where, and a policy without inline script."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from aiohttp import web
from markupsafe import Markup

from bot.console.done import done_of, was_said
from bot.console.roles import NAMES, ConsoleRole
from feedback.working_time.zone import here

if TYPE_CHECKING:
    from bot.console.routing import Visit

COMMON = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
STATIC_PATH = "/canbo/tep/"
KINDS = {".css": "text/css", ".js": "text/javascript"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Area:
    """A part of the console that the frame leads to."""

    title: str
    path: str
    roles: frozenset[ConsoleRole]
    """Who sees the way to it."""


class Frame:
    """Renders the console's pages."""

    def __init__(self, areas: Sequence[Area] = (), folders: Sequence[Path] = ()) -> None:
        """Take what the frame leads to, and folders of further templates (their names must differ)."""
        self._areas = tuple(areas)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([COMMON, *folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(moment=say_moment, day=say_day)
        self._environment.globals.update(file=self.address, role_names=NAMES, scrolls=scrolls)

    def respond(
        self,
        visit: Visit | None,
        template: str,
        status: int = 200,
        /,
        request: web.Request | None = None,
        **values: Any,
    ) -> web.Response:
        """Return a page.

        Args:
            visit: for whom; ``None`` on pages before the sign-in.
            template: its name.
            status: of the response.
            request: needed where there is no visit.
            values: for the template, which also gets ``visit``, ``areas``, ``here``, ``done``, and ``token``, which
                every form of a POST must hold.
        """
        asked = visit.request if visit else request
        done = done_of(asked) if asked else ""
        areas = [one for one in self._areas if visit and visit.official.has(one.roles)]
        where = asked.path if asked else ""
        text = self._environment.get_template(template).render(
            visit=visit, areas=areas, here=where, done=done, token=_token(visit), **values
        )
        response = web.Response(text=text, status=status, content_type="text/html")
        response.headers.update(
            {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
        )
        if done:
            was_said(response)
        return response

    def routes(self) -> list[web.RouteDef]:
        """Return the route of the style sheet and scripts: they hold nothing of anybody."""
        return [web.get(STATIC_PATH + "{digest}/{name}", self._static, allow_head=False)]

    def address(self, name: str) -> str:
        """Return the address of a style sheet or script; it changes with the content."""
        return f"{STATIC_PATH}{self._files[name][0]}/{name}"

    async def _static(self, request: web.Request) -> web.Response:
        found = self._files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": f"public, max-age={YEAR}, immutable"}
        kind = KINDS[Path(request.match_info["name"]).suffix]
        return web.Response(body=found[1], content_type=kind, charset="utf-8", headers=headers)

    @cached_property
    def _files(self) -> Mapping[str, tuple[str, bytes]]:
        files = {one.name: one.read_bytes() for one in STATIC.iterdir() if one.suffix in KINDS}
        return {name: (hashlib.sha256(content).hexdigest()[:16], content) for name, content in files.items()}


def _token(visit: Visit | None) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(visit.csrf) if visit else Markup()


def scrolls(label: str) -> Markup:
    """Return what makes an element a frame that scrolls sideways: reached by the keyboard and named for who hears the page."""
    return Markup('class="scroll" tabindex="0" role="region" aria-label="{}"').format(label)


def say_moment(moment: datetime | None) -> str:
    """Return a moment as officials write it, in Vietnam's time; empty for none."""
    return f"{here(moment):%H:%M %d/%m/%Y}" if moment else ""


def say_day(day: date | datetime | None) -> str:
    """Return a day as officials write it; empty for none."""
    if isinstance(day, datetime):
        day = here(day).date()
    return f"{day:%d/%m/%Y}" if day else ""
