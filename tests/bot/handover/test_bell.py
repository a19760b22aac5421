"""Officials are told that somebody waits: through the outbox, once a minute, with nothing of the citizen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.ringing import bell_places
from bot.channels.contract import Ref, Reply, SendStatus, Sent
from bot.channels.desk.channel import DESK
from bot.delivery.engine import Engine
from bot.delivery.errors import ChannelOffError
from bot.delivery.tables import outbox
from bot.handover.bell import Bell
from bot.handover.store import HandOverStore
from bot.settings import Secret, Settings, SettingsError, load_settings
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import engine_on, eventually
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import ref
from tests.fakes.channel import FakeChannel

AT = datetime(2026, 11, 26, 1, 15, 40, tzinfo=UTC)
CHAT = Ref("desk", "default", "officials")


@pytest.fixture
async def desk(database: UnitOfWork) -> AsyncIterator[tuple[FakeChannel, Engine]]:
    platform = FakeChannel(name="desk", outcomes=[Sent(SendStatus.RETRY, retry_after=0.0)])
    engine = engine_on(database, platform=platform)
    await engine.start()
    yield platform, engine
    await engine.stop()


async def test_a_new_request_rings_through_the_outbox_and_is_tried_again(
    desk: tuple[FakeChannel, Engine], database: UnitOfWork
) -> None:
    platform, engine = desk
    requests = HandOverStore()
    bell = Bell((CHAT,), TEXTS, engine.notify)
    async with database.write() as session:
        number = await requests.ask(session, ref(), "giấy khai sinh của Nguyễn Văn Ba", AT)
        assert number is not None
        await bell.ring(session, number, await requests.count_open(session), AT)

    async def arrived() -> bool:
        return bool(platform.sent)

    await eventually(arrived)
    (call,) = platform.sent
    assert "08:15 ngày 26/11, mã 1." in call.body["text"]
    assert "motcua handover list" in call.body["text"]
    assert "Ba" not in call.body["text"]
    assert len(platform.tries) == 2


async def test_within_a_minute_it_rings_once_and_again_in_the_next(
    desk: tuple[FakeChannel, Engine], database: UnitOfWork
) -> None:
    bell = Bell((CHAT,), TEXTS, desk[1].notify)
    for number, seconds in enumerate((0, 5, 30), start=1):
        async with database.write() as session:
            await bell.ring(session, number, number, AT + timedelta(seconds=seconds))
    async with database.read() as session:
        keys = list(await session.scalars(select(outbox.c.key).order_by(outbox.c.id)))
    assert keys == ["n:handover:202611260115:0.0", "n:handover:202611260116:0.0"]


async def test_a_channel_that_is_off_stops_nobodys_turn(database: UnitOfWork, caplog: pytest.LogCaptureFixture) -> None:
    async def off(_: AsyncSession, ref: Ref, __: Reply, ___: str) -> bool:
        raise ChannelOffError(ref.channel)

    async with database.write() as session:
        await Bell((CHAT,), TEXTS, off).ring(session, 1, 1, AT)
    assert "the channel is off" in caplog.text


def test_places_come_from_the_settings_and_nothing_rings_by_default() -> None:
    assert bell_places(Settings()) == ()
    given = {
        "MOTCUA_HANDOVER_CHATS": "telegram:-100123",
        "MOTCUA_HANDOVER_WEBHOOK": "https://desk.example.vn/hook?key=abc",
        "MOTCUA_TELEGRAM_TOKEN": "123456789:AbCdEf",
    }
    settings = load_settings(given)
    assert bell_places(settings) == (Ref("telegram", "123456789", "-100123"), DESK)
    assert "key=abc" not in repr(settings)


def test_a_chat_on_a_channel_that_is_off_is_refused_at_the_start() -> None:
    with pytest.raises(SettingsError, match="zalo_bot, which is switched off"):
        bell_places(Settings(handover_chats=(("zalo_bot", "abc"),), zalo_bot_token=None))
    with pytest.raises(SettingsError, match="HANDOVER_CHATS"):
        load_settings({"MOTCUA_HANDOVER_CHATS": "sms:1"})
    assert bell_places(Settings(handover_chats=(("zalo_bot", "abc"),), zalo_bot_token=Secret("9:x"))) != ()


async def test_only_a_new_request_has_a_number_to_ring_for(database: UnitOfWork) -> None:
    requests = HandOverStore()
    async with database.write() as session:
        numbers = [await requests.ask(session, ref(one), "", AT) for one in ("c1", "c1", "c2")]
        assert await requests.count_open(session) == 2
    assert [number is None for number in numbers] == [False, True, False]
