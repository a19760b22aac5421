"""The pages of figures in a real browser: nothing for axe to say, no sideways scrolling on a phone, and a journey by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.console.roles import ConsoleRole
from tests.bot.console.dashboard.conftest import month, office
from tests.bot.console.dashboard.house import Pages
from tests.fakes.console import official

pytestmark = pytest.mark.browser
__all__ = ["month", "office"]

SPAN = "ky=khac&tu=2026-11-20&den=2026-12-31"
PATHS = (
    f"/canbo/bang-so-lieu?{SPAN}",
    "/canbo/bang-so-lieu?ky=khac&tu=2026-12-31&den=2026-11-20",
    f"/canbo/bao-cao/lap?loai=dinh-ky&cach=in&{SPAN}",
    f"/canbo/bao-cao/lap?loai=so&cach=in&{SPAN}",
    "/so-lieu",
)
"""In the dark, and the pages to which no link of the console leads."""


@pytest.fixture
async def page(browser: Browser, office: Pages) -> AsyncIterator[Page]:
    app = office.console.app()
    app.add_routes(office.scorecard().routes())
    server = TestServer(app)
    await server.start_server()
    headers = office.console.sign_in(official(*ConsoleRole))
    base = str(server.make_url("/"))
    context = await browser.new_context(
        base_url=base, viewport={"width": 360, "height": 740}, extra_http_headers=headers, color_scheme="dark"
    )
    opened = await context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    await context.close()
    await server.close()


async def test_axe_finds_nothing_and_a_phone_scrolls_one_way(page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    for path in PATHS:
        await page.goto(path)
        found = await Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360, path
    assert refused == []


async def test_a_period_is_chosen_by_keyboard_and_its_table_comes_as_a_file(page: Page) -> None:
    await page.goto("/canbo/bang-so-lieu")
    await page.keyboard.press("t")
    await expect(page.locator("#ky")).to_be_focused()
    await page.locator("#ky").select_option("khac")
    await page.locator("#tu").fill("2026-11-20")
    await page.locator("#den").fill("2026-12-31")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Số liệu từ 20/11/2026 đến 31/12/2026")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Tải bảng (CSV) Hồ sơ").click()
    assert (await waiting.value).suggested_filename == "ho-so-2026-11-20-2026-12-31.csv"
