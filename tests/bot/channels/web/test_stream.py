"""Following a conversation live."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse

from bot.channels.web.settings import WebSettings
from tests.bot.channels.web.conftest import Build, Chat

STREAM = "/api/v1/stream"
QUICK = WebSettings(poll_seconds=0.05, open_streams=2)


async def follow(chat: Chat, after: str = "", conversation: str = "c", **headers: str) -> ClientResponse:
    query = {"conversation": conversation, "after": after}
    return await chat.client.get(STREAM, params=query, headers={"Conversation-Key": chat.key, **headers})


async def event(response: ClientResponse) -> dict[str, Any]:
    """Return the next event: its id and its data."""
    found: dict[str, Any] = {}
    line = ""
    async with asyncio.timeout(5):
        while "data" not in found or line:
            line = (await response.content.readline()).decode().strip()
            name, _, value = line.partition(": ")
            found[name] = value
    return {"id": found["id"], **json.loads(found["data"])}


async def test_what_is_said_elsewhere_comes_at_once_and_each_line_once(chat: Chat) -> None:
    await chat.ask("một", "1")
    stream = await follow(chat)
    first = await event(stream)
    assert [line["from"] for line in first["messages"]] == ["citizen", "assistant"]
    asked = asyncio.create_task(chat.ask("hai", "2"))
    seen: list[dict[str, Any]] = []
    while len(seen) < 2:
        seen += (await event(stream))["messages"]
    await asked
    assert [line.get("text") for line in seen if line["from"] == "citizen"] == ["hai"]
    stream.close()


async def test_a_browser_that_comes_again_reads_on_where_it_stopped(chat: Chat) -> None:
    await chat.ask("một", "1")
    stream = await follow(chat)
    last = (await event(stream))["id"]
    stream.close()
    again = await follow(chat, **{"Last-Event-ID": last})
    assert (await event(again))["messages"] == []
    again.close()


async def test_a_stranger_and_another_site_hear_nothing(chat: Chat) -> None:
    await chat.ask("một", "1")
    assert (await chat.client.get(STREAM, params={"conversation": "c"})).status == 404
    assert (await follow(chat, **{"Sec-Fetch-Site": "cross-site"})).status == 403
    assert (await follow(chat, Origin="https://evil.example")).status == 403
    assert (await follow(chat, after="x")).status == 400


async def test_too_many_pages_of_one_conversation_are_sent_away_and_a_closed_one_makes_room(open_chat: Build) -> None:
    chat = await open_chat(settings=QUICK)
    await chat.ask("một", "1")
    slow = WebSettings(open_streams=2)
    other = await open_chat(settings=slow)
    await other.ask("một", "1")
    streams = [await follow(other) for _ in range(2)]
    for stream in streams:
        await event(stream)
    assert (await follow(other)).status == 429
    # A stream that has nothing to tell ends by itself when the house closes; here the poll is short.
    short = await follow(chat)
    await event(short)
    async with asyncio.timeout(5):
        await short.content.read()
    assert (await follow(chat)).status == 200
    for stream in streams:
        stream.close()


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_nothing_but_reading_is_allowed(chat: Chat, method: str) -> None:
    assert (await chat.client.request(method, STREAM)).status == 405


async def test_one_address_cannot_hold_streams_without_end_by_naming_ever_new_conversations(open_chat: Build) -> None:
    chat = await open_chat(settings=WebSettings(address_streams=2, trust_proxy=True))
    await chat.ask("một", "1")
    here = {"X-Forwarded-For": "203.0.113.7"}
    streams = [await follow(chat, conversation=name, **here) for name in ("a", "b", "c")]
    assert [stream.status for stream in streams] == [200, 200, 429]
    elsewhere = await follow(chat, conversation="c", **{"X-Forwarded-For": "203.0.113.8"})
    assert elsewhere.status == 200
    for stream in (*streams, elsewhere):
        stream.close()
