"""What each role does in a day, by the keyboard, in the whole product; triage has a journey of its own."""

from __future__ import annotations

import asyncio
import json

import pytest
from playwright.async_api import expect

from bot.console.roles import ConsoleRole
from bot.jobs.job import Job, JobKind
from bot.jobs.running import Progress
from tests.bot.test_app import Visitor
from tests.e2e.office import BIRTH, PASSWORD, PERSON, SECOND, Agency
from tests.e2e.triage_by_keys import keys
from tests.factories import portal_row

pytestmark = pytest.mark.browser

EDITOR = PERSON[ConsoleRole.EDITOR]
QUESTION = "đăng ký khai sinh cần giấy tờ gì"
NEW = "Giấy chứng sinh bản điện tử"
SLOW = 15_000.0
"""Milliseconds within which a page has followed work to its end."""


async def test_an_imported_change_reaches_citizens_when_a_second_editor_publishes_it_and_leaves_when_it_is_rolled_back(
    agency: Agency,
) -> None:
    visitor = Visitor(agency.client)
    assert NEW not in await visitor.ask(QUESTION)
    page = await agency.opens(EDITOR, "/canbo/thu-tuc/nhap")
    row = portal_row(code=BIRTH, documents=[{"name": NEW, "original": 1}])
    file = {"name": "cong.jsonl", "mimeType": "application/json", "buffer": json.dumps(row).encode()}
    await page.get_by_label("Tệp", exact=False).first.set_input_files(files=[file])  # type: ignore[list-item]
    await page.get_by_label("Tệp từ đâu").fill("Bản chụp tháng 11")
    await page.get_by_role("button", name="Đọc tệp").press("Enter")
    await page.get_by_role("link", name="Xem đề nghị").press("Enter")
    await expect(page.locator("ins", has_text=NEW)).to_contain_text("Thêm:")
    await page.keyboard.press("t")
    await expect(page.get_by_role("status")).to_contain_text("Đang hỏi lại")
    await agency.finished()
    await expect(page.get_by_text("câu trả lời đổi")).to_be_visible(timeout=SLOW)
    await expect(page.get_by_text("người khác phải duyệt")).to_be_visible()
    assert NEW not in await visitor.ask(QUESTION)

    second = await agency.opens(SECOND, page.url.removeprefix(agency.url))
    await second.keyboard.press("a")
    await second.get_by_role("button", name="Công bố").press("Enter")
    await expect(second.get_by_text("Đã công bố", exact=True)).to_be_visible(timeout=SLOW)
    await agency.finished()
    assert NEW in await Visitor(agency.client, "after").ask(QUESTION)

    await second.goto(f"{agency.url}/canbo/thu-tuc/ban")
    await second.get_by_label("Lý do").fill("Nhầm văn bản")
    await second.get_by_role("button", name="Quay lại bản").press("Enter")
    await expect(second.get_by_role("status")).to_contain_text("Đang quay lại")
    await agency.finished()
    assert NEW not in await Visitor(agency.client, "back").ask(QUESTION)


async def test_questions_are_labelled_by_single_keys_then_learned_and_the_better_model_answers(agency: Agency) -> None:
    going_on = asyncio.Event()

    async def train(job: Job, progress: Progress) -> object:
        progress.say("Huấn luyện mô hình hiểu câu hỏi", 3, 8)
        await going_on.wait()
        return {"model": "moi.tar.gz", "learned": 2, "new": True}

    async def promote(job: Job, progress: Progress) -> object:
        better = {"kind": "answer", "figure": "R@1", "before": 0.8, "after": 0.9, "worse": False}
        return {"promoted": "moi.tar.gz", "refused": "", "changes": [better]}

    agency.works |= {JobKind.TRAIN: train, JobKind.PROMOTE: promote}
    page = await agency.opens(EDITOR, "/canbo/cau-hoi")
    asked = page.locator("blockquote")
    for key, left in (("1", 2), ("o", 1), ("2", 0)):
        await page.keyboard.press(key)
        await expect(page.get_by_text(f"Còn {left} câu chờ")).to_be_visible()
    await expect(asked).to_have_count(0)
    await expect(page.get_by_text("Không còn câu nào chờ")).to_be_visible()
    await page.get_by_role("link", name="Học và đưa vào dùng").first.press("Enter")
    await keys(page, "t")
    bar = page.get_by_role("progressbar", name="Tiến độ")
    await expect(page.get_by_text("Huấn luyện mô hình hiểu câu hỏi (3/8)")).to_be_visible()
    assert await bar.evaluate("bar => bar.position") == 3 / 8
    going_on.set()
    await expect(page.get_by_text("có mô hình mới moi.tar.gz, học từ 2 câu")).to_be_visible(timeout=SLOW)
    await keys(page, "p")
    await expect(page.get_by_role("cell", name="80,0 % → 90,0 %")).to_be_visible(timeout=SLOW)
    await expect(page.get_by_text("moi.tar.gz đang dùng từ")).to_be_visible()


