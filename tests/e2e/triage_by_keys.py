"""Triage by the keyboard alone: classify, answer, approve and publish the first case of a house."""

from __future__ import annotations

from typing import Protocol

from playwright.async_api import Page, expect

from bot.console.official import Official
from tests.bot.console.triage.site import BINH, CHI, LAN, TU

ANSWER = "Sở đã kiểm tra, xin lỗi và trả kết quả trong ngày."


class Opens(Protocol):
    """A running console."""

    url: str
    case: str
    """The case's heading."""

    async def opens(self, who: Official, path: str = "/canbo/phan-anh") -> Page:
        """Open a page of an official."""
        ...


async def keys(page: Page, *pressed: str) -> None:
    """Press keys one after another; after one that leads elsewhere the page is waited for."""
    for one in pressed:
        await page.keyboard.press(one)
        await page.wait_for_load_state()


async def leads(page: Page, key: str, heading: str) -> None:
    """Press a key that leads to a page."""
    await page.keyboard.press(key)
    await expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


async def receives(desk: Opens) -> None:
    """Classify and give it to Tú."""
    page = await desk.opens(LAN)
    await page.keyboard.press("j")
    await leads(page, "Enter", desk.case)
    await leads(page, "c", "Phân loại")
    await page.keyboard.press("Escape")
    await leads(page, "s", "Đã vào sổ")
    await expect(page.get_by_role("status")).to_contain_text("Đã phân loại")
    await leads(page, "g", "Giao xử lý")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Trần")
    await page.keyboard.press("Escape")
    await leads(page, "s", "mới chờ phân loại")
    await page.context.close()


async def answers(desk: Opens) -> None:
    """Write the answer."""
    page = await desk.opens(TU)
    await leads(page, "2", "của tôi")
    await page.keyboard.press("j")
    await leads(page, "Enter", desk.case)
    await leads(page, "r", "Soạn trả lời")
    await page.keyboard.type("Phản ánh đúng")
    await page.keyboard.press("Tab")
    await page.keyboard.type(ANSWER)
    await page.keyboard.press("Escape")
    await leads(page, "s", desk.case)
    await page.context.close()


async def approves(desk: Opens) -> None:
    """Approve it, and have it made public."""
    page = await desk.opens(BINH)
    await leads(page, "5", "chờ duyệt")
    await page.keyboard.press("j")
    await leads(page, "Enter", desk.case)
    await leads(page, "d", "Duyệt và gửi")
    await page.keyboard.press("Space")
    await leads(page, "s", "Chờ công khai")
    await page.context.close()


async def publishes(desk: Opens) -> None:
    """Publish it, and look at the public page."""
    page = await desk.opens(CHI)
    await leads(page, "6", "chờ công khai")
    await page.keyboard.press("j")
    await leads(page, "Enter", desk.case)
    await leads(page, "p", "Che thông tin cá nhân")
    await leads(page, "p", "Đã công khai")
    await page.goto(f"{desk.url}/phan-anh")
    await expect(page.get_by_role("article")).to_contain_text("trễ hẹn mười ngày")
    await expect(page.get_by_role("article")).not_to_contain_text("0901234567")
    await page.context.close()
