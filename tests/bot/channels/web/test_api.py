"""The contract of ``/api/v1/messages``, bad input included."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.channels.contract import Choice, Reply
from bot.channels.web.limits import Rate
from bot.channels.web.settings import WebSettings
from tests.bot.channels.web.conftest import PATH, Build, Chat
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.web_texts import ENGLISH

GOOD = {"conversation": "c", "id": "1", "text": "xin chào"}


async def test_a_message_gets_its_replies_with_ids_and_buttons(chat: Chat) -> None:
    body = await chat.ask("xin chào", "1")
    assert body["pending"] is False
    reply = body["replies"][0]
    assert reply["text"] == "Bạn viết: **xin chào** (lượt 1)"
    assert reply["choices"][0] == {"id": "fee", "title": "Lệ phí", "url": None}
    assert reply["id"]


async def test_a_button_that_was_pressed_reaches_the_dialogue(chat: Chat) -> None:
    status, body = await chat.post({"conversation": "c", "id": "1", "choice": "fee"})
    assert status == 200
    assert "**fee**" in body["replies"][0]["text"]


async def test_the_same_id_gives_the_same_replies_even_at_once(chat: Chat) -> None:
    first = await chat.ask("một", "1")
    again = await asyncio.gather(*(chat.ask("một", "1") for _ in range(5)))
    assert all(body == first for body in again)
    assert chat.dialogue.seen == ["một"]


async def test_the_same_id_gives_the_same_replies_after_a_restart(open_chat: Build) -> None:
    one = await open_chat()
    first = await one.ask("một", "1")
    await one.engine.stop()
    two = await open_chat()
    two.key = one.key
    assert await two.ask("một", "1") == first


async def test_the_same_id_with_another_body_is_a_conflict(chat: Chat) -> None:
    await chat.ask("một", "1")
    for other in ({"text": "hai"}, {"choice": "một"}):
        status, body = await chat.post({"conversation": "c", "id": "1", **other})
        assert status == 409
        assert body["error"]["code"] == "another_message"
        assert "mã mới" in body["error"]["message"]


async def test_a_slow_turn_is_pending_and_its_reply_is_fetched_later(open_chat: Build) -> None:
    gate = asyncio.Event()
    chat = await open_chat(FakeDialogue(gate=gate), WebSettings(answer_seconds=0.02))
    body = await chat.ask("một", "1")
    assert body == {"replies": [], "pending": True}
    before = await chat.history()
    assert before["pending"] is True
    reading = asyncio.create_task(chat.history(after=before["cursor"], wait=5))
    await asyncio.sleep(0.02)
    gate.set()
    after = await reading
    assert [line["from"] for line in after["messages"]] == ["assistant"]
    assert after["pending"] is False
    assert (await chat.ask("một", "1"))["replies"][0]["id"] == after["messages"][0]["id"]


async def test_history_gives_both_sides_back(chat: Chat) -> None:
    await chat.ask("một", "1")
    await chat.post({"conversation": "c", "id": "2", "choice": "fee"})
    told = await chat.history()
    # The test's clock stands still: questions come before answers of the same instant.
    assert [line["from"] for line in told["messages"]] == ["citizen", "citizen", "assistant", "assistant"]
    assert {line.get("text") or line["choice"] for line in told["messages"] if line["from"] == "citizen"} == {
        "một",
        "fee",
    }
    assert (await chat.history(after=told["cursor"]))["messages"] == []


async def test_a_name_without_its_key_starts_a_new_conversation(chat: Chat) -> None:
    await chat.ask("một", "1")
    chat.key = ""
    assert (await chat.history())["messages"] == []
    assert "(lượt 1)" in (await chat.ask("một", "1"))["replies"][0]["text"]


async def test_a_made_up_key_counts_as_none(chat: Chat) -> None:
    await chat.ask("một", "1")
    good = chat.key
    for forged in ("x" * len(good), good[:-1] + ("A" if good[-1] != "A" else "B"), "", "é" * 55):
        chat.key = forged if forged.isascii() else "%C3"
        assert (await chat.history())["messages"] == []
    chat.key = good
    assert len((await chat.history())["messages"]) == 2


async def test_names_under_one_key_are_conversations_of_their_own(chat: Chat) -> None:
    await chat.ask("một", "1", "a")
    assert "(lượt 1)" in (await chat.ask("hai", "1", "b"))["replies"][0]["text"]


async def test_the_key_is_in_a_cookie_that_scripts_cannot_read(chat: Chat) -> None:
    async with chat.client.post(PATH, json=GOOD, headers={"Sec-Fetch-Site": "same-origin"}) as response:
        cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie
        assert "Conversation-Key" not in response.headers
        key = response.cookies["motcua"].value
    async with chat.client.get(PATH, params={"conversation": "c"}, headers={"Cookie": f"motcua={key}"}) as response:
        assert len((await response.json())["messages"]) == 2


async def test_the_cookie_is_secure_behind_a_trusted_https_proxy_only(open_chat: Build) -> None:
    for trusted in (True, False):
        chat = await open_chat(settings=WebSettings(trust_proxy=trusted))
        async with chat.client.post(PATH, json=GOOD, headers={"X-Forwarded-Proto": "https"}) as response:
            assert ("Secure" in response.headers["Set-Cookie"]) is trusted


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
async def test_pages_of_other_sites_are_refused(chat: Chat, headers: dict[str, str]) -> None:
    status, body = await chat.post(GOOD, **headers)
    assert (status, body["error"]["code"]) == (403, "cross_site")
    assert chat.dialogue.seen == []


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b'{"conversation":"c","id":"1","text":"\\ud800"}', 400, "malformed"),
        (b"[" * 100_000, 400, "invalid"),
        (b"[]", 400, "invalid"),
        (b"null", 400, "invalid"),
        (b"{}", 400, "invalid"),
        (b'{"conversation":"c","id":"1"}', 400, "invalid"),
        (b'{"conversation":"c","id":"1","text":"a","choice":"b"}', 400, "invalid"),
        (b'{"conversation":"c","id":1,"text":"a"}', 400, "invalid"),
        (b'{"conversation":"c","id":"1","text":5}', 400, "invalid"),
        (b'{"conversation":"c","id":"1","text":null}', 400, "invalid"),
        (b'{"conversation":"c","id":"1","text":"a","trace":"yes"}', 400, "invalid"),
        (b'{"conversation":"c","id":"1","text":"a","extra":1}', 400, "invalid"),
        (b'{"conversation":"","id":"1","text":"a"}', 400, "invalid"),
        (b'{"conversation":"c\\u0000","id":"1","text":"a"}', 400, "invalid"),
        (b'{"conversation":"c","id":"1\\n","text":"a"}', 400, "invalid"),
        (b'{"conversation":"c","id":"1","choice":""}', 400, "invalid"),
        (json.dumps({"conversation": "c" * 129, "id": "1", "text": "a"}).encode(), 400, "invalid"),
        (json.dumps({"conversation": "c", "id": "1" * 129, "text": "a"}).encode(), 400, "invalid"),
        (json.dumps({"conversation": "c", "id": "1", "choice": "x" * 257}).encode(), 400, "invalid"),
        (json.dumps({"conversation": "c", "id": "1", "text": "x" * 262_144}).encode(), 413, "too_large"),
    ],
)
async def test_bad_bodies_are_refused_kindly(chat: Chat, raw: bytes, status: int, code: str) -> None:
    async with chat.client.post(PATH, data=raw, headers={"Content-Type": "application/json"}) as response:
        body = await response.json()
        assert (response.status, body["error"]["code"]) == (status, code)
        assert len(body["error"]["message"]) > 15
    assert chat.dialogue.seen == []


async def test_a_large_body_without_a_length_is_refused(chat: Chat) -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b" " * 10_000

    async with chat.client.post(PATH, data=endless(), headers={"Content-Type": "application/json"}) as response:
        assert response.status == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_only_json_is_taken(chat: Chat, kind: str) -> None:
    async with chat.client.post(PATH, data=json.dumps(GOOD).encode(), headers={"Content-Type": kind}) as response:
        assert (response.status, (await response.json())["error"]["code"]) == (415, "not_json")


@pytest.mark.parametrize(
    "text", ["", "   ", "😀", "ế" * 40_000, "e\u0302\u0301", "\u200b\u0000\u0007", "<b>&", "'; DROP TABLE inbox;--"]
)
async def test_any_text_is_taken_and_given_back_as_it_was(chat: Chat, text: str) -> None:
    body = await chat.ask(text, "1")
    assert body["replies"]
    assert next(line for line in (await chat.history())["messages"] if line["from"] == "citizen")["text"] == text


async def test_a_conversation_that_is_too_fast_is_asked_to_wait(open_chat: Build) -> None:
    chat = await open_chat(settings=WebSettings(conversation_rate=Rate(burst=2, per_second=0.5)))
    await chat.ask("a", "1")
    await chat.ask("b", "2")
    async with chat.client.post(PATH, json={**GOOD, "id": "3"}, headers={"Conversation-Key": chat.key}) as response:
        assert response.status == 429
        assert response.headers["Retry-After"] == "2"
        assert (await response.json())["error"]["code"] == "too_many"
    assert (await chat.ask("x", "1", "another"))["replies"]
    chat.ticks[0] += 2
    await chat.ask("c", "3")


async def test_an_address_that_is_too_fast_is_asked_to_wait(open_chat: Build) -> None:
    chat = await open_chat(settings=WebSettings(address_rate=Rate(burst=1, per_second=1), trust_proxy=True))
    forwarded = {"X-Forwarded-For": "9.9.9.9, 203.0.113.7"}
    assert (await chat.post(GOOD, **forwarded))[0] == 200
    assert (await chat.post({**GOOD, "id": "2"}, **forwarded))[0] == 429
    assert (await chat.post({**GOOD, "id": "3"}, **{"X-Forwarded-For": "203.0.113.8"}))[0] == 200


async def test_the_trace_is_told_only_by_a_server_that_traces(open_chat: Build) -> None:
    quiet = await open_chat()
    assert "trace" not in (await quiet.post({**GOOD, "trace": True}))[1]
    open_one = await open_chat(trace=True)
    assert (await open_one.post({**GOOD, "trace": True}))[1]["trace"]["intent"] == "echo"
    assert (await open_one.post({**GOOD, "trace": True}))[1]["trace"]["intent"] == "echo"
    assert "trace" not in (await open_one.post({**GOOD, "id": "2"}))[1]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"conversation": ""},
        {"conversation": "x" * 129},
        {"conversation": "c", "after": "x"},
        {"conversation": "c", "after": "1.2.3"},
        {"conversation": "c", "after": "9" * 40 + ".1"},
        {"conversation": "c", "wait": "-1"},
        {"conversation": "c", "wait": "inf"},
    ],
)
async def test_bad_questions_for_the_history_are_refused(chat: Chat, query: dict[str, str]) -> None:
    async with chat.client.get(PATH, params=query) as response:
        assert (response.status, (await response.json())["error"]["code"]) == (400, "invalid")


async def test_other_methods_and_paths_get_json_errors(chat: Chat) -> None:
    async with chat.client.delete(PATH) as response:
        assert (response.status, (await response.json())["error"]["code"]) == (405, "wrong_method")
    async with chat.client.get("/api/v2/anything") as response:
        assert (response.status, (await response.json())["error"]["code"]) == (404, "not_found")


async def test_a_stopping_server_asks_to_try_again(chat: Chat) -> None:
    await chat.engine.stop()
    status, body = await chat.post(GOOD)
    assert (status, body["error"]["code"]) == (503, "stopping")


async def test_a_long_reply_with_many_buttons_stays_within_the_limits(open_chat: Build) -> None:
    many = tuple(Choice(f"c{n}", f"Lựa chọn {n}") for n in range(25))
    chat = await open_chat(FakeDialogue(replies=(Reply("Một đoạn văn. " * 900, many),)))
    replies = (await chat.ask("x", "1"))["replies"]
    assert len(replies) == 2
    assert len({reply["id"] for reply in replies}) == 2
    assert [len(reply["choices"]) for reply in replies] == [0, 20]
    assert "- Lựa chọn 24" in replies[-1]["text"]


async def test_errors_are_told_in_the_language_of_the_page(chat: Chat) -> None:
    async with chat.client.post(
        PATH, data=b"{", headers={"Content-Type": "application/json", "Cookie": "motcua_lang=en"}
    ) as response:
        assert (await response.json())["error"]["message"] == ENGLISH["utter_web_error_malformed"]
