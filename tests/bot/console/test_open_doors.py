"""Of the real server: every page of the console stands behind the guard and names a role, or in the short list of doors."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest
from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import make_engine, make_web_app, open_house, project_root
from bot.channels.web.channel import WebChannel
from bot.console.roles import EVERYBODY, ConsoleRole
from bot.console.routing import Guard, OpenRoute, Route
from bot.nlu_process import NluState
from bot.settings import Secret, Settings

DOORS = {
    ("GET", "/canbo/vao"),
    ("POST", "/canbo/vao"),
    ("GET", "/canbo/vao/ma"),
    ("POST", "/canbo/vao/ma"),
    ("GET", "/canbo/vao/mat-khau"),
    ("POST", "/canbo/vao/mat-khau"),
    ("GET", "/canbo/vao/xac-thuc"),
    ("POST", "/canbo/vao/xac-thuc"),
    ("GET", "/canbo/tep/{digest}/{name}"),
    ("*", "/canbo/{rest}"),
    ("*", "/canbo"),
}
"""What anybody may ask for: the steps of a sign-in, the style sheet, and the page that says "no such page"."""

SETTINGS = {"signing_key": Secret("s" * 40), "encryption_key": Secret("e" * 40)}
PARTS = {"kind": "person", "key": "utter_greet", "step": "giao", "code": "1.001193", "request": "DL-2222-2222"}
"""Parts of addresses that are no numbers."""
OWN = ("/canbo/toi", "/canbo/ra", "/canbo/gui-lai", "/canbo/phan-anh/bo-loc", "/canbo/kiem-tra")
"""Where everybody changes something of their own; and where an auditor takes evidence away, with a reason that is noted."""


@pytest.fixture
async def house(
    small_catalogue: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[web.Application, list[Route]]]:
    """The real server, and the pages that its guard was given."""
    pages: list[Route] = []
    made = Guard.routes

    def routes(guard: Guard, kept: Sequence[Route], doors: Sequence[OpenRoute] = ()) -> list[web.RouteDef]:
        pages.extend(kept)
        return made(guard, kept, doors)

    monkeypatch.setattr(Guard, "routes", routes)
    settings = Settings(database_url=small_catalogue, **SETTINGS)
    async with open_house(settings, project_root(), None) as opened:
        channel = WebChannel(lambda: datetime.now(UTC))
        engine = make_engine(opened, opened.transactions, channel, trace=False)
        yield make_web_app(opened, engine, channel, lambda: NluState.LOADING, trace=False), pages


def of_console(app: web.Application) -> set[tuple[str, str]]:
    """Return every way to ask the console for something."""
    routes = ((one.method, one.resource.canonical) for one in app.router.routes() if one.resource)
    return {(method, path) for method, path in routes if path.startswith("/canbo") and method != "HEAD"}


def plain(path: str) -> str:
    """Return a path without the shapes of its parts, as the router names it."""
    return web.UrlDispatcher().add_resource(path).canonical


def filled(path: str) -> str:
    """Return a path that a browser could ask for."""
    return re.sub(r"\{(\w+)\}", lambda part: PARTS.get(part[1], "1"), plain(path))


async def test_every_page_names_a_role_or_is_a_known_door(house: tuple[web.Application, list[Route]]) -> None:
    app, pages = house
    assert of_console(app) == {(one.method, plain(one.path)) for one in pages} | DOORS
    assert all(one.roles <= EVERYBODY and one.roles for one in pages)
    assert len(pages) == len({(one.method, one.path) for one in pages})


async def test_without_a_sign_in_every_page_leads_to_the_door(house: tuple[web.Application, list[Route]]) -> None:
    app, pages = house
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        for page in pages:
            path = filled(page.path)
            async with client.request(page.method, path, allow_redirects=False) as response:
                wanted = 303 if page.method == "GET" else 403
                assert response.status == wanted, (page.method, path)
                assert page.method == "POST" or response.headers["Location"].startswith("/canbo/vao")


async def test_who_only_reads_can_change_nothing_but_their_own(house: tuple[web.Application, list[Route]]) -> None:
    _, pages = house
    changing = {one.path for one in pages if one.method != "GET" and ConsoleRole.AUDITOR in one.roles}
    assert all(path.startswith(OWN) for path in changing), changing
