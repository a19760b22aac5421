"""Pictures of QR codes from the page: limited, answered at once, and no message of any conversation."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.web.settings import WebSettings
from bot.dossiers.photos import PhotoOutcome, PhotoRead
from tests.bot.channels.web.conftest import Build, Chat

PATH = "/api/v1/qr"
CODE = "H48.16-261110-0012"


async def read(picture: bytes) -> PhotoRead:
    """Find the code in one picture and none in any other."""
    return PhotoRead(PhotoOutcome.FOUND, CODE) if picture == b"qr" else PhotoRead(PhotoOutcome.NO_CODE)


async def post(chat: Chat, picture: bytes, kind: str = "image/jpeg", **headers: str) -> tuple[int, dict[str, Any]]:
    async with chat.client.post(PATH, data=picture, headers={"Content-Type": kind, **headers}) as response:
        return response.status, await response.json()


async def test_a_code_is_answered_and_nothing_is_kept(open_chat: Build) -> None:
    chat = await open_chat(photos=read)
    assert await post(chat, b"qr", **{"Sec-Fetch-Site": "same-origin"}) == (200, {"code": CODE})
    await chat.ask("xin chào", "m1")
    assert [said["from"] for said in (await chat.history())["messages"]] == ["citizen", "assistant"]


async def test_a_picture_without_a_code_gets_advice(open_chat: Build) -> None:
    chat = await open_chat(photos=read)
    assert await post(chat, b"wall") == (200, {"code": "", "message": "Không thấy mã QR."})


@pytest.mark.parametrize(
    ("kind", "headers", "status", "code"),
    [
        ("image/jpeg", {"Sec-Fetch-Site": "cross-site"}, 403, "cross_site"),
        ("image/jpeg", {"Origin": "https://elsewhere.example"}, 403, "cross_site"),
        ("image/svg+xml", {}, 415, "not_picture"),
        ("text/plain", {}, 415, "not_picture"),
    ],
)
async def test_others_sites_and_other_files_are_refused(
    open_chat: Build, kind: str, headers: dict[str, str], status: int, code: str
) -> None:
    chat = await open_chat(photos=read)
    answered, body = await post(chat, b"qr", kind, **headers)
    assert (answered, body["error"]["code"]) == (status, code)


async def test_a_picture_beyond_the_limit_is_not_taken(open_chat: Build) -> None:
    chat = await open_chat(photos=read, settings=WebSettings(picture_bytes=10))
    status, body = await post(chat, b"x" * 11)
    assert (status, body["error"]["code"]) == (413, "too_large")


async def test_many_pictures_of_one_visitor_are_slowed_down(open_chat: Build) -> None:
    chat = await open_chat(photos=read)
    await chat.ask("xin chào", "m1")
    statuses = [(await post(chat, b"qr", **{"Conversation-Key": chat.key}))[0] for _ in range(8)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


async def test_without_a_reader_there_is_neither_route_nor_button(chat: Chat, open_chat: Build) -> None:
    assert (await post(chat, b"qr"))[0] == 404
    async with chat.client.get("/") as response:
        assert 'title="Gửi ảnh mã QR" hidden>' in await response.text()
    async with (await open_chat(photos=read)).client.get("/") as response:
        assert 'title="Gửi ảnh mã QR" >' in await response.text()
