"""The pages about the post in a real browser, at three widths: nothing for axe to say, and no sideways scrolling."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from bot.app import project_root
from bot.app.house import load_house_texts
from bot.configuration.store import ConfigurationStore
from bot.console.configuring import pages as configuring_pages
from bot.console.configuring.pages import ConfiguringPages
from bot.console.dashboard import pages, post_pages
from bot.console.dashboard.post_figures import PostBoard
from bot.console.dashboard.post_pages import PostPages
from bot.console.roles import ConsoleRole
from bot.postal.list_page import PostListPage
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.console.dashboard.test_post import CATALOGUE, LISTS, NOW, SPAN, FakeRows, fill
from tests.bot.dialogue_house import TEXTS
from tests.fakes.console import FakeConsole, official

pytestmark = pytest.mark.browser
PATHS = (f"/canbo/buu-chinh?{SPAN}", "/canbo/buu-chinh?ky=khac&tu=x", "/canbo/thiet-lap/postal", "/buu-chinh")


async def _unnoted(*_: object) -> None:
    """Write nothing down."""


@pytest.fixture
async def server(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[tuple[TestServer, dict[str, str]]]:
    """The pages on a server, and what signs in."""
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    await fill(database)
    rows: Any = FakeRows(*CATALOGUE)
    console = FakeConsole([], areas=[post_pages.AREA], folders=[pages.TEMPLATES, configuring_pages.TEMPLATES], now=NOW)
    frame = console.frame
    console.pages = [
        *PostPages(frame, PostBoard(database, rows, LISTS), practice=True).routes(),
        *ConfiguringPages(database, ConfigurationStore(), TEXTS, lambda _: "", frame, _unnoted).routes(),
    ]
    app = console.app()
    app.add_routes(PostListPage(LISTS, rows, "UBND tỉnh Thử", True, load_house_texts(project_root())).routes())
    made = TestServer(app)
    await made.start_server()
    yield made, console.sign_in(official(*ConsoleRole))
    await made.close()
    await database.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (768, "light"), (1440, "light")])
async def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    browser: Browser, server: tuple[TestServer, dict[str, str]], width: int, scheme: Any
) -> None:
    opened, headers = server
    context = await browser.new_context(
        base_url=str(opened.make_url("/")),
        viewport={"width": width, "height": 800},
        extra_http_headers=headers,
        color_scheme=scheme,
    )
    page: Page = await context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    for path in PATHS:
        await page.goto(path)
        found = await Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert refused == []
    await context.close()
