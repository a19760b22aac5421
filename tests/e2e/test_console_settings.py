"""Settings, undelivered messages and requests about data in a real browser: usable on a telephone, sound for axe."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect
from sqlalchemy import insert

from bot.configuration.store import ConfigurationStore
from bot.console.audit.store import Audit
from bot.console.configuring import pages as configuring
from bot.console.data_requests import pages as requests
from bot.console.roles import EVERYBODY
from bot.console.undelivered import pages as undelivered
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.tables import outbox
from bot.privacy.answering import DataDesk
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.outgoing_store import OutgoingStore
from tests.bot.console.data_requests.test_pages import COPY, LATE, STORE
from tests.bot.console.undelivered.test_pages import row
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import ref
from tests.bot.privacy.test_exporting import exporting
from tests.fakes.console import HEADER, NOW, FakeConsole, official
from tests.feedback.desk import Desk

pytestmark = pytest.mark.browser

ALL = official(*EVERYBODY)
CIPHER = AesGcmCipher("e" * 40)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def console_on(database: UnitOfWork) -> FakeConsole:
    areas = (configuring, requests, undelivered)
    console, audit = FakeConsole((), folders=[one.TEMPLATES for one in areas]), Audit(CIPHER)

    async def note(*_: object) -> None:
        """Write nothing."""

    console.pages = [
        *configuring.ConfiguringPages(
            database, ConfigurationStore(), TEXTS, lambda _: "", console.frame, note
        ).routes(),
        *requests.DataRequestPages(database, DataDesk(STORE, ()), exporting(Desk()), audit, console.frame).routes(),
        *undelivered.UndeliveredPages(database, OutgoingStore(CIPHER, lambda: NOW), audit, console.frame).routes(),
    ]
    return console


@pytest.fixture
async def page(browser: Browser, migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Page]:
    """A telephone before the pages, which have something to show."""
    database = UnitOfWork(open_engine(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'm.sqlite3')}"))
    async with database.write() as session:
        for one in (COPY, LATE):
            await STORE.note(session, ref(), one, NOW - timedelta(days=3))
        await session.execute(insert(outbox), [row(1, "5.0"), row(2, "n:feedback.1.answered.0")])
    console = console_on(database)
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


async def test_the_pages_fit_a_telephone_and_are_sound_for_axe(page: Page) -> None:
    one = f"{requests.PATH}/{COPY.number}"
    for path in (configuring.PATH, f"{configuring.PATH}/feedback", requests.PATH, one, undelivered.PATH):
        await page.goto(path)
        found = await Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


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
