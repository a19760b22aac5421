"""A citizen on Zalo sends feedback and asks for an official: answered there from the console, and on the public page."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.app.clock import present
from bot.console.accounts.account import Stage
from bot.console.accounts.cookies import PLAIN
from bot.console.accounts.session_store import Place, Session
from bot.console.official import Official
from bot.feedback.settings import FeedbackSettings
from tests.bot.channels.everywhere import Everywhere, running_everywhere
from tests.bot.channels.far_ends import PERSON, OnZaloOa
from tests.bot.console.triage.site import BINH, CHI, LAN, OFFICE, TU
from tests.e2e.test_console_crawl import faults_of
from tests.e2e.triage_by_keys import ANSWER, answers, approves, keys, leads, publishes, receives
from tests.fakes.sent_files import FakeFiles
from tests.feedback.attachments.samples import picture

pytestmark = pytest.mark.browser

DESK = "/canbo/nguoi-cho"
PHONE = "0901234567"
STORY = f"Hồ sơ khai sinh nộp ở Sở Tư pháp trễ hẹn mười ngày mà không ai gọi, số tôi là {PHONE}."


@dataclass
class Console:
    """The console of a whole house."""

    world: Everywhere
    browser: Browser
    faults: list[str]

    @property
    def url(self) -> str:
        """Where it is."""
        return self.world.url

    @property
    def case(self) -> str:
        """The heading of the first case of this year."""
        return f"Phản ánh số 1/{present():%Y}"

    async def opens(self, who: Official, path: str = "/canbo/phan-anh") -> Page:
        """Open a page of an official who is signed in."""
        kept, now = self.world.house.officials.kept, present()
        token = f"{who.account}-{len(self.browser.contexts)}-{path}"
        made = Session(token[:32], who.account, Stage.WHOLE, Place(), now, now, None)
        async with self.world.house.transactions.write() as session:
            await kept.sessions.add(session, made, token)
        context = await self.browser.new_context(locale="vi-VN")
        await context.add_cookies([{"name": PLAIN, "value": token, "url": f"{self.url}/canbo"}])
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None)
        await page.goto(self.url + path)
        return page


@pytest.fixture
async def console(browser: Browser, migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Console]:
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    office = tmp_path / "office.yml"
    office.write_text(OFFICE + "policy: {undo_minutes: 0}\n", "utf-8")
    feedback = FeedbackSettings(office=office, files=tmp_path / "files")
    async with running_everywhere(f"sqlite:///{tmp_path / 'm.sqlite3'}", feedback) as world:
        made = Console(world, browser, [])
        for who in (LAN, TU, BINH, CHI):
            async with world.house.transactions.write() as session:
                await world.house.officials.kept.accounts.add(session, who, "", present())
        yield made
    assert made.faults == []


async def test_who_sends_feedback_and_asks_for_an_official_on_zalo_is_answered_there_and_on_the_public_page(
    console: Console,
) -> None:
    citizen = OnZaloOa(console.world)
    await sends_feedback(citizen)
    page = await console.opens(LAN, DESK)
    await expect(page.get_by_text("Không ai đang chờ")).to_be_visible()
    assert "gặp cán bộ" in "".join((await citizen.say("gặp cán bộ")).texts)
    await citizen.say(f"em tên Thử, số {PHONE} ạ")

    await talks(console, page, citizen)
    await receives(console)
    await answers(console)
    await approves(console)
    await publishes(console)

    house = console.world.house
    while await house.kept.feedback.handing_on(house.transactions, house.texts, console.world.engine).once():
        pass
    await console.world.sent()
    told = "\n".join(console.world.oa.people[PERSON].texts)
    assert ANSWER in told
    assert "đã được công khai" in told


async def sends_feedback(citizen: OnZaloOa) -> None:
    """Go through the whole form."""
    await citizen.say("/phananh")
    await citizen.press("Đồng ý")
    await citizen.say(STORY)
    await citizen.press("Đúng rồi")
    await citizen.say("Sở Tư pháp")
    for _ in ("day", "files"):
        await citizen.press("Bỏ qua")
    for said in ("Nguyễn Văn Thử", "Số 1, đường Thử, xã Ví Dụ", PHONE):
        await citizen.say(said)
    await citizen.press("Cho đăng")
    assert "Số biên nhận" in "".join((await citizen.press("Gửi")).texts)


async def talks(console: Console, page: Page, citizen: OnZaloOa) -> None:
    """Take the citizen by the keyboard, hear them while writing, answer, and be told what arrives."""
    other = await console.opens(TU, DESK)
    await expect(other.get_by_text("Không ai đang chờ")).to_be_visible()
    await other.context.close()
    await comes_back(console, page)
    await expect(page.get_by_text("Danh sách vừa thay đổi")).to_be_visible()
    await keys(page, "g")
    await expect(page.get_by_role("link", name="Người số 1")).to_be_visible()
    await page.keyboard.press("j")
    await leads(page, "Enter", "Người số 1 đang chờ")
    await expect(page.locator("ol.talk")).to_contain_text("em tên")
    await expect(page.locator("body")).not_to_contain_text(PHONE)
    await keys(page, "n")
    await page.keyboard.type("trực hôm nay")
    await page.keyboard.press("Escape")
    await leads(page, "s", "Người số 1")
    log, words = page.get_by_role("log"), page.get_by_label("Trả lời người dân")
    await expect(log).to_contain_text(PHONE)
    await expect(log).not_to_contain_text("trễ hẹn mười ngày")

    await words.fill("Dạ, sáng mai")
    await citizen.say("em vẫn chờ ạ")
    await expect(log).to_contain_text("em vẫn chờ ạ")
    await sees_what_is_sent(console, page, citizen)
    await expect(words).to_have_value("Dạ, sáng mai")
    assert await faults_of(page, drawn=True) == []
    await words.press("End")
    await page.keyboard.type(" bác ghé quầy số 3 ạ.")
    await page.get_by_role("button", name="Gửi").click()
    await page.wait_for_url("**?da=*")
    await comes_back(console, page)
    await expect(page.get_by_text("đã tới")).to_be_visible()
    assert "👤 Cán bộ trả lời:\nDạ, sáng mai bác ghé quầy số 3 ạ." in console.world.oa.people[PERSON].texts

    await reads_the_day_before(page)
    await hears_what_cannot_be_delivered(console, page)
    await page.keyboard.press("d")
    await expect(page.get_by_text("Đã xong")).to_be_visible()
    await page.context.close()


async def sees_what_is_sent(console: Console, page: Page, citizen: OnZaloOa) -> None:
    """Open a picture that arrives while the page is open, in a tab of its own; and be told where one is gone."""
    files = FakeFiles({"https://a.zdn.vn/i.jpg": picture()})
    console.world.house.photos.fetchers[citizen.name] = files
    await citizen.send("picture")
    shows = page.get_by_role("link", name="Xem ảnh")
    await expect(shows).to_be_visible()
    async with page.expect_popup() as opening:
        await shows.click()
    shown = await opening.value
    await shown.wait_for_load_state()
    assert await shown.evaluate("[document.contentType, document.images[0].naturalWidth]") == ["image/jpeg", 60]
    files.has.clear()
    await shown.reload()
    await expect(shown.locator("main")).to_contain_text("nhờ người dân gửi lại")
    assert await faults_of(shown, drawn=True) == []
    await shown.close()


async def comes_back(console: Console, page: Page) -> None:
    """Let everything be sent, and the official come back to the page: it looks at once, not after its seconds."""
    await console.world.sent()
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def reads_the_day_before(page: Page) -> None:
    """Open it for a reason."""
    await page.get_by_text("Xem một ngày trước").click()
    await page.get_by_label("Lý do xem").fill("chưa rõ họ hỏi gì")
    await page.get_by_role("button", name="Xem", exact=True).click()
    await expect(page.get_by_role("list")).to_contain_text("trễ hẹn mười ngày")
    assert await faults_of(page, drawn=True) == []
    await leads(page, "u", "Người số 1")


async def hears_what_cannot_be_delivered(console: Console, page: Page) -> None:
    """Write to somebody whom Zalo lets nobody write to any more; the page says it when it is known, by itself."""
    person = console.world.oa.people[PERSON]
    assert person.last_interaction is not None
    person.last_interaction -= timedelta(days=8)
    words = page.get_by_label("Trả lời người dân")
    await words.fill("Bác còn cần gì không ạ?")
    await page.get_by_role("button", name="Gửi").click()
    await page.wait_for_url("**?da=*")
    await comes_back(console, page)
    await expect(page.get_by_text("không tới được")).to_be_visible()
    await expect(page.get_by_text("Hãy tìm cách khác")).to_be_visible()
    person.spoke(console.world.oa.clock())
