from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from aiohttp import ClientResponse, FormData, web
from pytest_aiohttp import AiohttpClient

from bot.console.done import go
from bot.console.files import NOTED, TAKEN, Streamed, Taken, csv_file, headers
from bot.console.frame import Area
from bot.console.official import Official
from bot.console.roles import EVERYBODY, ConsoleRole
from bot.console.routing import Handler, OpenRoute, Refused, Route, Visit
from feedback.actor import NotAllowedError
from tests.fakes.console import FakeConsole, official

RECEIVERS = frozenset({ConsoleRole.RECEIVER})
LAN = official(ConsoleRole.RECEIVER)
BINH = official(ConsoleRole.AUDITOR, account="binh")


async def said(visit: Visit) -> ClientResponse:
    words = visit.text("words")
    if words == "refuse":
        raise Refused("Thiếu lý do.", 409)
    if words == "forbid":
        raise NotAllowedError("no")
    return go("/canbo/so", f"Đã ghi: {words} <b>")  # type: ignore[return-value]


@pytest.fixture
def console() -> FakeConsole:
    async def page(visit: Visit) -> ClientResponse:
        return made.frame.respond(visit, "refused.html", sentence=f"{visit.official.name} {visit.actor.roles}")  # type: ignore[return-value]

    async def door(_: object) -> ClientResponse:
        return go("/canbo/so")  # type: ignore[return-value]

    made = FakeConsole(
        [Route("GET", "/canbo/so", RECEIVERS, page), Route("POST", "/canbo/so", RECEIVERS, said)],
        [OpenRoute("GET", "/canbo/cua", door)],
        [Area("Sổ", "/canbo/so", RECEIVERS), Area("Quản trị", "/canbo/qt", frozenset({ConsoleRole.ADMINISTRATOR}))],
    )
    return made


def test_a_page_without_roles_or_outside_of_the_console_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="names no role"):
        Route("GET", "/canbo/so", frozenset(), said)
    with pytest.raises(ValueError, match="not under"):
        Route("GET", "/canbox", EVERYBODY, said)


