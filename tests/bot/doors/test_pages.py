"""The page behind a QR code and the sheet to print."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.doors.doors import Doors
from bot.doors.pages import DoorPages
from bot.http.headers import add_security_headers
from nlu.catalogue.model import Procedure
from tests.factories import procedure

Client = TestClient[web.Request, web.Application]


@dataclass
class Shelf:
    """Stands in for the live catalogue."""

    procedures: dict[str, Procedure] = field(
        default_factory=lambda: {"1.001193": procedure("1.001193", name="Đăng ký <khai> sinh")}
    )

    async def get(self, code: str) -> Procedure | None:
        return self.procedures.get(code)


DOORS = Doors("https://motcua.example", "MotCuaBot", "388613280878808645")


def pages(doors: Doors = DOORS) -> DoorPages:
    return DoorPages(doors, Shelf(), load_house_texts(project_root()), lambda: date(2026, 11, 26))


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    app.add_routes(pages().routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_page_names_the_procedure_escaped_and_offers_every_door(client: Client) -> None:
    response = await client.get("/z/1-001193")
    text = await response.text()
    assert response.status == 200
    assert "Đăng ký &lt;khai&gt; sinh" in text
    for door in (
        'href="/?tt=1.001193"',
        "t.me/MotCuaBot?start=tt_1-001193",
        "zalo.me/388613280878808645",
        "#TT1.001193",
    ):
        assert door in text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_a_door_that_is_not_set_up_is_not_shown() -> None:
    app = web.Application()
    app.add_routes(pages(replace(DOORS, telegram="", zalo_oa="")).routes())
    async with TestClient(TestServer(app)) as client:
        text = await (await client.get("/z/1-001193")).text()
        assert "Telegram" not in text
        assert "#TT" not in text


async def test_the_page_speaks_english_on_request(client: Client) -> None:
    text = await (await client.get("/z/1-001193?lang=en")).text()
    assert "Choose where to ask" in text
    assert '<html lang="en">' in text
    assert 'href="/?tt=1.001193&amp;lang=en"' in text
    assert 'href="/z/1-001193?lang=vi" hreflang="vi" lang="vi">Tiếng Việt</a>' in text


@pytest.mark.parametrize(("path", "status"), [("/z/1-001193", 200), ("/z/1-001193/print", 200), ("/z/9-1", 404)])
async def test_every_page_speaks_what_was_chosen_on_any_of_them(client: Client, path: str, status: int) -> None:
    asked = await client.get(f"{path}?lang=en")
    assert asked.cookies["motcua_lang"].value == "en"
    kept = await client.get(path)
    assert kept.status == status
    text = await kept.text()
    assert '<html lang="en">' in text
    assert "Public procedures assistant" in text
    assert "Tiếng Việt" in text


@pytest.mark.parametrize("path", ["/z/9-999999", "/z/x", "/z/%3Cscript%3E", "/z/9-999999/print"])
async def test_an_unknown_code_leads_to_the_assistant(client: Client, path: str) -> None:
    response = await client.get(path)
    assert response.status == 404
    assert 'href="/"' in await response.text()


async def test_the_sheet_to_print_holds_the_code_and_when_it_was_printed(client: Client) -> None:
    text = await (await client.get("/z/1-001193/print")).text()
    assert "<svg" in text
    assert "https://motcua.example/z/1-001193" in text
    assert "26/11/2026" in text


async def test_without_a_public_address_there_is_no_sheet() -> None:
    app = web.Application()
    app.add_routes(pages(Doors()).routes())
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/z/1-001193/print")).status == 404
