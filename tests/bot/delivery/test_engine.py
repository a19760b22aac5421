"""What the engine promises: nothing lost, nothing doubled, nothing out of order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bot.delivery.alone import Alone
from bot.delivery.errors import DifferentMessageError, StoppedError
from bot.delivery.records import Answer
from bot.delivery.tables import InboxState, conversation, inbox, outbox
from bot.delivery.turns import TurnLimits
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import House, engine_on, eventually
from tests.bot.messages import inbound, ref
from tests.fakes.channel import FakeChannel
from tests.fakes.dialogue import FakeDialogue

Build = Callable[..., House]


async def ask(house: House, text: str, id: str, conversation: str = "c1") -> Answer:
    received = await house.engine.receive(inbound(text, id, conversation))
    return await house.engine.answer(received, 10)


def texts(answer: Answer) -> list[str]:
    return [call.call.body["text"] for call in answer.calls]


async def test_a_message_is_answered_and_the_conversation_remembers(house: Build) -> None:
    one = house()
    await one.engine.start()
    assert texts(await ask(one, "một", "1")) == ["Bạn viết: **một** (lượt 1)"]
    assert texts(await ask(one, "hai", "2")) == ["Bạn viết: **hai** (lượt 2)"]


async def test_the_same_id_twice_has_one_effect_and_gives_its_replies_again(house: Build) -> None:
    one = house()
    await one.engine.start()
    first = await ask(one, "một", "1")
    again = await ask(one, "một", "1")
    assert [call.key for call in again.calls] == [call.key for call in first.calls]
    assert texts(again) == texts(first)
    assert one.dialogue.seen == ["một"]


async def test_the_same_id_sent_twenty_times_at_once_has_one_effect(house: Build) -> None:
    one = house(FakeDialogue(seconds=0.02))
    await one.engine.start()
    answers = await asyncio.gather(*(ask(one, "một", "1") for _ in range(20)))
    assert {tuple(texts(answer)) for answer in answers} == {("Bạn viết: **một** (lượt 1)",)}
    assert one.dialogue.seen == ["một"]


async def test_the_same_id_after_a_restart_gives_its_replies_again(house: Build) -> None:
    one = house()
    await one.engine.start()
    first = await ask(one, "một", "1")
    await one.engine.stop()
    two = house()
    await two.engine.start()
    assert texts(await ask(two, "một", "1")) == texts(first)
    assert two.dialogue.seen == []
    assert texts(await ask(two, "hai", "2")) == ["Bạn viết: **hai** (lượt 2)"]


async def test_the_same_id_with_another_text_is_refused(house: Build) -> None:
    one = house()
    await one.engine.start()
    await ask(one, "một", "1")
    with pytest.raises(DifferentMessageError):
        await one.engine.receive(inbound("khác", "1"))


async def test_messages_of_one_conversation_are_answered_in_order_one_at_a_time(house: Build) -> None:
    one = house(FakeDialogue(seconds=0.005))
    await one.engine.start()
    received = [await one.engine.receive(inbound(str(n), f"m{n}")) for n in range(10)]
    answers = [await one.engine.answer(each, 10) for each in received]
    assert one.dialogue.seen == [str(n) for n in range(10)]
    assert one.dialogue.most_at_once == 1
    assert [texts(answer)[0] for answer in answers] == [f"Bạn viết: **{n}** (lượt {n + 1})" for n in range(10)]


async def test_fifty_conversations_are_answered_side_by_side(house: Build) -> None:
    one = house(FakeDialogue(seconds=0.02))
    await one.engine.start()

    async def talk(name: str) -> list[str]:
        return [texts(await ask(one, f"{name}/{n}", str(n), name))[0] for n in range(5)]

    spoken = await asyncio.gather(*(talk(f"c{k}") for k in range(50)))
    for k, lines in enumerate(spoken):
        assert lines == [f"Bạn viết: **c{k}/{n}** (lượt {n + 1})" for n in range(5)]
    assert one.dialogue.most_at_once > 10


async def test_what_a_dead_process_left_is_answered_by_the_next_in_order(house: Build) -> None:
    dead = house(FakeDialogue(gate=asyncio.Event()))
    await dead.engine.start()
    for n in range(3):
        await dead.engine.receive(inbound(str(n), f"m{n}"))
    await asyncio.sleep(0.01)
    two = house()
    await two.engine.start()
    received = await two.engine.receive(inbound("2", "m2"))
    assert texts(await two.engine.answer(received, 10)) == ["Bạn viết: **2** (lượt 3)"]
    assert two.dialogue.seen == ["0", "1", "2"]


async def test_a_turn_that_two_processes_ran_is_stored_once(house: Build, database: UnitOfWork) -> None:
    slow = house(FakeDialogue(gate=asyncio.Event()))
    await slow.engine.start()
    received = await slow.engine.receive(inbound("một", "1"))
    await asyncio.sleep(0.01)
    quick = house()
    await quick.engine.start()
    first = await quick.engine.answer(received, 10)
    assert slow.dialogue.gate is not None
    slow.dialogue.gate.set()
    second = await slow.engine.answer(received, 10)
    assert texts(second) == texts(first)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(outbox)) == 1


async def test_a_state_that_another_process_changed_is_read_again(house: Build) -> None:
    one, two = house(), house()
    await one.engine.start()
    await two.engine.start()
    await ask(one, "một", "1")
    await ask(two, "hai", "2")
    assert texts(await ask(one, "ba", "3")) == ["Bạn viết: **ba** (lượt 3)"]


async def test_a_turn_that_fails_once_is_tried_again(house: Build) -> None:
    one = house(FakeDialogue(failures=1))
    await one.engine.start()
    assert texts(await ask(one, "một", "1")) == ["Bạn viết: **một** (lượt 1)"]


async def test_a_turn_that_always_fails_is_apologised_for_and_blocks_nothing(
    house: Build, database: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    one = house(FakeDialogue(failures=3))
    await one.engine.start()
    with caplog.at_level(logging.DEBUG):
        assert texts(await ask(one, "số căn cước", "1")) == ["Xin lỗi"]
    assert texts(await ask(one, "hai", "2")) == ["Bạn viết: **hai** (lượt 1)"]
    async with database.read() as session:
        states = list(await session.scalars(select(inbox.c.state).order_by(inbox.c.id)))
    assert states == [InboxState.FAILED, InboxState.DONE]
    assert "DialogueFault" in caplog.text
    assert "số căn cước" not in caplog.text


async def test_a_turn_that_hangs_is_ended(house: Build) -> None:
    one = house(FakeDialogue(gate=asyncio.Event()), limits=TurnLimits(seconds=0.01))
    await one.engine.start()
    assert texts(await ask(one, "một", "1")) == ["Xin lỗi"]


async def test_a_message_that_keeps_bringing_the_process_down_is_given_up(house: Build) -> None:
    limits = TurnLimits(recoveries=2)
    for _ in range(3):
        dead = house(FakeDialogue(gate=asyncio.Event()), limits=limits)
        await dead.engine.start()
        await dead.engine.receive(inbound("một", "1"))
        await dead.engine.receive(inbound("hai", "2"))
    last = house(limits=limits)
    await last.engine.start()
    assert texts(await ask(last, "một", "1")) == ["Xin lỗi"]
    assert texts(await ask(last, "hai", "2")) == ["Bạn viết: **hai** (lượt 1)"]


async def test_stopping_finishes_the_turn_in_hand_and_leaves_the_rest(house: Build, database: UnitOfWork) -> None:
    one = house(FakeDialogue(seconds=0.05))
    await one.engine.start()
    for n in range(3):
        await one.engine.receive(inbound(str(n), f"m{n}"))
    await asyncio.sleep(0.01)
    await one.engine.stop()
    async with database.read() as session:
        states = list(await session.scalars(select(inbox.c.state).order_by(inbox.c.id)))
    assert states == [InboxState.DONE, InboxState.NEW, InboxState.NEW]
    with pytest.raises(StoppedError):
        await one.engine.receive(inbound("thêm", "m9"))


async def test_nobody_waits_longer_than_told(house: Build) -> None:
    one = house(FakeDialogue(gate=asyncio.Event()))
    await one.engine.start()
    received = await one.engine.receive(inbound("một", "1"))
    assert not (await one.engine.answer(received, 0.01)).finished


async def test_a_caller_who_went_away_is_answered_all_the_same(house: Build) -> None:
    one = house()
    await one.engine.start()
    call = asyncio.create_task(one.engine.receive(inbound("một", "1")))
    await asyncio.sleep(0)
    call.cancel()
    assert texts(await ask(one, "hai", "2")) == ["Bạn viết: **hai** (lượt 2)"]


async def test_history_tells_both_sides_in_order_and_reads_on_from_a_cursor(house: Build) -> None:
    one = house()
    await one.engine.start()
    await ask(one, "một", "1")
    first = await one.engine.history(ref())
    sides = [said.inbound.text if said.inbound else "bot" for said in first.said]
    assert sides == ["một", "bot"]
    assert not first.pending
    await ask(one, "hai", "2")
    more = await one.engine.history(ref(), first.cursor)
    assert [said.inbound.text if said.inbound else "bot" for said in more.said] == ["hai", "bot"]
    assert (await one.engine.history(ref("another"))).said == ()


async def test_a_reader_is_woken_by_the_reply(house: Build) -> None:
    gate = asyncio.Event()
    one = house(FakeDialogue(gate=gate))
    await one.engine.start()
    await one.engine.receive(inbound("một", "1"))
    before = await one.engine.history(ref())
    assert before.pending
    reading = asyncio.create_task(one.engine.history(ref(), before.cursor, seconds=10))
    await asyncio.sleep(0.01)
    gate.set()
    after = await asyncio.wait_for(reading, 5)
    assert len(after.said) == 1
    assert not after.pending


async def test_a_reader_goes_home_when_nothing_comes(house: Build) -> None:
    one = house()
    await one.engine.start()
    assert (await one.engine.history(ref(), seconds=0.01)).said == ()


async def test_the_trace_is_kept_only_when_asked_for(house: Build) -> None:
    one = house()
    await one.engine.start()
    assert (await ask(one, "một", "1")).trace is None
    two = house(limits=TurnLimits(keep_trace=True))
    await two.engine.start()
    assert (await ask(two, "hai", "2")).trace == {"intent": "echo", "turn": 2}
    assert (await ask(two, "hai", "2")).trace == {"intent": "echo", "turn": 2}


async def test_the_version_rises_with_each_turn(house: Build, database: UnitOfWork) -> None:
    one = house()
    await one.engine.start()
    for n in range(3):
        await ask(one, "x", str(n))
    async with database.read() as session:
        assert await session.scalar(select(conversation.c.version)) == 3


async def test_messages_of_a_channel_that_is_switched_off_wait_until_it_is_on_again(database: UnitOfWork) -> None:
    platform = FakeChannel()
    on = engine_on(database, FakeDialogue(gate=asyncio.Event()), platform=platform)
    await on.start()
    await on.receive(inbound("xin chào", "f1", channel="fake"))
    off = engine_on(database)
    await off.start()
    received = await off.receive(inbound("một", "1"))
    assert (await off.answer(received, 10)).finished
    await off.stop()
    chosen = select(inbox.c.state, inbox.c.recoveries).where(inbox.c.channel == "fake")
    async with database.read() as session:
        assert tuple((await session.execute(chosen)).one()) == (InboxState.NEW, 0)
    again = engine_on(database, platform=platform)
    await again.start()
    await eventually(lambda: _sent(platform))
    await again.stop()


async def _sent(platform: FakeChannel) -> bool:
    return bool(platform.sent)


async def test_a_message_that_fails_while_the_house_closes_is_not_overtaken_by_the_next_one(
    house: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Event()
    one = house(FakeDialogue(gate=gate, failures=1))
    await one.engine.start()
    first = await one.engine.receive(inbound("một", "1"))
    await one.engine.receive(inbound("hai", "2"))

    async def quiet(_: Alone) -> None:
        gate.set()
        await one.engine.answer(first, 10)
        for _ in range(5):
            await asyncio.sleep(0)

    monkeypatch.setattr(Alone, "quiet", quiet)
    await one.engine.stop()
    assert one.dialogue.seen == ["một"]
