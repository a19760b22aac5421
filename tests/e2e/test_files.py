"""A file of dossier codes, chosen on the page of the web chat in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import Site
from tests.fakes.web_texts import RESPONSES

pytestmark = pytest.mark.browser

CODES = ("H48.30.02-261117-0001", "000.00.16.H48-261116-0012")


async def test_the_codes_in_a_file_are_sent_as_a_message_under_its_name(page: Page, site: Site, tmp_path: Path) -> None:
    (tmp_path / "ho-so.csv").write_text("\n".join(("Mã hồ sơ", *CODES)), "utf-8")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name=RESPONSES["utter_web_file"]).click()
    await (await chooser.value).set_files(tmp_path / "ho-so.csv")
    await expect(page.locator(".theirs")).to_have_count(1)
    await expect(page.locator(".mine")).to_contain_text("ho-so.csv – 2 mã")
    assert [inbound.data["codes"] for inbound in site.dialogue.heard] == [" ".join(CODES)]


async def test_another_file_is_no_message_and_the_next_one_can_be_chosen(
    page: Page, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "notes.csv").write_text("không có mã nào", "utf-8")
    await page.set_input_files("#file-file", tmp_path / "notes.csv")
    await expect(page.locator(".note")).to_have_text(RESPONSES["utter_batch_file_no_codes"])
    (tmp_path / "large.csv").write_bytes(b"x" * (1024 * 1024 + 1))
    await page.set_input_files("#file-file", tmp_path / "large.csv")
    await expect(page.locator(".note").last).to_have_text(RESPONSES["utter_web_file_large"])
    assert site.dialogue.heard == []
    assert await page.locator("#file").is_enabled()
