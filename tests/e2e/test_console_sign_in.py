"""The console's doors and accounts in a real browser: with a telephone's code, a sign-in that ends in mid-form, and axe."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.console.roles import ConsoleRole
from tests.bot.console.accounts.conftest import copied, empty_console, world
from tests.bot.console.accounts.house import GOOD, World

__all__ = ["copied", "empty_console", "world"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("world", [{"second_factor": "personal"}], indirect=True),
]
WIDTHS = (360, 768, 1440)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
async def site(world: World) -> AsyncIterator[str]:
    server = TestServer(world.app())
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 360, "height": 780}, locale="vi-VN")
    opened = await context.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    yield opened
    await context.close()
    assert faults == []


async def looked_at(page: Page, name: str) -> None:
    """Hold a page to axe and to the width of a telephone; keep a picture of it for whoever wants to look."""
    found = await Axe().run(page, options=RULES)
    assert found.violations_count == 0, (name, found.generate_report())
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 780})
        over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over == 0, (name, width)
        folder = os.environ.get("MOTCUA_SCREENSHOTS")
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    await page.set_viewport_size({"width": 360, "height": 780})


async def signs_in(page: Page, account: str, password: str) -> None:
    await page.get_by_label("Tên tài khoản").fill(account)
    await page.get_by_label("Mật khẩu", exact=True).fill(password)
    await page.get_by_role("button", name="Đăng nhập", exact=True).click()


async def sees_what_is_typed(page: Page) -> None:
    """Look at a new password and be told how it looks; nobody sees it when the form leaves or the window is left."""
    field, button = page.get_by_label("Mật khẩu mới", exact=False).first, page.get_by_role("button", name="mật khẩu")
    await field.fill("con vịt")
    await expect(field).to_have_accessible_description("Còn thiếu 5 ký tự.")
    await field.fill("aaaaaaaaaaaaaaaaaaaa")
    await expect(field).to_have_accessible_description("Yếu: lặp lại ít ký tự.")
    await field.fill("con vịt qua cầu khỉ")
    await expect(field).to_have_accessible_description("Khá, nếu không phải câu nhiều người biết.")
    await page.get_by_role("button", name="Hiện mật khẩu").click()
    await expect(field).to_have_attribute("type", "text")
    await expect(field).to_have_attribute("spellcheck", "false")
    await expect(field).to_have_attribute("autocapitalize", "none")
    await looked_at(page, "mat-khau-hien")
    await page.get_by_role("button", name="Ẩn mật khẩu").click()
    await expect(field).to_have_attribute("type", "password")
    assert await button.count() == 2, "one button for all fields of a form, beside the one that sends it"


async def test_the_first_administrator_comes_in_and_makes_an_account(page: Page, site: str, world: World) -> None:
    once = await world.officials.administration.first()
    await page.goto(f"{site}/canbo")
    await looked_at(page, "vao")
    await signs_in(page, "quantri", "sai")
    await expect(page.get_by_role("alert")).to_contain_text("không đúng")
    await looked_at(page, "vao-sai")
    await signs_in(page, "quantri", once or "")
    await looked_at(page, "mat-khau")
    await sees_what_is_typed(page)
    await page.get_by_label("Mật khẩu mới", exact=False).first.fill(GOOD)
    await page.get_by_label("Nhập lại mật khẩu mới").fill(GOOD)
    await page.get_by_role("button", name="Lưu mật khẩu").click()
    await looked_at(page, "xac-thuc")
    secret = (await page.locator("#khoa").inner_text()).replace(" ", "")
    await page.get_by_label("Mã 6 số").fill(world.code(secret))
    await page.get_by_role("button", name="Bật mã xác thực").click()
    await looked_at(page, "ma-du-phong")
    await page.get_by_role("link", name="Tôi đã cất mã").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    way = page.get_by_role("navigation", name="Các phần", exact=True)
    await way.get_by_role("link", name="Tài khoản").click()
    await page.get_by_label("Tên tài khoản").fill("lan.nt")
    await page.get_by_label("Họ tên").fill("Nguyễn Thị Lan")
    await page.get_by_label("Tiếp nhận").check()
    await page.get_by_label("Mật khẩu của bạn").fill(GOOD)
    await page.get_by_role("button", name="Thêm tài khoản").click()
    await looked_at(page, "mat-khau-mot-lan")
    await page.get_by_role("link", name="Xong").click()
    await page.goto(f"{site}/canbo/toi")
    await page.get_by_role("button", name="Đăng xuất").click()
    await signs_in(page, "quantri", GOOD)
    await looked_at(page, "ma")
    world.later(seconds=40)
    await page.get_by_label("Mã 6 số trên điện thoại").fill(world.code(secret))
    await page.get_by_role("button", name="Tiếp tục").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")


async def test_a_sign_in_that_ends_in_mid_form_loses_nothing(page: Page, site: str, world: World) -> None:
    await world.account(ConsoleRole.RECEIVER)
    secret = await world.totp()
    await page.goto(f"{site}/canbo/viet")
    await signs_in(page, "lan", GOOD)
    await page.get_by_label("Mã 6 số trên điện thoại").fill(world.code(secret))
    await page.get_by_role("button", name="Tiếp tục").click()
    words = "Kính gửi ông/bà,\nhồ sơ <thiếu> 1 bản sao & ảnh."
    await page.get_by_label("Trả lời").fill(words)
    world.later(minutes=31)
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.get_by_text("Những gì bạn vừa nhập được giữ lại")).to_be_visible()
    await looked_at(page, "het-phien")
    await signs_in(page, "lan", GOOD)
    await page.get_by_label("Mã 6 số trên điện thoại").fill(world.code(secret))
    await page.get_by_role("button", name="Tiếp tục").click()
    await expect(page.get_by_text("chưa được lưu")).to_be_visible()
    await looked_at(page, "gui-lai")
    await page.get_by_role("button", name="Gửi lại").click()
    await expect(page.get_by_role("status")).to_have_text("Đã ghi.")
    assert world.written == [{"words": words, "by": "lan"}]


async def test_pages_are_used_without_scripts_and_by_keys(browser: Browser, site: str, world: World) -> None:
    await world.account(ConsoleRole.EDITOR)
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{site}/canbo/toi")
    await expect(page.get_by_label("Tài khoản")).to_be_focused()
    await page.keyboard.type("lan")
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Mật khẩu", exact=True)).to_be_focused()
    await page.keyboard.type(GOOD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    await context.close()