async def test_areas_are_walked_through_by_the_keyboard(agency: Agency) -> None:
    for role in (ConsoleRole.RECEIVER, ConsoleRole.AUDITOR):
        page = await agency.opens(PERSON[role])
        areas = page.get_by_role("navigation", name="Các phần", exact=True).get_by_role("link")
        await keys(page, "Tab")
        await expect(page.get_by_role("link", name="Đến nội dung")).to_be_focused()
        await keys(page, "Tab")
        assert await areas.count()
        for place in range(await areas.count()):
            if place:
                await areas.nth(place - 1).focus()
            await keys(page, "Tab", "Enter")
            await expect(areas.nth(place)).to_have_attribute("aria-current", "page")
            await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await keys(page, "?")
        await expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
        await keys(page, "Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await page.context.close()


async def test_a_dossier_officer_sees_the_applicant_for_a_reason_and_the_auditor_reads_who_looked(
    agency: Agency,
) -> None:
    page = await agency.opens(PERSON[ConsoleRole.DOSSIERS], "/canbo/ho-so")
    await keys(page, "j", "Enter")
    code = (await page.get_by_role("heading", level=1).inner_text()).split()[0]
    await keys(page, "p")
    await page.keyboard.type("Người nộp hỏi tại quầy")
    await keys(page, "Enter")
    await expect(page.get_by_text("Lần xem này đã ghi vào nhật ký")).to_be_visible()

    auditor = await agency.opens(PERSON[ConsoleRole.AUDITOR], "/canbo/nhat-ky")
    row = auditor.get_by_role("row").filter(has_text=code)
    await expect(row).to_contain_text(PERSON[ConsoleRole.DOSSIERS])
    await expect(row).to_contain_text("Người nộp hỏi tại quầy")
    await auditor.goto(f"{agency.url}/canbo/kiem-tra")
    await auditor.get_by_label("Lý do").focus()
    await auditor.keyboard.type("Đoàn kiểm tra tháng 11")
    await keys(auditor, "Tab")
    async with auditor.expect_download() as waiting:
        await auditor.keyboard.press("Enter")
    assert (await waiting.value).suggested_filename.endswith(".zip")


async def test_an_administrator_adds_an_account_by_the_keyboard_and_hands_its_password_over_once(
    agency: Agency,
) -> None:
    page = await agency.opens(PERSON[ConsoleRole.ADMINISTRATOR], "/canbo/tai-khoan")
    await page.get_by_label("Tên tài khoản").focus()
    await page.keyboard.type("moi.nt")
    await keys(page, "Tab")
    await page.keyboard.type("Nguyễn Thị Mới")
    await page.get_by_label("Tiếp nhận").focus()
    await keys(page, "Space")
    await page.get_by_label("Mật khẩu của bạn").focus()
    await page.keyboard.type("mật khẩu không đúng")
    async with page.expect_response(lambda answer: answer.status == 403):
        await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("hãy nhập lại mật khẩu")
    await expect(page.get_by_label("Họ tên")).to_have_value("Nguyễn Thị Mới")
    agency.faults.clear()
    await page.get_by_label("Mật khẩu của bạn").focus()
    await page.keyboard.type(PASSWORD)
    await keys(page, "Enter")
    await expect(page.get_by_text("moi.nt", exact=True)).to_be_visible()
