"""A queue of ten thousand records in a real browser: light, quick to turn over, worked on in bulk by the keyboard."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect
from sqlalchemy import text

from bot.unit_of_work import UnitOfWork, open_engine
from feedback.record import Status
from tests.bot.console.triage.site import LAN, SENT, TEXT, Site, make_site
from tests.fakes.console import HEADER

pytestmark = pytest.mark.browser

MANY = 10_000
MOST_BYTES = 150_000
REAL = 3
"""Records that were truly handed in, the oldest; the others are copies of one that can be listed but not opened."""
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) "


async def copy_rows(database: UnitOfWork, table: str, changed: dict[str, str]) -> None:
    """Copy the newest row of a table until there are many."""
    async with database.write() as session:
        names = [row[1] for row in await session.execute(text(f"PRAGMA table_info({table})"))]
        values = ", ".join(changed.get(name, f'"{name}"') for name in names)
        chosen = f"SELECT {values} FROM n, {table} WHERE id = {REAL}"
        columns = ", ".join(f'"{name}"' for name in names)
        made = f"INSERT INTO {table} ({columns}) {NUMBERS}{chosen}"
        await session.execute(text(made), {"first": REAL + 1, "last": MANY})


@pytest.fixture
async def site(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """The pages of triage over a register of ten thousand open records."""
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    made = make_site(database, tmp_path)
    for number in range(REAL):
        await made.received(f"Việc thứ {number + 1}. {TEXT}", who=f"c{number}", at=SENT - timedelta(days=9 - number))
    await copy_rows(database, "feedback_record", {"id": "i", "number": "i", "receipt": "'PA-' || i"})
    yield made
    await database.close()


@pytest.fixture
async def page(site: Site, browser: Browser) -> AsyncIterator[Page]:
    site.console.sign_in(LAN)
    server = TestServer(site.console.app())
    await server.start_server()
    context = await browser.new_context(base_url=str(server.make_url("/")), extra_http_headers={HEADER: LAN.account})
    opened = await context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    await context.close()
    await server.close()


async def test_ten_thousand_records_are_turned_over_and_worked_on_in_bulk_by_the_keyboard(
    page: Page, site: Site
) -> None:
    answer = await page.goto("/canbo/phan-anh")
    assert answer is not None
    assert len(await answer.body()) <= MOST_BYTES
    await expect(page.get_by_role("link", name="Mới chờ phân loại")).to_contain_text("10.000+")
    assert await page.evaluate("performance.getEntriesByName('first-contentful-paint').length") == 1
    rows = page.locator("tr[data-row]")
    shown = await rows.count()
    assert 20 <= shown <= 100

    first = await rows.first.inner_text()
    for _ in range(3):
        before = page.url
        await page.keyboard.press("n")
        await page.wait_for_url(lambda url, before=before: url != before)  # type: ignore[misc]
        assert await rows.count() == shown
    await page.get_by_role("link", name="Về trang đầu").press("Enter")
    await expect(rows.first).to_have_text(first, use_inner_text=True)

    for _ in range(REAL):
        await page.keyboard.press("j")
        await page.keyboard.press("x")
    await expect(page.locator("input[name=chon]:checked")).to_have_count(REAL)
    await page.keyboard.press("g")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Giao xử lý: 3 phản ánh")
    await page.keyboard.press("s")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Giao xử lý: xong 3 trên 3")
    assert {await site.status(number) for number in range(1, REAL + 1)} == {Status.IN_REVIEW}
