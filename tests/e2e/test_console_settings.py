"""Settings in a real browser, on a telephone."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.configuration.store import ConfigurationStore
from bot.console.configuring import pages as configuring
from bot.console.roles import EVERYBODY
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.dialogue_house import TEXTS
from tests.fakes.console import HEADER, FakeConsole, official

pytestmark = pytest.mark.browser

ALL = official(*EVERYBODY)


@pytest.fixture
async def page(browser: Browser, migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Page]:
    """A telephone before the pages."""
    database = UnitOfWork(open_engine(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'm.sqlite3')}"))

    async def note(*_: object) -> None:
        """Write nothing."""

    console = FakeConsole((), folders=[configuring.TEMPLATES])
    pages = configuring.ConfiguringPages(database, ConfigurationStore(), TEXTS, lambda _: "", console.frame, note)
    console.pages = pages.routes()
    console.sign_in(ALL)
    server = TestServer(console.app())
    await server.start_server()
    context = await browser.new_context(
        base_url=str(server.make_url("")),
        extra_http_headers={HEADER: ALL.account},
        viewport={"width": 360, "height": 800},
        locale="vi-VN",
    )
    opened = await context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    await context.close()
    await server.close()
    await database.close()


async def test_hours_are_set_without_yaml(page: Page) -> None:
    await page.goto(f"{configuring.PATH}/working_time")
    form = page.locator("form[action$='/bieu-mau']")
    typed = {
        "Mã tỉnh": "H48",
        "Mã cơ quan": "H48.30",
        "Thứ Hai": "7h30–11h30",
        "Theo văn bản": "QĐ 1",
        "Căn cứ": "QĐ 1",
    }
    for label, words in typed.items():
        await form.get_by_label(label).fill(words)
    await form.get_by_role("button").click()
    await page.get_by_role("button", name="Lưu và áp dụng").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    await page.goto(f"{configuring.PATH}/working_time")
    await expect(page.locator("#body")).to_have_value(re.compile("- 07:30-11:30"))
