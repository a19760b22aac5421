"""What leaves by a push channel: in order, once, as fast as the platform lets us, and never lost."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, InboundKind, Reply, SendStatus, Sent
from bot.delivery.alone import Alone
from bot.delivery.dead_letter_store import send_again
from bot.delivery.engine import Engine
from bot.delivery.group_commit import GroupCommit
from bot.delivery.notices import Told
from bot.delivery.outbox_store import OutboxStore
from bot.delivery.outgoing import Attempt
from bot.delivery.pacing import Pace, Rate
from bot.delivery.retention import give_up_waiting
from bot.delivery.retention_store import TOO_OLD
from bot.delivery.sender import SendLimits
from bot.delivery.tables import OutboxState, conversation, outbox
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import engine_on, eventually
from tests.bot.messages import NOW, inbound, ref
from tests.fakes.channel import FakeChannel
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.time import FakeTime

RETRY = Sent(SendStatus.RETRY, detail="busy")


class World:
    """An engine with a push channel, in a time of its own."""

    def __init__(self, database: UnitOfWork) -> None:
        self.database = database
        self.platform = FakeChannel()
        self.time = FakeTime()
        self.engines: list[Engine] = []

    async def start(self, dialogue: FakeDialogue | None = None, **more: Any) -> Engine:
        made = engine_on(self.database, dialogue, platform=self.platform, time=self.time, **more)
        self.engines.append(made)
        await made.start()
        return made

    async def say(self, text: str, id: str, conversation: str = "c1", kind: InboundKind = InboundKind.TEXT) -> None:
        message = inbound(text, id, conversation, "fake")
        received = await self.engines[-1].receive(Inbound(message.ref, id, kind, NOW, text))
        assert (await self.engines[-1].answer(received, 10)).finished

    async def rows(self) -> Sequence[RowMapping]:
        async with self.database.read() as session:
            return (await session.execute(select(outbox).order_by(outbox.c.id))).mappings().all()

    async def states(self) -> list[str]:
        return [row["state"] for row in await self.rows()]

    async def until(self, states: list[str]) -> None:
        async def so() -> bool:
            return await self.states() == states

        await eventually(so)

    async def until_tried(self) -> None:
        async def so() -> bool:
            return bool(self.platform.tries)

        await eventually(so)

    def texts(self, conversation: str = "c1") -> list[str]:
        return [call.body["text"] for call in self.platform.sent if call.body["to"] == conversation]


@pytest.fixture
async def world(database: UnitOfWork) -> AsyncIterator[World]:
    one = World(database)
    yield one
    if one.platform.gate is not None:
        one.platform.gate.set()
    for engine in one.engines:
        await engine.stop()


def parts(count: int) -> FakeDialogue:
    return FakeDialogue(replies=tuple(Reply(str(number)) for number in range(count)))


async def test_replies_are_sent_in_order_and_keep_the_platforms_id(world: World) -> None:
    await world.start(parts(3))
    await world.say("một", "1")
    await world.until([OutboxState.DELIVERED] * 3)
    assert world.texts() == ["0", "1", "2"]
    rows = await world.rows()
    assert [(row["sent_id"], row["attempts"]) for row in rows] == [("1", 1), ("2", 1), ("3", 1)]
    assert all(row["finished_at"] for row in rows)


async def test_what_must_be_tried_again_holds_back_what_stands_behind_it(world: World) -> None:
    world.platform.outcomes = [RETRY, RETRY]
    await world.start(parts(2))
    await world.say("một", "1")
    await world.until([OutboxState.DELIVERED] * 2)
    assert [call.body["text"] for call in world.platform.tries] == ["0", "0", "0", "1"]
    assert [row["attempts"] for row in await world.rows()] == [3, 1]


async def test_pauses_double_up_to_the_longest_and_then_the_message_is_dead(world: World) -> None:
    world.platform.outcomes = [RETRY] * 5
    limits = SendLimits(attempts=5, first_pause=10, longest_pause=35)
    await world.start(parts(2), send_limits=limits)
    await world.say("một", "1")
    await world.until([OutboxState.DEAD, OutboxState.DELIVERED])
    assert [round(seconds) for seconds in world.time.slept if seconds > 5] == [10, 20, 35, 35]
    assert [(row["attempts"], row["detail"]) for row in await world.rows()] == [(5, "busy"), (1, None)]


async def test_the_platforms_own_pause_goes_before_ours(world: World) -> None:
    world.platform.outcomes = [Sent(SendStatus.RETRY, retry_after=7.5)]
    await world.start()
    await world.say("một", "1")
    await world.until([OutboxState.DELIVERED])
    assert [seconds for seconds in world.time.slept if seconds > 1] == [7.5]


async def test_a_channel_that_raises_is_tried_again_and_its_words_are_not_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.platform.outcomes = [RuntimeError("số căn cước 012345678901")]
    await world.start()
    await world.say("một", "1")
    await world.until([OutboxState.DELIVERED])
    assert "RuntimeError" in caplog.text
    assert "012345678901" not in caplog.text


async def test_a_call_that_hangs_counts_as_not_made(world: World) -> None:
    world.platform.gate = asyncio.Event()
    await world.start(send_limits=SendLimits(seconds=0.01, attempts=2))
    await world.say("một", "1")
    await world.until([OutboxState.DEAD])
    assert len(world.platform.tries) == 2


async def test_what_the_platform_cannot_take_is_dead_at_once_and_blocks_nothing(world: World) -> None:
    world.platform.outcomes = [Sent(SendStatus.BUG, detail="400 x" * 100)]
    await world.start(parts(2))
    await world.say("một", "1")
    await world.until([OutboxState.DEAD, OutboxState.DELIVERED])
    assert len((await world.rows())[0]["detail"]) == 200


async def test_a_refused_account_waits_without_counting_and_is_told_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.platform.outcomes = [Sent(SendStatus.AUTH, detail="token")] * 4
    await world.start(send_limits=SendLimits(attempts=2, refused_pause=60))
    await asyncio.gather(*(world.say("một", "1", f"c{number}") for number in range(5)))
    await world.until([OutboxState.DELIVERED] * 5)
    assert caplog.text.count("refuses our account") == 1
    assert caplog.text.count("accepts our account") == 1
    assert {row["attempts"] for row in await world.rows()} == {1}


async def test_an_unreachable_citizen_gets_nothing_until_they_write_again(world: World, database: UnitOfWork) -> None:
    world.platform.outcomes = [Sent(SendStatus.UNREACHABLE, detail="403")]
    engine = await world.start(parts(2))
    await world.say("một", "1")
    await world.until([OutboxState.UNREACHABLE] * 2)
    async with database.write() as session:
        assert await engine.notify(session, ref("c1", "fake"), Reply("tin"), "k1")
    assert await world.states() == [OutboxState.UNREACHABLE] * 3
    await world.say("hai", "2")
    await world.until([OutboxState.UNREACHABLE] * 3 + [OutboxState.DELIVERED] * 2)
    async with database.write() as session:
        assert await engine.notify(session, ref("c1", "fake"), Reply("tin nữa"), "k2")
    await world.until([OutboxState.UNREACHABLE] * 3 + [OutboxState.DELIVERED] * 3)
    assert world.texts() == ["0", "1", "tin nữa"]


async def test_what_may_not_be_said_now_ends_alone(world: World, database: UnitOfWork) -> None:
    world.platform.outcomes = [Sent(SendStatus.CLOSED, detail="the window is over")]
    engine = await world.start()
    async with database.write() as session:
        for key in ("k1", "k2"):
            assert await engine.notify(session, ref("c1", "fake"), Reply(key), key)
    await world.until([OutboxState.UNREACHABLE, OutboxState.DELIVERED])
    async with database.write() as session:
        assert await engine.told(session, "k1") == Told(OutboxState.UNREACHABLE, "the window is over")
        assert await engine.told(session, "k2") == Told(OutboxState.DELIVERED)
        assert await engine.notify(session, ref("c1", "fake"), Reply("k3"), "k3")
    await world.until([OutboxState.UNREACHABLE, OutboxState.DELIVERED, OutboxState.DELIVERED])


async def test_who_says_farewell_gets_no_notice(world: World, database: UnitOfWork) -> None:
    engine = await world.start(FakeDialogue(replies=()))
    await world.say("", "1", kind=InboundKind.UNFOLLOW)
    async with database.read() as session:
        assert await session.scalar(select(conversation.c.unreachable_at)) is not None
    async with database.write() as session:
        await engine.notify(session, ref("c1", "fake"), Reply("tin"), "k1")
    assert (await world.states())[-1] == OutboxState.UNREACHABLE


async def test_conversations_do_not_wait_for_each_other(world: World) -> None:
    world.platform.outcomes = [Sent(SendStatus.RETRY, retry_after=3600)]
    world.time.held = True
    await world.start()
    await world.say("một", "1", "c1")
    await asyncio.gather(*(world.say("một", "1", f"d{number}") for number in range(20)))
    await world.until([OutboxState.WAITING] + [OutboxState.DELIVERED] * 20)
    assert world.texts("c1") == []
    assert all(world.texts(f"d{number}") for number in range(20))


async def test_the_platforms_limits_are_kept(world: World) -> None:
    paces = {"fake": Pace(account=Rate(10, 1.0), conversation=Rate(1, 1.0))}
    await world.start(parts(3), paces=paces)
    began = world.time.ticks()
    await world.say("một", "1")
    await world.until([OutboxState.DELIVERED] * 3)
    assert world.time.ticks() - began >= 2
    began = world.time.ticks()
    await asyncio.gather(*(world.say("một", "1", f"d{number}") for number in range(10)))
    await world.until([OutboxState.DELIVERED] * 33)
    assert world.time.ticks() - began >= 2


async def test_what_a_dead_process_left_is_sent_by_the_next_even_what_was_on_its_way(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.platform.gate = asyncio.Event()
    await world.start(parts(2))
    await world.say("một", "1")
    await world.until_tried()
    assert await world.states() == [OutboxState.SENDING, OutboxState.WAITING]
    # The first process hangs in its call for ever; the second knows only what is written down.
    gate, world.platform.gate = world.platform.gate, None
    await world.start()
    await world.until([OutboxState.DELIVERED] * 2)
    assert world.texts() == ["0", "1"]
    assert "may arrive twice" in caplog.text
    assert [row["attempts"] for row in await world.rows()] == [2, 1]
    gate.set()


async def test_stopping_finishes_the_call_in_hand_and_leaves_the_rest(world: World) -> None:
    world.platform.gate = asyncio.Event()
    engine = await world.start(parts(3))
    await world.say("một", "1")
    await world.until_tried()
    stopping = asyncio.create_task(engine.stop())
    await asyncio.sleep(0.01)
    world.platform.gate.set()
    await stopping
    assert await world.states() == [OutboxState.DELIVERED, OutboxState.WAITING, OutboxState.WAITING]


async def test_stopping_does_not_wait_for_times_to_come(world: World) -> None:
    world.platform.outcomes = [RETRY]
    world.time.held = True
    engine = await world.start()
    await world.say("một", "1")
    await world.until_tried()
    await asyncio.wait_for(engine.stop(), 5)
    assert await world.states() == [OutboxState.WAITING]


async def test_a_call_that_another_key_sealed_is_dead_and_blocks_nothing(world: World, database: UnitOfWork) -> None:
    world.platform.outcomes = [Sent(SendStatus.RETRY, retry_after=0.0)]
    await world.start()
    await world.engines[-1]._sender.stop()
    await world.say("một", "1")
    async with database.write() as session:
        await session.execute(outbox.update().values(body=b"\x01 something else entirely, long enough"))
    await world.start()
    await world.until([OutboxState.DEAD])
    assert world.platform.tries == []
    assert "cannot be opened" in (await world.rows())[0]["detail"]


async def test_a_flaky_platform_gets_everything_once_and_in_order(world: World) -> None:
    chance = random.Random(5)
    kinds: list[Callable[[], Sent | Exception]] = [
        lambda: Sent(SendStatus.OK),
        lambda: Sent(SendStatus.RETRY, retry_after=chance.uniform(0, 3)),
        lambda: RETRY,
        lambda: Sent(SendStatus.AUTH),
        lambda: RuntimeError(),
    ]
    world.platform.outcomes = [chance.choices(kinds, (5, 2, 2, 1, 1))[0]() for _ in range(400)]
    await world.start(send_limits=SendLimits(attempts=50))

    async def talk(name: str) -> None:
        for number in range(5):
            await world.say(str(number), str(number), name)

    await asyncio.gather(*(talk(f"c{number}") for number in range(8)))
    await world.until([OutboxState.DELIVERED] * 40)
    for number in range(8):
        assert world.texts(f"c{number}") == [f"Bạn viết: **{n}** (lượt {n + 1})" for n in range(5)]


async def test_a_retry_that_is_due_later_survives_a_restart(world: World) -> None:
    world.time.held = True
    world.platform.outcomes = [Sent(SendStatus.RETRY, retry_after=600)]
    engine = await world.start()
    await world.say("một", "1")
    await world.until_tried()
    await engine.stop()
    assert (await world.rows())[0]["due_at"] == NOW + timedelta(seconds=600)
    world.time.held = False
    await world.start()
    await world.until([OutboxState.DELIVERED])
    assert world.time.clock() >= NOW + timedelta(seconds=600)


async def test_a_process_that_lost_the_conversation_meanwhile_makes_no_call(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = [""]
    begin = OutboxStore.begin

    async def stands_still(self: OutboxStore, session: AsyncSession, attempts: Sequence[Attempt]) -> list[bool]:
        begun = await begin(self, session, attempts)
        owners.clear()
        return begun

    monkeypatch.setattr(OutboxStore, "begin", stands_still)
    monkeypatch.setattr(Alone, "owner", lambda *_: owners[0] if owners else None)
    await world.start()
    await world.say("một", "1")
    await world.until([OutboxState.SENDING])
    await world.engines[-1].stop()
    assert not world.platform.tries


async def test_what_waited_too_long_is_given_up_blanked_and_not_sent_and_later_replies_leave_in_order(
    world: World,
) -> None:
    world.platform.outcomes = [RETRY]
    world.time.held = True
    await world.start(parts(2))
    await world.say("một", "1")
    await world.until_tried()
    await world.until([OutboxState.WAITING] * 2)
    assert await give_up_waiting(world.database, NOW + timedelta(days=1), NOW) == 2
    world.time.held = False
    await world.say("hai", "2")
    await world.until([OutboxState.DEAD] * 2 + [OutboxState.DELIVERED] * 2)
    assert [call.body["text"] for call in world.platform.tries] == ["0", "0", "1"]
    old = (await world.rows())[:2]
    assert [(row["body"], row["detail"], row["due_at"]) for row in old] == [(None, TOO_OLD, None)] * 2
    async with world.database.write() as session:
        assert await send_again(session, None, None) == []


async def test_what_was_accepted_is_recorded_before_all_else_that_waits_to_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, bool] = {}
    run = GroupCommit.run

    async def noted(self: GroupCommit, write: Any, entry: Any, committed: Any, *, urgent: bool = False) -> Any:
        seen[write.__name__] = urgent
        return await run(self, write, entry, committed, urgent=urgent)

    monkeypatch.setattr(GroupCommit, "run", noted)
    await world.start()
    await world.say("một", "1")
    await world.until([OutboxState.DELIVERED])
    assert (seen["begin"], seen["end"]) == (False, True)
