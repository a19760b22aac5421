"""What a citizen sees while the answer is in the making."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.signals import AGAIN_SECONDS, FIRST_SECONDS, MOST_AT_ONCE, MOST_TIMES, TelegramSignals
from bot.delivery.records import Received
from tests.bot.channels.telegram.desk import FakeDesk
from tests.bot.messages import NOW
from tests.fakes.telegram.checks import Refusal
from tests.fakes.telegram.strict import StrictTelegram

REF = Ref("telegram", "123456789", "4242")


@dataclass
class Pace:
    """Waits not at all; the turn is over at the end of so many pauses."""

    desk: FakeDesk
    pauses: int
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) >= self.pauses:
            self.desk.over.set()


@dataclass
class Shows:
    """The signals with what they stand on."""

    signals: TelegramSignals
    desk: FakeDesk
    pace: Pace

    async def notice(self, kind: InboundKind = InboundKind.TEXT, **data: str) -> None:
        """Notice a message and wait until nothing is shown any more."""
        self.signals.noticed(Received(1, Inbound(REF, "1", kind, NOW, data=data)))
        while tasks := [one for one in asyncio.all_tasks() if one.get_name() == "telegram signs"]:
            await asyncio.wait(tasks)


@pytest.fixture
async def shows(client: TelegramClient) -> AsyncIterator[Shows]:
    desk = FakeDesk()
    pace = Pace(desk, 10**6)
    signals = TelegramSignals(client.bot, desk, pace.sleep)
    yield Shows(signals, desk, pace)
    await signals.close()


async def test_a_quick_answer_needs_no_sign(shows: Shows, telegram: StrictTelegram) -> None:
    shows.desk.over.set()
    await shows.notice()
    assert telegram.calls == []


async def test_the_bot_types_again_and_again_until_the_turn_is_over(shows: Shows, telegram: StrictTelegram) -> None:
    shows.pace.pauses = 3
    await shows.notice()
    assert telegram.made("sendChatAction") == [{"chat_id": "4242", "action": "typing"}] * 2
    assert shows.pace.slept == [FIRST_SECONDS, *[AGAIN_SECONDS] * 2]


async def test_a_turn_that_never_ends_is_not_typed_for_forever(shows: Shows, telegram: StrictTelegram) -> None:
    await shows.notice()
    assert len(telegram.made("sendChatAction")) == MOST_TIMES


@pytest.mark.parametrize("tap", ["q1", "old"])
async def test_a_tapped_button_stops_spinning_at_once(shows: Shows, telegram: StrictTelegram, tap: str) -> None:
    shows.pace.pauses = 1
    await shows.notice(InboundKind.CHOICE, tap=tap)
    assert [name for name, _ in telegram.calls] == ["answerCallbackQuery"]


async def test_a_sign_that_fails_is_passed_over(shows: Shows, telegram: StrictTelegram) -> None:
    telegram.faults.append(Refusal(403, "Forbidden: bot was blocked by the user"))
    await shows.notice()
    assert len(telegram.calls) == 1


async def test_nothing_is_shown_to_those_who_left_nor_under_great_load(shows: Shows, telegram: StrictTelegram) -> None:
    await shows.notice(InboundKind.UNFOLLOW)
    for number in range(MOST_AT_ONCE + 20):
        shows.signals.noticed(Received(number, Inbound(REF, "1", InboundKind.TEXT, NOW)))
    assert len([one for one in asyncio.all_tasks() if one.get_name() == "telegram signs"]) == MOST_AT_ONCE
    await shows.signals.close()
    assert telegram.calls == []
