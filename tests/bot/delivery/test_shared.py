"""Several processes on one PostgreSQL: each conversation in one place at a time, whoever takes its messages in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import func, select, update

from bot.channels.contract import Reply
from bot.delivery.ports import Hear
from bot.delivery.records import Answer
from bot.delivery.shared import ShareTimes
from bot.delivery.tables import InboxState, inbox, lease, outbox, worker
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.delivery.conftest import eventually
from tests.bot.delivery.sharing import Process
from tests.bot.messages import inbound, ref
from tests.databases import Tables, without_rows
from tests.fakes.dialogue import FakeDialogue

pytestmark = pytest.mark.postgres
Build = Callable[..., Process]


@pytest.fixture
async def shared_database(migrated_postgres: Tables) -> AsyncIterator[UnitOfWork]:
    work = UnitOfWork(open_engine(migrated_postgres.url))
    await without_rows(work.engine, migrated_postgres)
    yield work
    await work.close()


@pytest.fixture
async def process(migrated_postgres: Tables, shared_database: UnitOfWork) -> AsyncIterator[Build]:
    built: list[Process] = []

    def build(dialogue: FakeDialogue | None = None, times: ShareTimes | None = None) -> Process:
        more = {"times": times} if times else {}
        built.append(Process(migrated_postgres.url, dialogue or FakeDialogue(), **more))
        return built[-1]

    yield build
    for one in built:
        await one.stop()


async def ask(at: Process, words: str, id: str, conversation: str = "c1", channel: str = "web") -> Answer:
    received = await at.engine.receive(inbound(words, id, conversation, channel))
    return await at.engine.answer(received, 10)


def texts(answer: Answer) -> list[str]:
    return [call.call.body["text"] for call in answer.calls]


async def test_a_conversation_goes_on_whichever_process_takes_the_message_in(process: Build) -> None:
    one, two = process(), process()
    await one.engine.start()
    await two.engine.start()
    for number in range(6):
        at = (one, two)[number % 2]
        assert texts(await ask(at, str(number), f"m{number}")) == [f"Bạn viết: **{number}** (lượt {number + 1})"]
    assert sorted([*one.dialogue.seen, *two.dialogue.seen]) == [str(number) for number in range(6)]


async def test_messages_taken_in_by_two_processes_at_once_keep_their_order(process: Build) -> None:
    # Long leases: on a machine that stands still for a second a short one would be lost, which is another test's matter.
    times = ShareTimes(lease=60.0, look=0.1, idle=0.3)
    one, two = (process(FakeDialogue(seconds=0.02), times=times) for _ in range(2))
    await one.engine.start()
    await two.engine.start()
    received = []
    for number in range(12):
        at = (one, two)[number % 2]
        received.append((at, await at.engine.receive(inbound(str(number), f"m{number}"))))
    answers = [await at.engine.answer(each, 10) for at, each in received]
    assert [texts(answer)[0] for answer in answers] == [f"Bạn viết: **{n}** (lượt {n + 1})" for n in range(12)]
    assert one.dialogue.most_at_once + two.dialogue.most_at_once == 1


async def test_the_work_of_a_process_that_fell_silent_is_taken_over(process: Build) -> None:
    silent = process(FakeDialogue(gate=asyncio.Event()))
    await silent.engine.start()
    for number in range(3):
        await silent.engine.receive(inbound(str(number), f"m{number}"))
    await silent.fall_silent()
    other = process()
    await other.engine.start()

    async def taken_over() -> bool:
        return len(other.dialogue.seen) == 3

    await eventually(taken_over)
    assert other.dialogue.seen == ["0", "1", "2"]
    again = await other.engine.receive(inbound("2", "m2"))
    assert texts(await other.engine.answer(again, 10)) == ["Bạn viết: **2** (lượt 3)"]


async def test_nothing_is_taken_from_a_process_that_lives(process: Build) -> None:
    slow = process(FakeDialogue(gate=asyncio.Event()))
    await slow.engine.start()
    await slow.engine.receive(inbound("một", "1"))
    other = process()
    await other.engine.start()
    await asyncio.sleep(1.5)
    assert other.dialogue.seen == []
    assert slow.dialogue.seen == ["một"]


async def test_a_process_that_wakes_up_after_it_was_taken_for_dead_changes_nothing(
    process: Build, shared_database: UnitOfWork
) -> None:
    silent = process(FakeDialogue(gate=asyncio.Event()))
    await silent.engine.start()
    await silent.engine.receive(inbound("0", "m0"))
    await silent.engine.receive(inbound("1", "m1"))
    await silent.fall_silent()
    other = process()
    await other.engine.start()

    async def taken_over() -> bool:
        async with shared_database.read() as session:
            return await session.scalar(select(func.count()).where(inbox.c.state == InboxState.DONE)) == 2

    await eventually(taken_over)
    assert silent.dialogue.gate is not None
    silent.dialogue.gate.set()
    await asyncio.sleep(0.1)
    assert silent.dialogue.seen == ["0"]
    async with shared_database.read() as session:
        assert await session.scalar(select(func.count()).select_from(outbox)) == 2


async def test_a_process_that_was_taken_for_dead_goes_on_under_a_new_name(process: Build) -> None:
    one = process()
    await one.engine.start()
    assert texts(await ask(one, "một", "1")) == ["Bạn viết: **một** (lượt 1)"]
    name = one.share._holding.me
    async with one.database.write() as session:
        await session.execute(worker.delete())

    async def renamed() -> bool:
        return one.share._holding.me != name

    await eventually(renamed)
    assert texts(await ask(one, "hai", "2")) == ["Bạn viết: **hai** (lượt 2)"]


async def test_a_message_that_nobody_can_open_is_told_of_once_and_stops_nothing(
    process: Build, shared_database: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    silent = process(FakeDialogue(gate=asyncio.Event()))
    await silent.engine.start()
    await silent.engine.receive(inbound("một", "1"))
    await silent.fall_silent()
    async with shared_database.write() as session:
        await session.execute(update(inbox).values(body=b"\x01 sealed with a key that is gone"))
        await session.execute(worker.delete())
    other = process()
    await other.engine.start()
    assert texts(await ask(other, "hai", "2")) == ["Bạn viết: **hai** (lượt 1)"]
    await asyncio.sleep(0.5)
    assert caplog.text.count("cannot be opened") == 1


async def test_idle_conversations_are_given_back(process: Build, shared_database: UnitOfWork) -> None:
    one = process()
    await one.engine.start()
    await ask(one, "một", "1")

    async def free() -> bool:
        async with shared_database.read() as session:
            return await session.scalar(select(func.count()).select_from(lease)) == 0

    await eventually(free)
    two = process()
    await two.engine.start()
    assert texts(await ask(two, "hai", "2")) == ["Bạn viết: **hai** (lượt 2)"]
    assert two.dialogue.seen == ["hai"]
    await eventually(free)
    assert texts(await ask(one, "ba", "3")) == ["Bạn viết: **ba** (lượt 3)"]


async def test_stopping_lets_the_others_go_on_at_once(process: Build) -> None:
    patient = ShareTimes(lease=600, look=600, idle=600)
    one, two = process(FakeDialogue(seconds=0.05), patient), process(times=patient)
    await one.engine.start()
    await two.engine.start()
    for number in range(3):
        await one.engine.receive(inbound(str(number), f"m{number}"))
    await one.engine.stop()
    last = await two.engine.receive(inbound("2", "m2"))

    async def told() -> bool:
        return texts(await two.engine.answer(last, 0)) == ["Bạn viết: **2** (lượt 3)"]

    await eventually(told)
    assert one.dialogue.seen + two.dialogue.seen == ["0", "1", "2"]
    assert two.dialogue.seen


async def test_who_waits_elsewhere_is_woken_without_looking(process: Build) -> None:
    patient = ShareTimes(lease=600, look=600, idle=600)
    one, two = process(times=patient), process(times=patient)
    await one.engine.start()
    await two.engine.start()
    await ask(one, "một", "1")
    reading = asyncio.create_task(two.engine.history(ref(), (await two.engine.history(ref())).cursor, seconds=10))
    assert texts(await ask(two, "hai", "2")) == ["Bạn viết: **hai** (lượt 2)"]
    assert one.dialogue.seen == ["một", "hai"]
    assert (await asyncio.wait_for(reading, 5)).said


async def test_a_message_whose_signal_was_lost_is_answered_before_the_next_one(process: Build) -> None:
    patient = ShareTimes(lease=600, look=600, idle=600)
    one, two = process(times=patient), process(times=patient)
    await one.engine.start()
    await two.engine.start()
    await ask(two, "một", "1")
    await two.signals.stop()
    await one.engine.receive(inbound("hai", "2"))
    await two.signals.start(two.share._hear)
    last = await one.engine.receive(inbound("ba", "3"))
    assert texts(await one.engine.answer(last, 10)) == ["Bạn viết: **ba** (lượt 3)"]
    assert two.dialogue.seen == ["một", "hai", "ba"]


async def test_a_process_hears_of_messages_before_it_takes_its_first_conversation(process: Build) -> None:
    silent, other = process(FakeDialogue(gate=asyncio.Event())), process()
    await silent.engine.start()
    await silent.engine.receive(inbound("một", "1"))
    await silent.fall_silent()
    async with silent.database.write() as session:
        await session.execute(worker.delete())
    listen, taken = other.signals.start, []

    async def slowly(hear: Hear) -> None:
        await asyncio.sleep(0.2)
        taken.extend(other.share._holding.all())
        await listen(hear)

    other.signals.start = slowly  # type: ignore[method-assign]
    await other.engine.start()
    assert taken == []
    assert texts(await ask(other, "hai", "2")) == ["Bạn viết: **hai** (lượt 2)"]


async def test_what_a_dead_process_left_is_in_hand_once_the_next_one_has_started(process: Build) -> None:
    dead, other = process(FakeDialogue(gate=asyncio.Event())), process(FakeDialogue(gate=asyncio.Event()))
    await dead.engine.start()
    received = await dead.engine.receive(inbound("một", "1"))
    await dead.fall_silent()
    async with dead.database.write() as session:
        await session.execute(worker.delete())
    await other.engine.start()
    assert other.engine.answering(received)


async def test_a_notice_reaches_a_page_that_is_open_elsewhere(process: Build) -> None:
    patient = ShareTimes(lease=600, look=600, idle=600)
    one, two = process(times=patient), process(times=patient)
    await one.engine.start()
    await two.engine.start()
    reading = asyncio.create_task(two.engine.history(ref(), seconds=10))
    await asyncio.sleep(0.05)
    async with one.database.write() as session:
        await one.engine.notify(session, ref(), Reply("xong"), "k")
    assert len((await asyncio.wait_for(reading, 5)).said) == 1


async def test_what_a_silent_process_had_not_sent_is_sent_by_another_in_order(process: Build) -> None:
    silent = process(FakeDialogue(replies=(Reply("a"), Reply("b"))))
    silent.platform.gate = asyncio.Event()
    await silent.engine.start()
    await ask(silent, "một", "1", channel="fake")
    await silent.fall_silent()
    other = process()
    await other.engine.start()

    async def sent() -> bool:
        return len(other.platform.sent) == 2

    await eventually(sent)
    assert [call.body["text"] for call in other.platform.sent] == ["a", "b"]
    # The call that hung was broken off before: were it accepted now, "a" would come again behind "b".
    silent.platform.gate.set()
    await asyncio.sleep(0.05)
    assert silent.platform.sent == []


async def test_under_load_with_one_that_falls_silent_everything_is_answered_once_and_in_order(
    process: Build, shared_database: UnitOfWork
) -> None:
    processes = [process(FakeDialogue(seconds=0.005)) for _ in range(3)]
    for one in processes:
        await one.engine.start()

    async def talk(name: str) -> None:
        for number in range(6):
            for at in (processes[number % 2], processes[(number + 1) % 2]):
                # Each message comes twice, at two processes: a webhook that the platform repeats.
                await at.engine.receive(inbound(str(number), f"m{number}", name, "fake"))
            await asyncio.sleep(0.01)

    talks = asyncio.gather(*(talk(f"c{number}") for number in range(8)))
    await asyncio.sleep(0.05)
    await processes[2].fall_silent()
    await talks

    async def answered() -> bool:
        async with shared_database.read() as session:
            open_ones = select(func.count()).where(inbox.c.state == InboxState.NEW)
            unsent = select(func.count()).where(outbox.c.state != "delivered")
            return await session.scalar(open_ones) == 0 and await session.scalar(unsent) == 0

    await eventually(answered)
    for number in range(8):
        sent = [call.body["text"] for one in processes for call in one.platform.sent if call.body["to"] == f"c{number}"]
        assert sorted(sent) == sorted(f"Bạn viết: **{n}** (lượt {n + 1})" for n in range(6))
