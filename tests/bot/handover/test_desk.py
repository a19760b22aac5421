"""Officials answer people on their own channel: taken by one, said once, given back. On real databases and a real delivery."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.channels.contract import InboundKind, NativeCall, Ref
from bot.delivery.engine import Engine
from bot.handover.desk import Done, HandOverDesk
from bot.handover.lines import Who, words_of
from bot.handover.outlook import OpenRequests, usual_wait
from bot.handover.store import HandOverStore
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from tests.bot.delivery.conftest import engine_on
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import NOW, inbound, ref
from tests.fakes.dialogue import FakeDialogue

HOURS = load_working_time().hours()
MINUTE = timedelta(minutes=1)


@dataclass
class Place:
    """A desk, and what the dialogue behind it hears."""

    desk: HandOverDesk
    engine: Engine
    dialogue: FakeDialogue
    database: UnitOfWork

    async def ask(self, conversation: str = "c1", language: str = "vi", channel: str = "web") -> int:
        """Let somebody ask for a person."""
        async with self.database.write() as session:
            number = await HandOverStore().ask(session, ref(conversation, channel), "khai sinh", NOW, language)
        assert number is not None
        return number

    async def said(self, conversation: str = "c1") -> list[str]:
        """Return what officials said in a conversation; the dialogue behind it echoes everything."""
        history = await self.engine.history(ref(conversation))
        said = [words_of(one.stored.call) for one in history.said if one.stored is not None]
        return [words for words in said if not words.startswith("Bạn viết")]

    async def staff(self) -> list[object]:
        """Return the notes to the assistant that an official speaks, when their turns are done."""
        for one in (await self.engine.history(ref())).said:
            if one.inbound is not None:
                await self.engine.answer(await self.engine.receive(one.inbound), 20)
        return [one.data.get("back", False) for one in self.dialogue.heard if one.kind is InboundKind.STAFF]


@pytest.fixture
async def place(database: UnitOfWork) -> AsyncIterator[Place]:
    dialogue = FakeDialogue()
    engine = engine_on(database, dialogue)
    await engine.start()
    yield Place(HandOverDesk(database, HandOverStore(), engine, TEXTS), engine, dialogue, database)
    await engine.stop()


async def test_who_waits_is_taken_by_one_official_and_told_so(place: Place) -> None:
    number = await place.ask()

    assert await place.desk.take(number, "lan", NOW) is Done.YES
    assert await place.desk.take(number, "binh", NOW + MINUTE) is Done.NOT_YOURS

    assert [one.official for one in (await place.desk.waiting("lan")).mine] == ["lan"]
    assert [one.official for one in (await place.desk.waiting("binh")).others] == ["lan"]
    (said,) = await place.said()
    assert "đã nhận cuộc trò chuyện" in said
    assert await place.staff() == [False]


async def test_a_reply_is_said_once_as_an_officials_and_keeps_the_assistant_silent(place: Place) -> None:
    number = await place.ask()
    await place.desk.take(number, "lan", NOW)

    for _ in range(2):
        assert await place.desk.reply(number, "lan", "Bác mang căn cước ạ", "0" * 16, NOW) is Done.YES

    assert (await place.said())[1:] == ["👤 Cán bộ trả lời:\nBác mang căn cước ạ"]
    assert await place.staff() == [False, False]
    talk = await place.desk.talk(number, "lan", "0" * 16)
    assert talk is not None
    assert talk.told is not None
    assert not talk.told.missed
    assert all(line.who is Who.HOUSE for line in talk.lines)


async def test_nobody_reads_or_answers_a_conversation_in_other_hands(place: Place) -> None:
    number = await place.ask()
    assert await place.desk.talk(number, "lan") is None
    await place.desk.take(number, "lan", NOW)

    assert await place.desk.talk(number, "binh") is None
    assert await place.desk.reply(number, "binh", "xin chào", "1" * 16, NOW) is Done.NOT_YOURS
    assert await place.desk.give_back(number, "binh", NOW) is Done.NOT_YOURS
    assert await place.desk.let_go(number, "binh") is Done.NOT_YOURS
    assert len(await place.said()) == 1


async def test_a_conversation_given_back_is_the_assistants_again_and_may_ask_anew(place: Place) -> None:
    number = await place.ask(language="en")
    await place.desk.take(number, "lan", NOW)

    assert await place.desk.give_back(number, "lan", NOW) is Done.YES
    assert await place.desk.give_back(number, "lan", NOW) is Done.NOT_YOURS

    assert (await place.said())[-1].startswith("The official has finished")
    assert await place.staff() == [False, True]
    assert (await place.desk.waiting("lan")).mine == []
    assert await place.ask() != number


async def test_a_conversation_let_go_waits_again_and_is_not_asked_for_twice(place: Place) -> None:
    number = await place.ask()
    await place.desk.take(number, "lan", NOW)
    assert await place.desk.let_go(number, "lan") is Done.YES

    assert [one.id for one in (await place.desk.waiting("lan")).open] == [number]
    async with place.database.write() as session:
        assert await HandOverStore().ask(session, ref(), "lần nữa", NOW) is None


async def test_what_the_person_writes_meanwhile_is_seen_by_the_official(place: Place) -> None:
    number = await place.ask()
    await place.desk.take(number, "lan", NOW)
    await place.engine.answer(await place.engine.receive(inbound("em ở xã Tịnh Khê", "m9")), 20)

    talk = await place.desk.talk(number, "lan")
    assert talk is not None
    assert "em ở xã Tịnh Khê" in [line.text for line in talk.lines if line.who is Who.CITIZEN]


async def test_what_was_said_days_before_the_request_is_not_read(place: Place) -> None:
    await place.engine.answer(await place.engine.receive(inbound("tôi muốn tố cáo anh Lan", "m8")), 20)
    later = NOW + timedelta(days=3)
    async with place.database.write() as session:
        number = await HandOverStore().ask(session, ref(), "khai sinh", later)
    assert number is not None
    await place.desk.take(number, "lan", later)
    talk = await place.desk.talk(number, "lan")
    assert talk is not None
    assert not [line.text for line in talk.lines if line.who is Who.CITIZEN]


async def test_a_channel_that_is_off_is_told_to_the_official(place: Place) -> None:
    number = await place.ask(channel="telegram")
    assert await place.desk.take(number, "lan", NOW) is Done.CHANNEL_OFF
    assert await place.desk.reply(number, "lan", "xin chào", "2" * 16, NOW) is Done.CHANNEL_OFF
    assert [one.id for one in (await place.desk.waiting("lan")).mine] == [number]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Chào <b>bác</b> &amp; cô"},
        {"recipient": {}, "message": {"text": "Chào bác & cô"}},
        {"person": "1", "call": {"method": "cs", "body": {"message": {"text": "Chào **bác** & cô"}}}},
    ],
)
def test_the_words_of_every_channels_calls_are_read(body: dict[str, object]) -> None:
    assert words_of(NativeCall("send", body)) == "Chào bác & cô"


def test_a_wait_is_told_only_when_enough_people_waited_and_nights_do_not_count() -> None:
    friday_evening = NOW.replace(day=20, hour=9, minute=50)
    monday_morning = NOW.replace(day=23, hour=0, minute=42)
    waits = [(friday_evening, monday_morning)] * 4
    assert usual_wait(waits, HOURS) is None
    worked = HOURS.between(friday_evening, monday_morning) / MINUTE
    assert 0 < worked < 60
    told = usual_wait([*waits, waits[0]], HOURS)
    assert told is not None
    assert worked <= told < worked + 5


async def test_the_wait_is_counted_from_asking_to_the_first_taking(place: Place) -> None:
    look = OpenRequests(place.database, HandOverStore(), HOURS)
    monday = NOW.replace(day=23, hour=2)
    async with place.database.write() as session:
        for person in range(5):
            where = Ref("web", "default", f"p{person}")
            number = await HandOverStore().ask(session, where, "", monday)
            assert number is not None
            assert await HandOverStore().take(session, number, "lan", monday + 12 * MINUTE)
            assert await HandOverStore().let_go(session, number, "lan")
            assert await HandOverStore().take(session, number, "lan", monday + 60 * MINUTE)
    assert (await look.outlook(monday + 60 * MINUTE)).minutes == 15
    assert (await look.outlook(monday + timedelta(days=40))).minutes is None
