"""Forged, replayed, oversized and malformed requests are refused, leave nothing behind, and bring nothing down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from multidict import CIMultiDict
from sqlalchemy import func, select

from bot.channels.webhook import MAX_BODY
from bot.delivery.tables import InboxState, inbox
from tests.bot.channels.everywhere import APP_SECRET, BOT_SECRET, OA_KEY, Everywhere, running_everywhere
from tests.bot.channels.hostile import SENDERS, Sender, check, deep, telegram, web, zalo_bot, zalo_oa
from tests.bot.delivery.conftest import eventually

COUNT = 50_000


@pytest.mark.parametrize("name", SENDERS)
def test_fifty_thousand_hostile_requests_are_refused_or_read_without_harm(name: str) -> None:
    sender, read, refused = SENDERS[name](), 0, 0
    for number, request in enumerate(sender.requests(COUNT)):
        genuine = sender.channel.verify(CIMultiDict(request.headers), request.raw)
        assert genuine is not request.forged, request
        if not genuine:
            refused += 1
            continue
        found = sender.channel.parse(request.raw)
        if number % 20 == 0:
            assert list(found) == list(sender.channel.parse(request.raw)), "a replay is the same message"
        for inbound in found:
            read += 1
            check(inbound)
    assert read > COUNT / 20, "many are genuine after all"
    assert refused > COUNT / 5


@pytest.mark.parametrize("name", SENDERS)
@pytest.mark.parametrize(
    "raw",
    [
        *(deep(opened) for opened in (b"[", b'{"reply_to_message":', b'{"a":')),
        *(
            b"\xef\xbb\xbf{}",
            b"\xff" * 100,
            b"9" * 10_000,
            b"null",
            b'{"event_name":"\\ud800"}',
            b'"' + b"x" * MAX_BODY,
        ),
    ],
    ids=range(9),
)
def test_deep_long_and_broken_bodies_are_read_as_nothing(name: str, raw: bytes) -> None:
    sender = SENDERS[name]()
    sender.channel.verify(sender.sign(raw), raw)
    assert list(sender.channel.parse(raw)) == []


@pytest.fixture
async def world(small_catalogue: str) -> AsyncIterator[Everywhere]:
    """The assistant on every channel."""
    async with running_everywhere(small_catalogue) as world:
        yield world


def sender_to(world: Everywhere, name: str) -> Sender:
    """Return who knows the secrets of the running house."""
    if name == "telegram":
        return telegram(world.telegram.webhook["secret_token"])
    return {"zalo_oa": lambda: zalo_oa(APP_SECRET, OA_KEY), "zalo_bot": lambda: zalo_bot(BOT_SECRET), "web": web}[
        name
    ]()


async def kept(world: Everywhere, *states: InboxState) -> int:
    """Count what is in the inbox, all of it or in some states."""
    counted = select(func.count()).select_from(inbox)
    async with world.house.transactions.read() as session:
        return await session.scalar(counted.where(inbox.c.state.in_(states)) if states else counted) or 0


@pytest.mark.parametrize("name", ["telegram", "zalo_oa", "zalo_bot"])
async def test_at_the_real_route_only_what_is_genuine_is_kept_and_each_message_once(
    world: Everywhere, name: str
) -> None:
    sender, wanted = sender_to(world, name), set()
    async with aiohttp.ClientSession(skip_auto_headers=["Content-Type"]) as session:
        for request in sender.requests(250, seed=7):
            if not printable(request.headers):
                continue
            found = [] if request.forged else sender.channel.parse(request.raw)
            wanted |= {(inbound.ref.conversation, inbound.id) for inbound in found}
            async with session.post(f"{world.url}{sender.path}", data=request.raw, headers=request.headers) as answer:
                expected = sender.refuses if request.forged else {200}
                assert answer.status in {*expected, 200 if probes(request.raw) else 0}, request
        large = b'{"x":"' + b"x" * MAX_BODY + b'"}'
        async with session.post(f"{world.url}{sender.path}", data=large, headers=sender.sign(large)) as answer:
            assert answer.status == 413
    assert await kept(world) == len(wanted) >= 5
    await answered(world)


async def test_at_the_pages_route_only_what_is_well_formed_is_kept_and_each_message_once(world: Everywhere) -> None:
    sender, wanted, key = web(), set(), ""
    async with aiohttp.ClientSession(skip_auto_headers=["Content-Type"]) as session:
        for request in sender.requests(120, seed=7):
            headers = {**request.headers, **({"Conversation-Key": key} if key else {})}
            async with session.post(f"{world.url}{sender.path}", data=request.raw, headers=headers) as answer:
                assert answer.status in (sender.refuses if request.forged else {200, 400, 409, 413, 429}), request
                assert "error" in await answer.json() or answer.status == 200
                key = answer.headers.get("Conversation-Key", key)
                if answer.status == 200:
                    (inbound,) = sender.channel.parse(request.raw)
                    wanted.add((inbound.ref.conversation, inbound.id))
    assert await kept(world) == len(wanted) > 2
    await answered(world)


async def answered(world: Everywhere) -> None:
    """Wait until every message is answered; none brought the dialogue down."""

    async def done() -> bool:
        await asyncio.sleep(0.02)
        return not await kept(world, InboxState.NEW)

    await eventually(done)
    assert await kept(world, InboxState.DONE) == await kept(world)


def printable(headers: object) -> bool:
    """Tell whether a client can send such headers at all."""
    return "\\udc" not in repr(headers)


def probes(raw: bytes) -> bool:
    """Tell whether a body is the empty one with which platforms try an address."""
    return raw.strip() in (b"", b"{}")
