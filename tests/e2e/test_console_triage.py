"""Triage in a real browser: by the keyboard alone from the queue to the citizen's telephone, two at once, and axe."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.app import load_house_texts, project_root
from bot.app.clock import present
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.zalo_bot.build import open_zalo_bot
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.console.official import Official
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets
from bot.feedback.public_pages import PublicPages
from bot.feedback.shelf import Shelf
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.record import Address, Consent, Status
from tests.bot.channels.telegram.conftest import SECRET, title
from tests.bot.console.triage.site import ALL, LAN, MAI, TU, Site, make_site
from tests.bot.delivery.conftest import eventually, no_pause, sorry
from tests.e2e.triage_by_keys import ANSWER, answers, approves, publishes, receives
from tests.fakes.console import HEADER, NOW
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.telegram.strict import StrictTelegram
from tests.fakes.zalo_bot import TOKEN, FakeZaloBot, running_zalo_bot

pytestmark = pytest.mark.browser


@dataclass
class Desk:
    """A running console, with the public pages beside it."""

    site: Site
    url: str
    browser: Browser
    faults: list[str]
    case: str = "Phản ánh số 1/2026"

    async def opens(self, who: Official, path: str = "/canbo/phan-anh") -> Page:
        """A page of an official."""
        context = await self.browser.new_context(extra_http_headers={HEADER: who.account}, locale="vi-VN")
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None)
        await page.goto(self.url + path)
        return page


@pytest.fixture
async def desk(browser: Browser, migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    site = make_site(database, tmp_path)
    for one in ALL:
        site.console.sign_in(one)
    app = site.console.app()
    shelf = Shelf(database, site.feedback.published, present)
    texts = load_house_texts(project_root())
    app.add_routes(PublicPages(shelf, texts, "https://motcua.example", site.feedback.unit_name).routes())
    server = TestServer(app)
    await server.start_server()
    made = Desk(site, str(server.make_url("")).rstrip("/"), browser, [])
    yield made
    await server.close()
    await database.close()
    assert made.faults == []


async def test_by_the_keyboard_alone_a_case_comes_to_its_answer_on_every_channel_and_to_the_public_page(
    desk: Desk,
) -> None:
    site, agreed = desk.site, Consent("2026-11", NOW, publish=True)
    places = (Address("telegram", "123456789", "777"), Address("zalo_bot", "42", "lan"))
    first, second = [await site.received(where=where, consent=agreed) for where in places]
    async with site.database.write() as session:
        await site.feedback.steps.joining.merge(session, LAN.actor, second.id, first.id, "cùng việc", NOW)

    await receives(desk)
    await answers(desk)
    await approves(desk)
    await publishes(desk)
    assert [await site.status(one.id) for one in (first, second)] == [Status.PUBLISHED, Status.MERGED]
    await told(site)


async def told(site: Site) -> None:
    """Let the delivery run, and wait until both senders have the answer and the public link."""
    telegram = StrictTelegram()
    async with AsyncExitStack() as stack:
        address = await telegram.start()
        stack.push_async_callback(telegram.stop)
        zalo: FakeZaloBot = await stack.enter_async_context(running_zalo_bot())
        client = TelegramClient(telegram.token, address.rstrip("/"))
        stack.push_async_callback(client.close)
        clock = lambda: datetime.now(UTC)  # noqa: E731
        settings = ZaloBotSettings(TOKEN, "what zalo sends along", True, zalo.url)
        bot = await stack.enter_async_context(open_zalo_bot(settings, clock))
        channels = {
            "telegram": TelegramChannel(client=client, account="123456789", secret=SECRET, title=title, clock=clock),
            "zalo_bot": bot.channel,
        }
        engine = Engine(
            dialogue=FakeDialogue(),
            outlets=Outlets(channels, frozenset()),
            store=DeliveryStore(AesGcmCipher("e" * 40)),
            transactions=site.database,
            sorry=sorry,
            clock=clock,
            sleep=no_pause,
        )
        await engine.start()
        stack.push_async_callback(engine.stop)
        texts = load_house_texts(project_root())
        while await site.feedback.handing_on(site.database, texts, engine).once():
            pass
        wanted = (ANSWER, "đã được công khai")

        async def both() -> bool:
            await asyncio.sleep(0.05)
            return all(has(sent, wanted) for sent in (telegram_texts(telegram), [text for _, text in zalo.sent]))

        await eventually(both)


def telegram_texts(telegram: StrictTelegram) -> list[str]:
    return [given.get("text", "") for name, given in telegram.calls if name == "sendMessage"]


def has(sent: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(one in text for text in sent) for one in wanted)


async def test_two_officials_at_once_see_each_other_and_lose_nothing(desk: Desk) -> None:
    case = await desk.site.taken()
    path = f"/canbo/phan-anh/{case.id}/lam/tra-loi"
    first, second = await desk.opens(TU, path), await desk.opens(MAI, path)
    await expect(second.get_by_role("status")).to_contain_text("Trần Văn Tú đang soạn")
    for page, text in ((first, "Bản của anh Tú."), (second, "Bản của chị Mai.")):
        await page.get_by_label("Kết quả xử lý").select_option("conduct_found")
        await page.get_by_label("Nội dung trả lời").fill(text)
    await second.get_by_role("button", name="Soạn trả lời").click()
    await expect(second.get_by_role("status").first).to_contain_text("bản 1")
    await first.get_by_role("button", name="Soạn trả lời").click()
    await expect(first.get_by_role("alert")).to_contain_text("Người khác vừa thay đổi")
    await expect(first.get_by_text("Bản của chị Mai.")).to_be_visible()
    await expect(first.get_by_label("Nội dung trả lời")).to_have_value("Bản của anh Tú.")
    await first.get_by_role("button", name="Soạn trả lời").click()
    await expect(first.get_by_role("status").first).to_contain_text("bản 2")
