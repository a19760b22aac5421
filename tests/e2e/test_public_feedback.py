"""The public pages about feedback in a real browser: without scripts, on a phone and on a desk, and printed."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pikepdf
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.app import load_house_texts, project_root
from bot.doors.doors import Doors
from bot.feedback.howto_page import HowToPages
from bot.feedback.public_pages import PublicPages
from bot.http.headers import add_security_headers
from tests.bot.dialogue.test_feedback_howto import OFFICE
from tests.factories import TODAY
from tests.fakes.published import FakeShelf
from tests.feedback.publication.items import item

pytestmark = pytest.mark.browser

LONG = "Khi nộp hồ sơ, cán bộ yêu cầu thêm hai bản sao giấy khai sinh dù quy định không có. " * 6
ITEMS = (
    item(3, question=LONG, answer=LONG),
    item(2, sample=True, agency="H48.2"),
    item(1, trial=True, question="Hộ chiếu " + "x" * 200),
    *(item(number) for number in range(10, 40)),
)
SIZES = ((390, 844), (1280, 900))
PATHS = ("/phan-anh", "/phan-anh/item000003", "/phan-anh/item000002", "/huong-dan-phan-anh", "/huong-dan-phan-anh/in")


@pytest.fixture
async def site() -> AsyncIterator[str]:
    texts = load_house_texts(project_root())
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    app.add_routes(PublicPages(FakeShelf(ITEMS), texts, "https://motcua.example", lambda code: f"Sở {code}").routes())
    app.add_routes(HowToPages(OFFICE, Doors("https://motcua.example", "bot", "42"), texts, lambda: TODAY).routes())
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
async def page(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    width, height = request.param
    context = await browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    opened = await context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    await context.close()


@pytest.mark.parametrize("path", PATHS)
async def test_every_page_fits_its_screen_and_has_one_heading(page: Page, site: str, path: str) -> None:
    await page.goto(site + path)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    await expect(page.get_by_role("main")).to_have_count(1)
    box = await page.get_by_role("main").bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    # Screenshots for whoever wants to look: set a folder.
    folder = os.environ.get("MOTCUA_SCREENSHOTS")
    if folder:
        name = path.strip("/").replace("/", "-")
        await page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


async def test_the_list_is_searched_by_its_labels_without_scripts(page: Page, site: str) -> None:
    await page.goto(f"{site}/phan-anh")
    await page.get_by_label("Tìm theo từ").fill("hai bản sao")
    await page.locator("summary").click()
    await page.get_by_label("Cơ quan").select_option("H48.2")
    await page.get_by_role("button", name="Tìm").click()
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(page.get_by_label("Tìm theo từ")).to_have_value("hai bản sao")
    await page.get_by_role("link", name="Bỏ bộ lọc").click()
    await page.get_by_role("link", name="Cũ hơn →").click()
    await expect(page.get_by_text("Trang 2")).to_be_visible()


async def test_the_sheet_for_the_board_is_one_page_of_a4(browser: Browser, site: str, tmp_path: Path) -> None:
    opened = await browser.new_page()
    await opened.goto(f"{site}/huong-dan-phan-anh/in")
    content = await opened.pdf(prefer_css_page_size=True, print_background=True)
    await opened.close()
    folder = os.environ.get("MOTCUA_SCREENSHOTS")
    if folder:
        (Path(folder) / "sheet.pdf").write_bytes(content)
    with pikepdf.open(io.BytesIO(content)) as sheet:
        assert len(sheet.pages) == 1
        width, height = (float(value) for value in sheet.pages[0].mediabox[2:])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
