"""Files of dossier codes from the page: limited, answered at once, and no message until the page sends their codes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.contract import InboundKind
from bot.channels.web.settings import WebSettings
from bot.dossiers.organisations.ports import MOST_CODES, Upload, UploadOutcome
from tests.bot.channels.web.conftest import Build, Chat

PATH = "/api/v1/codes"
CODES = ("H48.16-261110-0012", "H48.16-261110-0013")


async def read(content: bytes) -> Upload:
    """Find codes in one file and none in any other."""
    return Upload(UploadOutcome.READ, CODES) if content == b"table" else Upload(UploadOutcome.NO_CODES)


async def post(
    chat: Chat, content: bytes, kind: str = "application/octet-stream", **headers: str
) -> tuple[int, dict[str, Any]]:
    async with chat.client.post(PATH, data=content, headers={"Content-Type": kind, **headers}) as response:
        return response.status, await response.json()


async def test_the_codes_are_answered_and_no_file_is_kept(open_chat: Build) -> None:
    chat = await open_chat(files=read)
    assert await post(chat, b"table", **{"Sec-Fetch-Site": "same-origin"}) == (200, {"codes": list(CODES)})
    await chat.ask("xin chào", "m1")
    assert [said["from"] for said in (await chat.history())["messages"]] == ["citizen", "assistant"]


async def test_a_file_without_codes_gets_advice(open_chat: Build) -> None:
    assert await post(await open_chat(files=read), b"x") == (200, {"codes": [], "message": "Tệp không có mã."})


@pytest.mark.parametrize(
    ("kind", "headers", "status", "code"),
    [
        ("text/csv", {"Sec-Fetch-Site": "cross-site"}, 403, "cross_site"),
        ("text/csv", {"Origin": "https://elsewhere.example"}, 403, "cross_site"),
        ("text/plain", {}, 415, "not_table"),
        ("multipart/form-data", {}, 415, "not_table"),
    ],
)
async def test_others_sites_and_other_kinds_are_refused(
    open_chat: Build, kind: str, headers: dict[str, str], status: int, code: str
) -> None:
    answered, body = await post(await open_chat(files=read), b"table", kind, **headers)
    assert (answered, body["error"]["code"]) == (status, code)


async def test_a_file_beyond_the_limit_is_not_taken(open_chat: Build) -> None:
    chat = await open_chat(files=read, settings=WebSettings(upload_bytes=10))
    status, body = await post(chat, b"x" * 11)
    assert (status, body["error"]["code"]) == (413, "too_large")


async def test_many_files_of_one_visitor_are_slowed_down(open_chat: Build) -> None:
    chat = await open_chat(files=read)
    await chat.ask("xin chào", "m1")
    statuses = [(await post(chat, b"table", **{"Conversation-Key": chat.key}))[0] for _ in range(8)]
    assert (statuses[0], statuses[-1]) == (200, 429)


async def test_codes_come_as_a_message_of_their_own_kind_under_the_files_name(open_chat: Build) -> None:
    chat = await open_chat(files=read)
    body = {"conversation": "c", "id": "m1", "codes": list(CODES), "name": "ho-so.csv"}
    assert (await chat.post(body))[0] == 200
    (inbound,) = chat.dialogue.heard
    assert (inbound.kind, inbound.text) == (InboundKind.FILE, "")
    assert inbound.data == {"codes": " ".join(CODES), "name": "ho-so.csv"}
    assert (await chat.history())["messages"][0]["text"] == "ho-so.csv"


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"codes": []}, "codes"),
        ({"codes": ["x" * 61]}, "codes"),
        ({"codes": ["x"] * (MOST_CODES + 1)}, "codes"),
        ({"codes": ["x"], "name": "n" * 101}, "name"),
        ({"codes": ["x"], "text": "y"}, "text | choice | codes"),
    ],
)
async def test_a_message_of_codes_is_read_strictly(chat: Chat, fault: dict[str, Any], field: str) -> None:
    status, body = await chat.post({"conversation": "c", "id": "m1", **fault})
    assert (status, body["error"]["field"]) == (400, field)


async def test_without_a_reader_there_is_neither_route_nor_button(chat: Chat, open_chat: Build) -> None:
    assert (await post(chat, b"table"))[0] == 404
    async with chat.client.get("/") as response:
        assert 'title="Gửi tệp mã hồ sơ" hidden>' in await response.text()
    async with (await open_chat(files=read)).client.get("/") as response:
        assert 'title="Gửi tệp mã hồ sơ" >' in await response.text()
