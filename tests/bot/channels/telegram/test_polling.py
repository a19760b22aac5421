"""Updates that are fetched: none is acknowledged before it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.contract import InboundKind
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.polling import Polling
from bot.delivery.errors import DifferentMessageError
from bot.delivery.records import Received
from tests.bot.channels.telegram.desk import FakeDesk
from tests.fakes.telegram.checks import Refusal
from tests.fakes.telegram.strict import StrictTelegram
from tests.fakes.telegram.updates import member, message, tap, text

PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 9}]


class Noticed:
    """Remembers what was noticed."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def noticed(self, received: Received) -> None:
        self.ids.append(received.inbound.id)


async def soon(_: float) -> None:
    """Wait as little as can be."""
    await asyncio.sleep(0.01)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def noticed() -> Noticed:
    return Noticed()


@pytest.fixture
async def polling(
    client: TelegramClient, channel: TelegramChannel, desk: FakeDesk, noticed: Noticed
) -> AsyncIterator[asyncio.Task[None]]:
    polling = Polling(client=client, channel=channel, desk=desk, signals=noticed, seconds=1, sleep=soon)
    task = asyncio.create_task(polling.run())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(telegram: StrictTelegram, count: int, desk: FakeDesk) -> None:
    """Wait until so many messages are kept and nothing is left to acknowledge."""
    async with asyncio.timeout(20):
        while len(desk.taken) < count or telegram.updates:
            telegram.asked.clear()
            await telegram.asked.wait()


async def test_every_kind_of_update_comes_through_in_its_order(
    polling: asyncio.Task[None], telegram: StrictTelegram, desk: FakeDesk, noticed: Noticed
) -> None:
    updates = [text("/start tt_1-001193"), tap("tt:1.001193", 77), message(photo=PHOTO), member("kicked", "member")]
    for update in updates:
        telegram.give(update)
    await until(telegram, 4, desk)
    assert [one.kind for one in desk.taken] == [
        InboundKind.START,
        InboundKind.CHOICE,
        InboundKind.IMAGE,
        InboundKind.UNFOLLOW,
    ]
    assert (desk.taken[0].payload, desk.taken[0].locale, desk.taken[1].shown) == ("tt_1.001193", "vi", "77")
    assert noticed.ids == [str(one["update_id"]) for one in updates]
    assert telegram.made("getUpdates")[0]["allowed_updates"] == '["message", "callback_query", "my_chat_member"]'


async def test_an_update_that_could_not_be_kept_comes_again(
    polling: asyncio.Task[None], telegram: StrictTelegram, desk: FakeDesk
) -> None:
    desk.faults += [RuntimeError("the database is away"), RuntimeError("still away")]
    telegram.give(text("một"))
    telegram.give(text("hai"))
    await until(telegram, 2, desk)
    assert [one.text for one in desk.taken] == ["một", "hai"]


async def test_a_repetition_with_another_content_is_acknowledged(
    polling: asyncio.Task[None], telegram: StrictTelegram, desk: FakeDesk
) -> None:
    desk.faults.append(DifferentMessageError("another"))
    telegram.give(text("một"))
    telegram.give(text("hai"))
    await until(telegram, 1, desk)
    assert [one.text for one in desk.taken] == ["hai"]


async def test_what_nobody_can_read_does_not_come_for_ever(
    polling: asyncio.Task[None], telegram: StrictTelegram, desk: FakeDesk
) -> None:
    telegram.give({"update_id": 1, "message": {"date": "hôm nay"}})
    telegram.give(text("một"))
    await until(telegram, 1, desk)


async def test_a_webhook_is_taken_away_first_and_faults_are_outlived(
    polling: asyncio.Task[None], telegram: StrictTelegram, desk: FakeDesk
) -> None:
    telegram.webhook = {"url": "https://x.vn"}
    telegram.faults += [Refusal(502, "Bad Gateway")]
    telegram.pages += [(404, "<html>blocked</html>"), (200, "{}")]
    telegram.give(text("một"))
    await until(telegram, 1, desk)
    assert telegram.webhook == {}


async def test_when_the_house_closes_it_ends_and_acknowledges_nothing_more(
    polling: asyncio.Task[None], telegram: StrictTelegram, desk: FakeDesk
) -> None:
    desk.stopped = True
    telegram.give(text("một"))
    await asyncio.wait_for(polling, 20)
    assert len(telegram.updates) == 1


async def test_a_wrong_token_ends_it(polling: asyncio.Task[None], telegram: StrictTelegram) -> None:
    telegram.token = "1:another"
    await asyncio.wait_for(polling, 20)
