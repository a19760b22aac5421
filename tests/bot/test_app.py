"""The whole house in one process, from HTTP to the database and back, with a small catalogue and no Rasa."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import (
    follow_catalogue,
    free_port,
    load_house_texts,
    make_engine,
    make_web_app,
    open_house,
    project_root,
    readiness,
)
from bot.app.console_areas import about_settings
from bot.channels.web.channel import WebChannel
from bot.console.audit.noting import Noting
from bot.console.frame import Frame
from bot.dialogue.texts import Texts, load_texts
from bot.http.health import Understands
from bot.http.internal import PATH as INDEX_PATH
from bot.migrations.schema import upgrade
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from nlu.catalogue.index import Index
from nlu.catalogue.live import LiveCatalogue
from tests.bot.conftest import RECORDS

PATH = "/api/v1/messages"


@dataclass
class Visitor:
    """Somebody who uses the JSON API."""

    client: TestClient[web.Request, web.Application]
    conversation: str = "c"
    key: str = ""
    sent: int = 0

    async def send(self, **body: Any) -> dict[str, Any]:
        """Send a text or a choice and return the answer."""
        self.sent += 1
        message = {"conversation": self.conversation, "id": f"m{self.sent}", **body}
        headers = {"Conversation-Key": self.key} if self.key else {}
        async with self.client.post(PATH, json=message, headers=headers) as response:
            self.key = response.headers.get("Conversation-Key", self.key)
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
            return answer

    async def ask(self, text: str) -> str:
        """Ask in words and return all replies as one text."""
        return "\n".join(reply["text"] for reply in (await self.send(text=text))["replies"])


Start = Callable[..., Awaitable[TestClient[web.Request, web.Application]]]


@pytest.fixture
async def start(small_catalogue: str) -> AsyncIterator[Start]:
    """Start the web application as ``serve`` does; everything is closed at the end."""
    async with AsyncExitStack() as stack:

        async def build(*, trace: bool = False) -> TestClient[web.Request, web.Application]:
            settings = Settings(
                database_url=small_catalogue, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40)
            )
            house = await stack.enter_async_context(open_house(settings, project_root(), None))
            await house.catalogue.refresh()
            channel = WebChannel(lambda: datetime.now(UTC))
            engine = make_engine(house, house.transactions, channel, trace=trace)
            app = make_web_app(house, engine, channel, lambda: NluState.LOADING, trace=trace)
            await engine.start()
            stack.push_async_callback(engine.stop)
            client: TestClient[web.Request, web.Application] = TestClient(TestServer(app), cookie_jar=DummyCookieJar())
            await client.start_server()
            stack.push_async_callback(client.close)
            return client

        yield build


async def test_ask_then_follow_up_then_another_procedure(start: Start) -> None:
    visitor = Visitor(await start())
    first = await visitor.ask("lam giay khai sinh cho con can giay to gi, mat bao nhieu tien")
    assert first.startswith("**Đăng ký khai sinh**")
    assert "Tờ khai đăng ký khai sinh" in first
    assert "Miễn phí" in first
    assert "Mã thủ tục 1.001193" in first
    assert "06/2026" in first
    assert "**Thời hạn**\n1 ngày làm việc" in await visitor.ask("thế bao lâu thì xong")
    assert (await visitor.ask("gia hạn tạm trú hết bao nhiêu tiền")).startswith("**Gia hạn tạm trú**")


async def test_choose_by_button_and_by_number(start: Start) -> None:
    client = await start()
    for chosen in ("button", "number"):
        visitor = Visitor(client, conversation=chosen)
        offered = (await visitor.send(text="cấp phép karaoke"))["replies"][-1]
        assert offered["choices"][0]["title"].startswith("1. "), offered
        wanted = offered["choices"][1]
        answer = await (visitor.send(choice=wanted["id"]) if chosen == "button" else visitor.send(text="2"))
        assert wanted["title"].removeprefix("2. ") in answer["replies"][0]["text"]


async def test_a_listing_says_what_is_missing_and_a_local_fee_is_not_free(start: Start) -> None:
    visitor = Visitor(await start())
    assert "Chi tiết chưa có trong danh mục" in await visitor.ask("cấp giấy phép bán lẻ rượu cần gì")
    fee = await visitor.ask("gia hạn tạm trú lệ phí bao nhiêu")
    assert "Hội đồng nhân dân cấp tỉnh" in fee
    assert "miễn phí" not in fee.lower()


async def test_two_visitors_do_not_share_what_they_talk_about(start: Start) -> None:
    client = await start()
    one, other = Visitor(client), Visitor(client)
    await one.ask("đăng ký khai sinh")
    assert "khai sinh" not in (await other.ask("thế lệ phí bao nhiêu")).lower().replace("“đăng ký khai sinh”", "")


async def test_the_same_message_twice_has_one_effect(start: Start) -> None:
    visitor = Visitor(await start())
    first = await visitor.send(text="đăng ký khai sinh")
    visitor.sent = 0
    assert await visitor.send(text="đăng ký khai sinh") == first


async def test_what_is_understood_is_told_only_when_the_server_was_started_with_tracing(start: Start) -> None:
    assert "trace" not in await Visitor(await start()).send(text="khai sinh", trace=True)
    client = await start(trace=True)
    assert "trace" not in await Visitor(client, "a").send(text="khai sinh")
    told = (await Visitor(client, "b").send(text="đăng ký khai sinh ở đâu", trace=True))["trace"]
    assert told["outcome"] == "answered"
    assert told["aspects"] == ["where"]
    assert told["candidates"][0]["code"] == "1.001193"
    assert told["by"] == "search"
    assert told["milliseconds"] >= 0


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "🎉",
        "a" * 40_000,
        "<b>x</b>",
        "'; DROP TABLE procedures; --",
        "/ask_procedure{}",
        "What is this?",
        "\x00\u200b",
    ],
)
async def test_bad_input_gets_an_answer_over_http(start: Start, odd: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert (await Visitor(await start()).ask(odd)).strip()
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_nothing_that_a_citizen_writes_is_logged(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await Visitor(await start()).ask("tôi là Nguyễn Văn Tèo 0912345678 cần đăng ký khai sinh")
    assert "0912345678" not in caplog.text
    assert "Tèo" not in caplog.text


async def test_an_emergency_is_answered_over_http(start: Start) -> None:
    assert (await Visitor(await start()).ask("nha toi dang chay")).startswith("**Gọi ngay 114**")


async def test_the_page_is_served_with_its_sentences_filled_in_and_safe_headers(start: Start) -> None:
    async with (await start()).get("/") as response:
        page = await response.text()
        assert response.status == 200
        assert "Anh/chị cần làm giấy tờ gì?" in page
        assert "18001096" in page
        assert not re.search(r"\{[a-z_]+\}", re.sub(r"(?s)<(script|style).*?</\1>", "", page)) or "{field}" in page
        assert "default-src" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_index_is_handed_out_to_this_machine_and_can_be_read(start: Start) -> None:
    client = await start()
    async with client.get(INDEX_PATH) as response:
        index = Index.from_bytes(await response.read())
        assert index.version == 1
        assert len(index.codes) == len(RECORDS)
        again = await client.get(INDEX_PATH, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status == 304


async def test_the_house_is_ready_with_its_catalogue_although_rasa_still_loads(start: Start) -> None:
    client = await start()
    assert (await client.get("/healthz")).status == 200
    async with client.get("/readyz") as response:
        assert response.status == 200
        assert await response.json() == {"catalogue": True, "understanding": "loading"}


async def test_without_a_catalogue_the_house_is_not_ready_but_still_answers_kindly(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    settings = Settings(database_url=url, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    async with open_house(settings, project_root(), None) as house:
        await upgrade(house.transactions.engine)
        await house.catalogue.refresh()
        assert not readiness(house, NluState.READY).catalogue
        assert readiness(house, NluState.READY).understanding is Understands.READY
        assert readiness(house, NluState.DOWN).understanding is Understands.DOWN
        assert (await house.dialogue.talk.reader.read("khai sinh")).candidates == ()


async def test_sentences_that_were_read_already_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(path: Path, values: Mapping[str, str]) -> Texts:
        read.append(path)
        return load_texts(path, values)

    monkeypatch.setattr("bot.app.house.load_texts", counted)
    keys = {"signing_key": Secret("s" * 40), "encryption_key": Secret("e" * 40)}
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'm.sqlite3'}", **keys)  # type: ignore[arg-type]
    usual = load_house_texts(project_root())
    async with open_house(settings, project_root(), None, usual=usual) as house:
        assert house.usual is usual
        frame = Frame((), ())
        about_settings(house, frame, Noting(house.transactions, house.officials.kept.audit))
    assert len(read) == 1


async def test_what_is_published_is_followed_and_a_failing_database_does_not_stop_that(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Catalogue(LiveCatalogue):
        def __init__(self) -> None:
            self.looks = 0
            self.looked_again = asyncio.Event()

        @property
        def number(self) -> int:
            return 2

        async def refresh(self) -> bool:
            self.looks += 1
            if self.looks == 3:
                self.looked_again.set()
            if self.looks == 1:
                raise OSError("the database is away")
            return self.looks == 2

    catalogue = Catalogue()
    loaded: list[int] = []
    with caplog.at_level(logging.INFO):
        task = asyncio.ensure_future(follow_catalogue(catalogue, lambda: loaded.append(catalogue.looks), 0))
        await asyncio.wait_for(catalogue.looked_again.wait(), 5)
        task.cancel()
    assert "the one in memory stays" in caplog.text
    assert "version 2 is live" in caplog.text
    assert loaded == [2]


def test_a_free_port_is_a_port_that_can_be_used() -> None:
    assert 1024 <= free_port() <= 65535
