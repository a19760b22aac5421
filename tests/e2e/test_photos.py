"""A picture of a receipt's QR code, chosen on the page of the web chat in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.bot.dossiers.test_photos import CODE, picture
from tests.e2e.conftest import Site
from tests.fakes.web_texts import RESPONSES

pytestmark = pytest.mark.browser


async def test_the_code_in_a_picture_is_sent_as_a_message(page: Page, site: Site, tmp_path: Path) -> None:
    (tmp_path / "receipt.jpg").write_bytes(picture(CODE, "JPEG"))
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name=RESPONSES["utter_web_photo"]).click()
    await (await chooser.value).set_files(tmp_path / "receipt.jpg")
    await expect(page.locator(".theirs")).to_have_count(1)
    assert site.dialogue.seen == [CODE]


async def test_a_picture_of_something_else_is_no_message(page: Page, site: Site, tmp_path: Path) -> None:
    (tmp_path / "card.jpg").write_bytes(picture("001099012345|x|Nguyễn Văn An", "JPEG"))
    await page.set_input_files("#photo-file", tmp_path / "card.jpg")
    await expect(page.locator(".note")).to_have_text(RESPONSES["utter_photo_identity"])
    (tmp_path / "notes.jpg").write_bytes(b"no picture at all")
    await page.set_input_files("#photo-file", tmp_path / "notes.jpg")
    await expect(page.locator(".note").last).to_have_text(RESPONSES["utter_photo_no_picture"])
    assert site.dialogue.seen == []
    assert await page.locator("#photo").is_enabled()
