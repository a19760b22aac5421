"""The frame of the console in a real browser: what a bad mouse sends twice, what paper shows, and a telephone's header."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.console.frame import Area
from bot.console.roles import EVERYBODY, ConsoleRole
from bot.console.routing import Route, Visit
from tests.fakes.console import HEADER, FakeConsole, official

pytestmark = pytest.mark.browser

LAN = official(ConsoleRole.RECEIVER)
PAGE = """{% extends "frame.html" %}{% block body %}
<div class="row"><select><option>{{ "dài " * 60 }}</option></select></div>
<form class="prints" method="post" action="/canbo/so">{{ token }}
<table><tr><td>dòng một</td></tr></table><button data-key="." data-says="Gửi đi.">Gửi</button>
<button data-key="i" formaction="/x">Ghi<kbd>i</kbd></button></form>{% endblock %}"""
AREAS = [Area(f"Phần việc số {number}", f"/canbo/p{number}", EVERYBODY) for number in range(6)]


@pytest.fixture
def sent() -> list[str]:
    """Of every form that came."""
    return []


@pytest.fixture
async def page(browser: Browser, tmp_path: Path, sent: list[str]) -> AsyncIterator[Page]:
    (tmp_path / "one.html").write_text(PAGE, "utf-8")

    async def show(visit: Visit) -> web.StreamResponse:
        return console.frame.respond(visit, "one.html")

    async def take(visit: Visit) -> web.StreamResponse:
        sent.append(visit.official.account)
        await asyncio.sleep(0.2)
        return console.frame.respond(visit, "one.html")

    pages = [Route("GET", "/canbo/so", EVERYBODY, show), Route("POST", "/canbo/so", EVERYBODY, take)]
    console = FakeConsole(pages, areas=AREAS, folders=[tmp_path])
    console.sign_in(LAN)
    server = TestServer(console.app())
    await server.start_server()
    context = await browser.new_context(
        viewport={"width": 360, "height": 780}, extra_http_headers={HEADER: LAN.account}
    )
    opened = await context.new_page()
    await opened.goto(str(server.make_url("/canbo/so")))
    yield opened
    await context.close()
    await server.close()


async def test_a_form_that_is_pressed_twice_is_sent_once(page: Page, sent: list[str]) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name="Gửi").evaluate(
            "one => { one.click(); setTimeout(() => one.click(), 80); }"
        )
    await expect(page.get_by_text("dòng một")).to_be_visible()
    assert sent == ["lan"]


async def test_a_list_is_printed_without_its_buttons(page: Page) -> None:
    await page.emulate_media(media="print")
    await expect(page.get_by_text("dòng một")).to_be_visible()
    await expect(page.get_by_role("button", name="Gửi")).to_be_hidden()


async def test_the_keys_are_listed_with_their_whole_names(page: Page) -> None:
    await page.keyboard.press("?")
    names = page.locator("#phim dd")
    assert await names.all_inner_texts() == ["Gửi đi.", "Ghi", "Danh sách phím tắt"]


async def test_a_telephone_gives_the_areas_the_whole_width(page: Page) -> None:
    ways = await page.locator(".top nav").bounding_box()
    assert ways is not None
    assert ways["width"] > 300
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
