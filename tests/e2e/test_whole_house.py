"""The product as `make run` starts it: real command, real Rasa, the starter catalogue, a real browser."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from bot.app import free_port, project_root

pytestmark = pytest.mark.browser

START = 20.0
"""Seconds for the server to listen on a busy machine; the benchmark measures how long it truly takes."""
TRAINING = 900.0
"""Seconds for training, where the model is stale, and loading."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[str]:
    """The running product's address; keys, database and catalogue are made by the command itself."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    environment |= {"PYTHONPATH": str(project_root())}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "serve",
        "--init",
        "--with-rasa",
        "--port",
        str(port),
        cwd=tmp_path,
        env=environment,
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 30) == 0


async def until(url: str, wanted: str, seconds: float) -> None:
    """Wait until ``/readyz`` says so."""
    async with asyncio.timeout(seconds), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{url}readyz") as response:
                    if wanted in await response.text():
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.2)


async def ask(page: Page, text: str) -> str:
    """Write a question and return what is answered to it, once the typing sign is gone."""
    before = await page.locator("#log .turn.theirs").count()
    await page.locator("#say").fill(text)
    await page.locator("#say").press("Enter")
    # While Rasa is trained, samples are made and other tests run beside it on two cores, an answer may take its time.
    await expect(page.locator("#log .turn.theirs").nth(before)).to_be_visible(timeout=30_000)
    await expect(page.locator("#typing")).to_be_hidden()
    return "\n".join((await page.locator("#log .turn.theirs").all_inner_texts())[before:])


async def test_a_citizen_is_helped_from_the_first_second_and_understood_when_rasa_is_ready(
    house: str, browser: Browser
) -> None:
    await until(house, '"catalogue": true', START)
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    page = await context.new_page()
    page.set_default_timeout(15_000)
    await page.goto(house)

    early = await ask(page, "dang ky ket hon can giay to gi")
    assert "Đăng ký kết hôn" in early

    await until(house, '"understanding": "ready"', TRAINING)
    await expect(page.locator("#status")).to_contain_text("Sẵn sàng", timeout=30_000)
    said = await ask(page, "lam giay khai sinh cho con can giay to gi, mat bao nhieu tien")
    for part in (
        "Đăng ký khai sinh",
        "Giấy chứng sinh",
        "Lệ phí",
        "iễn phí",
        "1.001193",
        "bản chụp",
        "dichvucong.gov.vn",
    ):
        assert part in said
    assert "Thời hạn" in await ask(page, "thế bao lâu thì có?")
    await page.get_by_role("button", name="Nơi nộp").last.click()
    await expect(page.locator("#log .turn.theirs").last).to_contain_text("Cơ quan giải quyết")
    assert "114" in await ask(page, "cháy nhà hàng xóm rồi cứu với")
    assert "Nguồn" not in await ask(page, "tử vi cung bạch dương hôm nay thế nào")
    await page.reload()
    await expect(page.locator("#log")).to_contain_text("Giấy chứng sinh")
    await context.close()
