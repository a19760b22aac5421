"""A database with the delivery tables, on SQLite and PostgreSQL, and engines that run on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass

import pytest

from bot.channels.contract import Channel, Reply
from bot.channels.web.channel import WebChannel
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.pacing import Pace
from bot.delivery.ports import Clock
from bot.delivery.sender import SendLimits
from bot.delivery.store import DeliveryStore
from bot.delivery.turns import Outlets, TurnLimits
from bot.dialogue.state import ConversationState
from bot.unit_of_work import UnitOfWork
from tests.bot.messages import NOW
from tests.fakes.channel import FakeChannel
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.time import FakeTime

SECRET = "a secret that is long enough for tests"


def sorry(_: ConversationState) -> Reply:
    """Return what stands for ``utter_sorry_error``."""
    return Reply(text="Xin lỗi")


async def eventually(check: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is true; what is waited for happens in another task or process."""
    async with asyncio.timeout(20):
        while not await check():  # noqa: ASYNC110
            await asyncio.sleep(0.002)


async def no_pause(_: float) -> None:
    """Wait not at all."""


def engine_on(
    database: UnitOfWork,
    dialogue: FakeDialogue | None = None,
    secret: str = SECRET,
    limits: TurnLimits | None = None,
    pulled: bool = True,
    clock: Clock = lambda: NOW,
    platform: FakeChannel | None = None,
    time: FakeTime | None = None,
    send_limits: SendLimits | None = None,
    paces: Mapping[str, Pace] | None = None,
) -> Engine:
    """Return an engine with the web channel, or with a fake push channel of the same name; ``platform`` beside it."""
    channel: Channel = WebChannel(clock=clock) if pulled else FakeChannel(name="web")
    channels: dict[str, Channel] = {"web": channel, **({platform.name: platform} if platform else {})}
    if time is not None:
        return _engine_in(time, dialogue, channels, database, send_limits, paces or {})
    return Engine(
        dialogue=dialogue or FakeDialogue(),
        outlets=Outlets(channels, frozenset({"web"}) if pulled else frozenset()),
        store=DeliveryStore(AesGcmCipher(secret)),
        transactions=database,
        sorry=sorry,
        clock=clock,
        sleep=no_pause,
        limits=limits,
        send_limits=send_limits,
    )


def _engine_in(
    time: FakeTime,
    dialogue: FakeDialogue | None,
    channels: dict[str, Channel],
    database: UnitOfWork,
    send_limits: SendLimits | None,
    paces: Mapping[str, Pace],
) -> Engine:
    return Engine(
        dialogue=dialogue or FakeDialogue(),
        outlets=Outlets(channels, frozenset({"web"}), paces),
        store=DeliveryStore(AesGcmCipher(SECRET)),
        transactions=database,
        sorry=sorry,
        clock=time.clock,
        sleep=time.sleep,
        random=lambda: 1.0,
        ticks=time.ticks,
        send_limits=send_limits,
    )


@dataclass
class House:
    """An engine with its parts at hand."""

    engine: Engine
    dialogue: FakeDialogue
    store: DeliveryStore
    database: UnitOfWork


@pytest.fixture
def store() -> DeliveryStore:
    """A store with a key of its own."""
    return DeliveryStore(AesGcmCipher(SECRET))


@pytest.fixture
async def house(database: UnitOfWork, store: DeliveryStore) -> AsyncIterator[Callable[..., House]]:
    """Build engines on the same database; they are stopped at the end unless the test abandoned them."""
    built: list[House] = []

    def build(dialogue: FakeDialogue | None = None, pulled: bool = True, limits: TurnLimits | None = None) -> House:
        speaks = dialogue or FakeDialogue()
        engine = engine_on(database, speaks, limits=limits, pulled=pulled)
        built.append(House(engine, speaks, store, database))
        return built[-1]

    yield build
    for one in built:
        if one.dialogue.gate is not None:
            one.dialogue.gate.set()
        await one.engine.stop()
