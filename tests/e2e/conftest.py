"""A web chat over a fake dialogue, and a real browser before it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright

from bot.channels.web.channel import WebChannel
from bot.channels.web.routes import web_routes
from bot.channels.web.settings import WebSettings
from bot.delivery.engine import Engine
from bot.delivery.tables import metadata
from bot.dossiers.organisations.uploads import Uploads
from bot.dossiers.photos import QrReader
from bot.http.headers import add_security_headers
from bot.http.health import Readiness, Understands, health_routes
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.conftest import published_database
from tests.bot.delivery.conftest import engine_on
from tests.databases import in_its_own_loop, made_once
from tests.e2e.office import Agency, fill, open_agency
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.web_texts import SPOKEN

__all__ = ["published_database"]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the system's Chromium, which runs as long as the tests; without one they are left out, except in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No chromium is installed, and CI leaves nothing out.")
        pytest.skip("no chromium is installed (Debian: apt-get install chromium)")
    folder = tmp_path_factory.mktemp("chromium")
    with (folder / "said").open("w+", encoding="utf-8") as said:
        command = [path, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={folder}"]
        with subprocess.Popen(command, stdout=said, stderr=said) as process:
            try:
                yield _listening(folder / "DevToolsActivePort", process)
            finally:
                process.terminate()


def _listening(file: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until the browser has written where it listens."""
    until = monotonic() + 60
    while not file.exists() or len(found := file.read_text("utf-8").split()) < 2:
        assert process.poll() is None, "chromium ended"
        assert monotonic() < until, "chromium does not listen"
        sleep(0.05)
    return f"ws://127.0.0.1:{found[0]}{found[1]}"


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A connection to it; its contexts share nothing with those of other tests."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.connect_over_cdp(chromium)
        yield opened
        await opened.close()


@dataclass
class Site:
    """A running web chat."""

    url: str
    dialogue: FakeDialogue
    engine: Engine
    readiness: list[Readiness]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A server on SQLite that answers with an echo."""
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'e2e.sqlite3'}"))
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    dialogue = FakeDialogue()
    engine = engine_on(database, dialogue, clock=lambda: datetime.now(UTC))
    readiness = [Readiness(True, Understands.READY)]
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    channel = WebChannel(clock=lambda: datetime.now(UTC))
    settings = WebSettings(answer_seconds=0.4)
    app.add_routes(
        web_routes(
            desk=engine,
            channel=channel,
            responses=SPOKEN,
            signing_key="k" * 40,
            settings=settings,
            ticks=monotonic,
            photos=QrReader().read,
            files=Uploads({}).codes,
        )
    )
    app.add_routes(health_routes(lambda: readiness[0]))
    await engine.start()
    server = TestServer(app)
    await server.start_server()
    yield Site(str(server.make_url("/")), dialogue, engine, readiness)
    if dialogue.gate is not None:
        dialogue.gate.set()
    await engine.stop()
    await server.close()
    await database.close()


@pytest.fixture
async def page(browser: Browser, site: Site) -> AsyncIterator[Page]:
    """A phone with the page open; faults of its scripts and blocked loads fail the test."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    opened = await context.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    await opened.goto(site.url)
    yield opened
    await context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []


@pytest.fixture(scope="session")
def office_file(published_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an agency at work; to be copied, never to be changed."""

    def make(path: Path) -> None:
        shutil.copy(published_database, path)
        in_its_own_loop(fill(path))

    return made_once(tmp_path_factory, "office.sqlite3", make)


@pytest.fixture
async def agency(
    office_file: Path, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Agency]:
    """The running product with an official of each role signed in."""
    shutil.copy(office_file, tmp_path / "m.sqlite3")
    async with open_agency(tmp_path / "m.sqlite3", browser, monkeypatch) as opened:
        yield opened
