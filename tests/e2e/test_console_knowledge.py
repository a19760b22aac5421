"""The catalogue and the questions in a real browser, by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.console.official import Official
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import WAITING, ReviewStore
from tests.bot.conftest import published_database, small_catalogue
from tests.e2e.test_console_crawl import faults_of
from tests.factories import NOW
from tests.fakes.console_knowledge import BINH, LAN, Knowledge

__all__ = ["published_database", "small_catalogue"]

pytestmark = pytest.mark.browser

CODE = "1.001193"


@pytest.fixture
async def knowledge(small_catalogue: str, tmp_path: Path) -> AsyncIterator[Knowledge]:
    made = Knowledge(small_catalogue, tmp_path)
    await made.live.refresh()
    async with made.work.write() as session:
        for number in range(12):
            candidates = (Kept(CODE, 0.4, "Đăng ký khai sinh"), Kept("1.000894", 0.2, "Đăng ký kết hôn"))
            one = Sighting(f"câu hỏi khó {chr(97 + number)}", Reason.DECLINED, candidates=candidates, aspects=("fee",))
            await ReviewStore(session).note(one, NOW)
    yield made
    await made.close()


@pytest.fixture
async def site(knowledge: Knowledge) -> AsyncIterator[str]:
    server = TestServer(knowledge.console.app())
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


async def sit_down(browser: Browser, knowledge: Knowledge, who: Official = LAN, width: int = 1280) -> Page:
    """A browser in which somebody is signed in."""
    context = await browser.new_context(
        viewport={"width": width, "height": 900}, extra_http_headers=knowledge.headers(who)
    )
    page = await context.new_page()
    page.set_default_timeout(20_000)
    return page


async def propose(page: Page, site: str) -> None:
    """Change the result of a procedure."""
    await page.goto(f"{site}/canbo/thu-tuc/{CODE}")
    await page.keyboard.press("e")
    await page.get_by_label("Kết quả", exact=True).fill("Giấy khai sinh bản điện tử")
    await page.get_by_label("Văn bản hoặc trang làm căn cứ").fill("Quyết định 12/QĐ-UBND")
    await page.locator("#all_as_of").fill("15/10/2026")
    await page.get_by_label("Lý do thay đổi người duyệt đọc").fill("Theo quyết định mới")
    await page.get_by_role("button", name="Lập đề nghị").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã lập đề nghị 2")


async def test_an_edit_is_compared_by_everybody_and_approved_by_somebody_else(
    browser: Browser, site: str, knowledge: Knowledge
) -> None:
    lan, binh = await sit_down(browser, knowledge), await sit_down(browser, knowledge, BINH)
    await propose(lan, site)
    await expect(lan.locator("ins").first).to_have_text("Thêm:Giấy khai sinh bản điện tử")
    await expect(lan.get_by_role("button", name="Duyệt đề nghị")).to_have_count(0)
    assert await faults_of(lan, drawn=True) == []
    await binh.goto(f"{site}/canbo/thu-tuc/de-nghi/2")
    await binh.keyboard.press("a")
    await expect(binh.get_by_role("button", name="Công bố")).to_be_visible()


async def test_ten_questions_are_labelled_by_keyboard_alone(browser: Browser, site: str, knowledge: Knowledge) -> None:
    page = await sit_down(browser, knowledge)
    await page.goto(f"{site}/canbo/cau-hoi")
    for key in "1212o1s1r1":
        before = await page.locator("blockquote").inner_text()
        await page.keyboard.press(key)
        await expect(page.locator("blockquote")).not_to_have_text(before)
    await page.keyboard.press("/")
    await page.keyboard.type("gia han tam tru")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Gia hạn tạm trú")).to_be_visible()
    before = await page.locator("blockquote").inner_text()
    await page.keyboard.press("1")
    await expect(page.locator("blockquote")).not_to_have_text(before)
    async with knowledge.work.read() as session:
        assert len(await ReviewStore(session).find(WAITING)) == 2
