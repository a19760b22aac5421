"""Where a message of the web chat came from, as a keyed hash."""

from __future__ import annotations

from bot.channels.web.api import PATH
from bot.channels.web.settings import WebSettings
from tests.bot.channels.web.conftest import Build, Chat

GOOD = {"conversation": "c", "id": "1", "text": "xin chào"}


async def source_of(chat: Chat, id: str, address: str) -> str:
    await chat.post({**GOOD, "id": id}, **{"X-Forwarded-For": address})
    return chat.dialogue.heard[-1].source


async def test_a_message_carries_a_keyed_hash_of_the_network_that_a_new_conversation_cannot_change(
    open_chat: Build,
) -> None:
    chat = await open_chat(settings=WebSettings(trust_proxy=True))
    first = await source_of(chat, "1", "203.0.113.7")
    chat.key = ""
    assert await source_of(chat, "2", "198.51.100.1, 203.0.113.7") == first
    assert await source_of(chat, "3", "203.0.113.8") != first
    assert "203" not in first
    assert len(first) == 32


async def test_all_addresses_of_one_home_are_one_source(open_chat: Build) -> None:
    chat = await open_chat(settings=WebSettings(trust_proxy=True))
    first = await source_of(chat, "1", "2001:db8:0:1200::1")
    assert await source_of(chat, "2", "2001:db8:0:12ff:ffff::2") == first
    assert await source_of(chat, "3", "2001:db8:0:1300::1") != first
    assert await source_of(chat, "4", "::ffff:203.0.113.7") == await source_of(chat, "5", "203.0.113.7")


async def test_a_line_of_the_clients_own_before_the_proxys_line_changes_nothing(open_chat: Build) -> None:
    chat = await open_chat(settings=WebSettings(trust_proxy=True))
    first = await source_of(chat, "1", "203.0.113.7")
    lines = [("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-For", "203.0.113.7")]
    async with chat.client.post(PATH, json={**GOOD, "id": "2"}, headers=lines) as response:
        assert response.status == 200
    assert chat.dialogue.heard[-1].source == first


async def test_a_proxy_may_tell_the_port_too(open_chat: Build) -> None:
    chat = await open_chat(settings=WebSettings(trust_proxy=True))
    first = await source_of(chat, "1", "203.0.113.7")
    assert await source_of(chat, "2", "203.0.113.7:4711") == first
    home = await source_of(chat, "3", "2001:db8:0:1200::1")
    assert await source_of(chat, "4", "[2001:db8:0:1200::9]:4711") == home
    assert first
    assert home


async def test_what_a_client_says_of_its_address_counts_only_behind_our_proxy(chat: Chat) -> None:
    assert await source_of(chat, "1", "203.0.113.7") == ""


async def test_the_same_message_may_be_sent_again_from_another_address(open_chat: Build) -> None:
    chat = await open_chat(settings=WebSettings(trust_proxy=True))
    assert (await chat.post(GOOD, **{"X-Forwarded-For": "203.0.113.7"}))[0] == 200
    assert (await chat.post(GOOD, **{"X-Forwarded-For": "203.0.113.8"}))[0] == 200


async def test_a_visitor_is_known_again_by_the_key_be_it_a_browser_or_a_program(chat: Chat) -> None:
    await chat.post(GOOD)
    first = chat.dialogue.heard[-1].browser
    assert len(first) == 32
    await chat.post({**GOOD, "id": "2"}, **{"Sec-Fetch-Site": "same-origin"})
    assert chat.dialogue.heard[-1].browser == first
    chat.key = ""
    await chat.post({**GOOD, "id": "3"})
    assert chat.dialogue.heard[-1].browser not in ("", first)
