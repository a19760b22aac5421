"""What the console says when something cannot be answered."""

from __future__ import annotations

import logging
import re

import pytest

from bot.console.roles import ConsoleRole
from tests.bot.console.accounts.conftest import copied, empty_console, lan, world
from tests.bot.console.accounts.house import Surfer, World

__all__ = ["copied", "empty_console", "lan", "world"]


@pytest.fixture
async def signed(world: World, lan: Surfer) -> Surfer:
    await world.account(ConsoleRole.RECEIVER)
    await lan.sign_in()
    return lan


async def test_a_fault_of_ours_is_a_page_with_a_number_that_the_log_has(
    signed: Surfer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        await signed.get("/canbo/hong?words=hush")
    assert signed.status == 500
    found = re.search(r'<b class="text">(\w{8})</b>', signed.text)
    assert found
    assert found[1] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "hush" not in caplog.text + signed.text


@pytest.mark.parametrize("path", ["/canbo/khong-co", "/canbo/", "/canbo/toi/khong"])
async def test_an_unknown_page_is_told_within_the_frame(signed: Surfer, path: str) -> None:
    await signed.get(path)
    assert signed.status == 404
    assert "Người lan" in signed.text


async def test_who_is_not_signed_in_is_told_the_same_without_the_frame(lan: Surfer) -> None:
    await lan.get("/canbo/khong-co")
    assert lan.status == 404
    assert "Đăng xuất" not in lan.text


async def test_a_way_that_a_page_is_not_asked_is_no_page(signed: Surfer) -> None:
    await signed.post("/canbo")
    assert signed.status == 404


async def test_a_form_that_is_too_large_is_told_so_and_not_taken(world: World, signed: Surfer) -> None:
    await signed.get("/canbo/toi")
    await signed.post("/canbo/ghi", words="x" * 5000)
    assert signed.status == 413
    assert "chưa có gì được lưu" in signed.text
    assert world.written == []


async def test_a_page_can_be_asked_for_its_head_alone(signed: Surfer) -> None:
    response = await signed.client.head("/canbo")
    assert response.status == 200
    assert await response.text() == ""
    assert response.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Server"] == "motcua"
    assert "Strict-Transport-Security" not in response.headers
