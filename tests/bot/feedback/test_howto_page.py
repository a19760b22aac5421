"""The instructions as a page and as a sheet for the notice board."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.doors.doors import DoorError, Doors
from bot.feedback.howto_page import HowToPages, bold
from feedback.office import Office
from tests.bot.dialogue.test_feedback_howto import OFFICE
from tests.factories import TODAY

Client = TestClient[web.Request, web.Application]
DOORS = Doors("https://motcua.example", "motcua_bot", "42")
NASTY = msgspec.structs.replace(OFFICE, name="UBND <b>Mẫu</b>")


def pages(office: Office = NASTY, doors: Doors = DOORS) -> HowToPages:
    return HowToPages(office, doors, load_house_texts(project_root()), lambda: TODAY)


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes(pages().routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_page_says_who_receives_escaped_with_every_way_in(client: Client) -> None:
    response = await client.get("/huong-dan-phan-anh")
    text = await response.text()
    assert "UBND &lt;b&gt;Mẫu&lt;/b&gt;" in text
    assert "gõ <strong>phản ánh</strong>" in text
    for link in ("https://t.me/motcua_bot", "https://zalo.me/42", "/huong-dan-phan-anh/in", 'href="/phan-anh"'):
        assert link in text
    again = await client.get("/huong-dan-phan-anh", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status == 304


async def test_the_sheet_has_a_code_that_opens_the_chat_and_the_day(client: Client) -> None:
    text = await (await client.get("/huong-dan-phan-anh/in")).text()
    assert "<svg" in text
    assert "https://motcua.example/" in text
    assert "0255 000 000" in text
    assert f"In ngày {TODAY:%d/%m/%Y}." in text
    assert "How to send feedback" in await (await client.get("/huong-dan-phan-anh/in?lang=en")).text()


async def test_without_a_public_address_there_is_no_sheet() -> None:
    app = web.Application()
    app.add_routes(pages(doors=Doors()).routes())
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/huong-dan-phan-anh/in")).status == 404
        assert "/in" not in await (await client.get("/huong-dan-phan-anh")).text()
    with pytest.raises(DoorError, match="MOTCUA_PUBLIC_URL"):
        pages(doors=Doors()).printed()


def test_the_sheet_is_a_file_of_its_own() -> None:
    assert "<svg" in pages().printed()


async def test_a_trials_page_is_not_indexed() -> None:
    app = web.Application()
    app.add_routes(pages(Office()).routes())
    async with TestClient(TestServer(app)) as client:
        text = await (await client.get("/huong-dan-phan-anh")).text()
    assert 'content="noindex, follow"' in text
    assert "bản thử nghiệm" in text


def test_only_stars_become_markup() -> None:
    assert bold("<i> **a & b** c") == "&lt;i&gt; <strong>a &amp; b</strong> c"


def test_an_address_in_a_line_leads_there_and_what_is_none_stays_words() -> None:
    said = str(bold("Cổng: https://cong.example/a?b=1&c=<x>, hoặc **https**: javascript://x."))
    assert said.startswith('Cổng: <a href="https://cong.example/a?b=1&amp;c=" rel="noreferrer">')
    assert said.endswith("&lt;x&gt;, hoặc <strong>https</strong>: javascript://x.")
