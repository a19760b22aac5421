"""An agency at work: the real product in one process with sample data, and an official of each role signed in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, BrowserContext, Page
from sqlalchemy import insert

from bot.app import House, load_feedback_samples, make_engine, make_web_app, open_house, project_root
from bot.app.jobs import Jobs
from bot.channels.contract import Ref
from bot.channels.web.channel import WebChannel
from bot.console.accounts.account import Stage
from bot.console.accounts.came_from import Came
from bot.console.accounts.carried import Carried
from bot.console.accounts.cookies import PLAIN
from bot.console.accounts.session_store import Place
from bot.console.official import Official
from bot.console.roles import NAMES, ConsoleRole
from bot.delivery.engine import Engine
from bot.delivery.tables import outbox
from bot.dossiers.access.alert_store import Alert, AlertKind, Whose
from bot.dossiers.sample_loading import refresh_samples
from bot.handover.store import HandOverStore
from bot.jobs.desk import Spawn
from bot.jobs.job import JobKind
from bot.jobs.running import Work, run_job
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import ReviewStore
from tests.bot.console.data_requests.test_pages import COPY, LATE, STORE
from tests.bot.console.undelivered.test_pages import row

PERSON = {role: f"can.bo.{role.value}" for role in ConsoleRole}
"""The account of each role."""
PASSWORD = "ba con vịt qua cầu"
"""The administrator's own."""
SECOND = "can.bo.editor2"
"""A second editor, who approves what the first one proposes."""
UNIT = "MAU"
"""The one unit of the sample office."""
BIRTH, MARRIAGE = "1.001193", "1.000894"
CANDIDATES = (Kept(BIRTH, 0.4, "Đăng ký khai sinh"), Kept(MARRIAGE, 0.2, "Đăng ký kết hôn"))


def settings_on(file: Path) -> Settings:
    """Return the settings of a house on a SQLite file."""
    keys = {"signing_key": Secret("s" * 40), "encryption_key": Secret("e" * 40)}
    return Settings(database_url=f"sqlite:///{file}", public_url="https://motcua.example", **keys)  # type: ignore[arg-type]


async def fill(file: Path) -> None:
    """Put into a database what a day at an agency leaves there."""
    async with open_house(settings_on(file), project_root(), None) as house:
        now = datetime.now(UTC)
        await house.catalogue.refresh()
        await load_feedback_samples(house, now)
        await refresh_samples(house.transactions, house.dossiers.store, now)
        people = {account: role for role, account in PERSON.items()} | {SECOND: ConsoleRole.EDITOR}
        for account, role in people.items():
            official = Official(account, f"Cán bộ {NAMES[role]}", UNIT, frozenset({role}))
            await house.officials.administration.add(official, "test")
        own = await house.officials.steps.passwords.make(PASSWORD)
        async with house.transactions.write() as session:
            await house.officials.kept.accounts.set_password(session, PERSON[ConsoleRole.ADMINISTRATOR], own)
            for letter in "abc":
                one = Sighting(f"câu hỏi khó {letter}", Reason.DECLINED, candidates=CANDIDATES, aspects=("fee",))
                await ReviewStore(session).note(one, now)
            await HandOverStore().ask(session, Ref("web", "default", "kim"), "khai sinh ở đâu", now)
            alarm = Alert(AlertKind.FACTS, Whose.PERSON, b"\x01" * 32, UNIT, "web", 44, now - timedelta(hours=1), now)
            await house.kept.access.alerts.raise_(session, alarm, now)
            for asked in (COPY, LATE):
                await STORE.note(session, Ref("web", "default", "kim"), asked, now - timedelta(days=3))
            await session.execute(insert(outbox), [row(1, "5.0"), row(2, "n:feedback.1.answered.0")])


@dataclass
class Agency:
    """The running product."""

    url: str
    house: House
    client: TestClient[web.Request, web.Application]
    browser: Browser
    tokens: dict[str, str]
    works: dict[JobKind, Work] = field(default_factory=dict)
    """Work that tests put in the place of the real one."""
    faults: list[str] = field(default_factory=list)
    """What browsers complained about."""
    running: list[asyncio.Future[object]] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    """Of officials whose pages are open."""

    async def opens(self, account: str, path: str = "/canbo", width: int = 1280) -> Page:
        """Return a page of an official."""
        context = await self.browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN")
        self.contexts.append(context)
        await context.add_cookies([{"name": PLAIN, "value": self.tokens[account], "url": self.url + "/canbo"}])
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on(
            "console", lambda said: self.faults.append(f"{page.url}: {said.text}") if said.type == "error" else None
        )
        await page.goto(self.url + path)
        return page

    def cookie(self, account: str) -> dict[str, str]:
        """Return the header by which an official is known."""
        return {"Cookie": f"{PLAIN}={self.tokens[account]}"}

    async def finished(self) -> None:
        """Wait until the jobs that were started have ended, and follow what they published."""
        while self.running:
            await self.running.pop()
        await self.house.catalogue.refresh()

    def spawn(self) -> Spawn:
        """Return what does jobs in this process."""

        async def begin(number: int) -> None:
            real = Jobs(self.house.settings, project_root(), self.house.transactions, None).works()
            work = run_job(
                self.house.transactions, number, {**real, **self.works}, lambda: datetime.now(UTC), beat_seconds=0.05
            )
            self.running.append(asyncio.ensure_future(work))

        return begin


async def signed_in(house: House) -> dict[str, str]:
    """Return the cookies of all accounts."""
    steps, came, tokens = house.officials.steps, Came(Place("máy này", "Chrome, Linux"), "", ()), {}
    async with house.transactions.write() as session:
        for account in await steps.kept.accounts.listed(session):
            step = await steps.open(session, account, Stage.WHOLE, came, Carried(), datetime.now(UTC))
            tokens[account.name] = step.token
    return tokens


@asynccontextmanager
async def open_agency(file: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Agency]:
    """Start the product on a database; whatever browsers complain about fails the test."""
    made: list[Agency] = []
    monkeypatch.chdir(file.parent)
    monkeypatch.setattr("bot.app.console_knowledge.process_of", lambda root, url: lambda n: made[0].spawn()(n))
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(open_house(settings_on(file), project_root(), None))
        await house.catalogue.refresh()
        channel = WebChannel(lambda: datetime.now(UTC))
        engine: Engine = make_engine(house, house.transactions, channel, trace=False)
        app = make_web_app(house, engine, channel, lambda: NluState.LOADING, trace=False)
        await engine.start()
        client = await stack.enter_async_context(TestClient(TestServer(app)))
        made.append(Agency(str(client.make_url("")).rstrip("/"), house, client, browser, await signed_in(house)))
        yield made[0]
        await made[0].finished()
        for context in made[0].contexts:
            await context.close()
        await engine.stop()
    assert made[0].faults == []