async def test_who_is_not_signed_in_sees_no_page(console: FakeConsole, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(console.app())
    response = await client.get("/canbo/so", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/canbo/vao")
    assert (await client.get("/canbo/cua", allow_redirects=False)).status == 303


async def test_what_was_typed_goes_to_the_sign_in_unless_it_came_from_another_site(
    console: FakeConsole, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(console.app())
    await client.post("/canbo/so", data={"words": "chữ"}, allow_redirects=False)
    await client.post(
        "/canbo/so", data={"words": "chữ"}, headers={"Sec-Fetch-Site": "cross-site"}, allow_redirects=False
    )
    kept, foreign = console.signins.lost
    assert kept is not None
    assert kept["words"] == "chữ"
    assert foreign is None


async def test_the_page_opens_for_its_role_and_says_who_may_to_others(
    console: FakeConsole, aiohttp_client: AiohttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    client = await aiohttp_client(console.app())
    own = await client.get("/canbo/so", headers=console.sign_in(LAN))
    assert own.status == 200
    assert "Nguyễn Thị Lan" in (text := await own.text())
    assert 'aria-current="page">Sổ' in text
    assert "Quản trị" not in text
    other = await client.get("/canbo/so", headers=console.sign_in(BINH))
    assert other.status == 403
    assert "vai trò: Tiếp nhận" in await other.text()
    assert "binh may not GET /canbo/so" in caplog.text
    assert console.denied == [("binh", "GET /canbo/so")]


@pytest.mark.parametrize("token", ["", "0" * 64, "binh"])
async def test_a_form_without_the_token_of_the_own_sign_in_does_nothing(
    console: FakeConsole, aiohttp_client: AiohttpClient, token: str
) -> None:
    client = await aiohttp_client(console.app())
    sent = console.csrf(BINH) if token == "binh" else token
    response = await client.post("/canbo/so", data={"words": "chữ", "csrf": sent}, headers=console.sign_in(LAN))
    assert response.status == 403
    assert "chưa có gì được lưu" in await response.text()


async def test_a_form_from_another_site_does_nothing_even_with_the_token(
    console: FakeConsole, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(console.app())
    headers = {**console.sign_in(LAN), "Sec-Fetch-Site": "cross-site"}
    response = await client.post("/canbo/so", data={"words": "chữ", "csrf": console.csrf(LAN)}, headers=headers)
    assert response.status == 403


async def test_lines_are_ended_as_browsers_count_them_and_signs_nobody_types_are_left_out(
    console: FakeConsole, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(console.app())
    data = {"words": " một\r\nhai\0 ", "csrf": console.csrf(LAN)}
    response = await client.post("/canbo/so", data=data, headers=console.sign_in(LAN))
    assert "Đã ghi: một\nhai &lt;b&gt;" in await response.text()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"words=\xff\xfe"),
        ("application/x-www-form-urlencoded; charset=none", b"words=x"),
        ("multipart/form-data; boundary=x", b"--y\r\nbroken"),
    ],
)
async def test_what_is_no_form_is_refused_and_no_fault_of_ours(
    console: FakeConsole, aiohttp_client: AiohttpClient, kind: str, body: bytes
) -> None:
    client = await aiohttp_client(console.app())
    headers = {**console.sign_in(LAN), "Content-Type": kind}
    assert (await client.post("/canbo/so", data=body, headers=headers)).status == 403


async def test_what_was_done_is_said_once_and_escaped(console: FakeConsole, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(console.app())
    headers = console.sign_in(LAN)
    response = await client.post("/canbo/so", data={"words": "chữ", "csrf": console.csrf(LAN)}, headers=headers)
    assert "Đã ghi: chữ &lt;b&gt;" in await response.text()
    again = await client.get("/canbo/so", headers=headers)
    assert "Đã ghi" not in await again.text()


@pytest.mark.parametrize(
    ("words", "status", "sentence"), [("refuse", 409, "Thiếu lý do."), ("forbid", 403, "không được")]
)
async def test_what_a_page_refuses_is_said(
    console: FakeConsole, aiohttp_client: AiohttpClient, words: str, status: int, sentence: str
) -> None:
    client = await aiohttp_client(console.app())
    data = FormData({"words": words, "csrf": console.csrf(LAN)})
    response = await client.post("/canbo/so", data=data, headers=console.sign_in(LAN))
    assert response.status == status
    assert sentence in await response.text()
    assert console.denied == ([("lan", "POST /canbo/so")] if words == "forbid" else [])


async def test_pages_let_no_script_in_and_files_are_kept_by_browsers(
    console: FakeConsole, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(console.app())
    page = await client.get("/canbo/so", headers=console.sign_in(LAN))
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    text = await page.text()
    assert "style=" not in text
    assert "<script>" not in text
    address = console.frame.address("console.css")
    assert address in text
    found = await client.get(address)
    assert found.status == 200
    assert "immutable" in found.headers["Cache-Control"]
    assert (await client.get("/canbo/tep/0/khong.css")).status == 404


async def bare_file(visit: Visit) -> web.StreamResponse:
    return web.Response(body=b"x", headers=headers("so.csv"))


async def named_file(visit: Visit) -> web.StreamResponse:
    return csv_file("so.csv", ["a"], [["=1"], ["2"]], "Sổ", "2026-11")


async def streamed_file(visit: Visit) -> web.StreamResponse:
    async def chunks() -> AsyncGenerator[bytes, None]:
        yield b"one,"
        yield b"two"

    return Streamed("so.txt", "text/plain", chunks(), Taken("Sổ", why="vì sao"))


async def noted_file(visit: Visit) -> web.StreamResponse:
    response = web.Response(body=b"x", headers=headers("anh.jpg"))
    response[TAKEN] = NOTED
    return response


@pytest.mark.parametrize(
    ("page", "noted", "body"),
    [
        (bare_file, [("lan", "/canbo/tep-nao-do", "")], b"x"),
        (named_file, [("lan", "Sổ (CSV), 2026-11, 2 dòng", "")], b"\xef\xbb\xbfa\r\n'=1\r\n2\r\n"),
        (streamed_file, [("lan", "Sổ", "vì sao")], b"one,two"),
        (noted_file, [], b"x"),
    ],
)
async def test_no_file_leaves_without_an_entry_in_the_log_even_if_its_page_forgets_it(
    aiohttp_client: AiohttpClient, page: Handler, noted: list[tuple[str, str, str]], body: bytes
) -> None:
    console = FakeConsole([Route("GET", "/canbo/tep-nao-do", RECEIVERS, page)])
    client = await aiohttp_client(console.app())
    assert (await client.get("/canbo/tep-nao-do", headers=console.sign_in(BINH))).status == 403
    await client.head("/canbo/tep-nao-do", headers=console.sign_in(LAN))
    assert console.taken == [], "nothing was taken along yet"
    response = await client.get("/canbo/tep-nao-do", headers=console.sign_in(LAN))
    assert await response.read() == body
    assert console.taken == noted


async def test_a_file_that_cannot_be_noted_stays(aiohttp_client: AiohttpClient) -> None:
    @dataclass(frozen=True)
    class Full:
        async def taken(self, official: Official, taken: Taken, at: datetime) -> None:
            raise RuntimeError("the disk is full")

    console = FakeConsole([Route("GET", "/canbo/tep-nao-do", RECEIVERS, streamed_file)])
    console.guard = replace(console.guard, notes=Full())
    client = await aiohttp_client(console.app())
    response = await client.get("/canbo/tep-nao-do", headers=console.sign_in(LAN))
    assert response.status == 500
    assert "one,two" not in await response.text()
