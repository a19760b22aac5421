"""Officials answer people on their own channel: taken by one, said once, given back. On real databases and a real delivery."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import InboundKind
from bot.delivery.engine import Engine
from bot.handover.desk import Done, HandOverDesk
from bot.handover.lines import Who, words_of
from bot.handover.owning import Owning
from bot.handover.store import HandOverStore
from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, Role
from feedback.office import Office, Unit
from feedback.working_time.loading import load_working_time
from tests.bot.delivery.conftest import engine_on
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import NOW, inbound, ref
from tests.fakes.dialogue import FakeDialogue

HOURS = load_working_time().hours()
MINUTE = timedelta(minutes=1)
OWNING = Owning(Office(units=(Unit("A", "Văn phòng", receives=True), Unit("B", "Sở B"))), HOURS, 30 * MINUTE)
LAN, BINH = (Actor(name, "A", frozenset({Role.RECEIVER})) for name in ("lan", "binh"))
TU = Actor("tu", "B", frozenset({Role.HANDLER}))


def mask(text: str) -> str:
    """Take the one name of these tests out."""
    return text.replace("An", "•")


@dataclass
class Clock:
    """Gives the moment that it is set to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Return it."""
        return self.now


@dataclass
class Place:
    """A desk, and what the dialogue behind it hears."""

    desk: HandOverDesk
    engine: Engine
    dialogue: FakeDialogue
    database: UnitOfWork
    clock: Clock
    log: list[tuple[str, str, str]]
    """Who did what, and why."""

    @property
    def now(self) -> datetime:
        """Return the present moment."""
        return self.clock.now

    async def ask(self, conversation: str = "c1", language: str = "vi", channel: str = "web", unit: str = "") -> int:
        """Let somebody ask for a person."""
        async with self.database.write() as session:
            number = await HandOverStore().ask(session, ref(conversation, channel), "khai sinh", NOW, language, unit)
        assert number is not None
        return number

    async def hear(self, text: str, later: timedelta = timedelta(0)) -> None:
        """Let the person write something, now or at another time."""
        before, self.clock.now = self.clock.now, self.clock.now + later
        await self.engine.answer(await self.engine.receive(inbound(text, text)), 20)
        self.clock.now = before

    async def ask_an_hour_later(self) -> int:
        """Let an hour pass, and the person ask for an official."""
        self.clock.now += 60 * MINUTE
        async with self.database.write() as session:
            number = await HandOverStore().ask(session, ref(), "khai sinh", self.clock.now)
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
    clock = Clock()
    engine = engine_on(database, dialogue, clock=clock)
    await engine.start()
    log = list[tuple[str, str, str]]()

    async def note(_: AsyncSession, who: str, what: str, about: str, why: str, at: datetime) -> None:
        log.append((who, what.removeprefix("conversation_"), why))

    desk = HandOverDesk(database, HandOverStore(), engine, TEXTS, OWNING, mask, note)
    yield Place(desk, engine, dialogue, database, clock, log)
    await engine.stop()


async def test_who_waits_is_taken_by_one_official_and_told_so(place: Place) -> None:
    number = await place.ask()

    assert await place.desk.take(number, LAN, "trực", NOW) is Done.YES
    assert await place.desk.take(number, BINH, "trực", NOW + MINUTE) is Done.NOT_YOURS

    assert [one.official for one in (await place.desk.waiting(LAN, NOW)).mine] == ["lan"]
    assert [one.official for one in (await place.desk.waiting(BINH, NOW)).others] == ["lan"]
    (said,) = await place.said()
    assert "đã nhận cuộc trò chuyện" in said
    assert await place.staff() == [False]


async def test_a_reply_is_said_once_as_an_officials_and_keeps_the_assistant_silent(place: Place) -> None:
    number = await place.ask()
    await place.desk.take(number, LAN, "trực", NOW)

    for _ in range(2):
        assert await place.desk.reply(number, LAN, "Bác mang căn cước ạ", "0" * 16, NOW) is Done.YES

    assert (await place.said())[1:] == ["👤 Cán bộ trả lời:\nBác mang căn cước ạ"]
    assert await place.staff() == [False, False]
    talk = await place.desk.talk(number, LAN, NOW, "0" * 16)
    assert talk is not None
    assert talk.told is not None
    assert not talk.told.missed
    assert all(line.who is Who.HOUSE for line in talk.lines)


async def test_nobody_reads_or_answers_a_conversation_in_other_hands(place: Place) -> None:
    number = await place.ask()
    assert await place.desk.talk(number, LAN, NOW) is None
    await place.desk.take(number, LAN, "trực", NOW)

    assert await place.desk.talk(number, BINH, NOW) is None
    assert await place.desk.reply(number, BINH, "xin chào", "1" * 16, NOW) is Done.NOT_YOURS
    assert await place.desk.give_back(number, BINH, NOW) is Done.NOT_YOURS
    assert await place.desk.let_go(number, BINH, NOW) is Done.NOT_YOURS
    assert len(await place.said()) == 1


async def test_a_conversation_given_back_is_the_assistants_again_and_may_ask_anew(place: Place) -> None:
    number = await place.ask(language="en")
    await place.desk.take(number, LAN, "trực", NOW)

    assert await place.desk.give_back(number, LAN, NOW) is Done.YES
    assert await place.desk.give_back(number, LAN, NOW) is Done.NOT_YOURS

    assert (await place.said())[-1].startswith("The official has finished")
    assert await place.staff() == [False, True]
    assert (await place.desk.waiting(LAN, NOW)).mine == []
    assert await place.ask() != number


async def test_a_conversation_let_go_waits_again_and_is_not_asked_for_twice(place: Place) -> None:
    number = await place.ask()
    await place.desk.take(number, LAN, "trực", NOW)
    assert await place.desk.let_go(number, LAN, NOW) is Done.YES

    assert [one.id for one in (await place.desk.waiting(LAN, NOW)).open] == [number]
    async with place.database.write() as session:
        assert await HandOverStore().ask(session, ref(), "lần nữa", NOW) is None


async def test_what_the_person_writes_meanwhile_is_seen_by_the_official(place: Place) -> None:
    number = await place.ask()
    await place.desk.take(number, LAN, "trực", NOW)
    await place.engine.answer(await place.engine.receive(inbound("em ở xã Tịnh Khê", "m9")), 20)

    talk = await place.desk.talk(number, LAN, NOW)
    assert talk is not None
    assert "em ở xã Tịnh Khê" in [line.text for line in talk.lines if line.who is Who.CITIZEN]


async def test_before_a_conversation_is_taken_its_words_from_the_request_on_are_masked(place: Place) -> None:
    await place.hear("tôi là An, muốn tố cáo")
    number = await place.ask_an_hour_later()
    await place.hear("tôi tên An")
    talk = await place.desk.glance(number, LAN, place.now)
    assert talk is not None
    assert [line.text for line in talk.lines if line.who is Who.CITIZEN] == ["tôi tên •"]
    assert await place.desk.glance(number, TU, place.now) is None
    await place.desk.take(number, LAN, "trực", place.now)
    assert await place.desk.glance(number, LAN, place.now) is None


async def test_what_was_said_before_the_request_is_read_for_a_reason_and_no_farther_back_than_a_day(
    place: Place,
) -> None:
    await place.hear("ba hôm trước", timedelta(days=-3))
    await place.hear("tôi là An")
    number = await place.ask_an_hour_later()
    await place.desk.take(number, LAN, "trực", place.now)
    await place.hear("alo")
    talk = await place.desk.talk(number, LAN, place.now)
    assert talk is not None
    assert [line.text for line in talk.lines if line.who is Who.CITIZEN] == ["alo"]
    assert await place.desk.before(number, BINH, "tò mò", place.now) is None

    before = await place.desk.before(number, LAN, "chưa rõ hỏi gì", place.now)

    assert before is not None
    assert [line.text for line in before.lines if line.who is Who.CITIZEN] == ["tôi là An"]
    assert place.log == [("lan", "taken", "trực"), ("lan", "read", ""), ("lan", "read_before", "chưa rõ hỏi gì")]


async def test_only_what_is_new_is_told_and_written_down_as_read(place: Place) -> None:
    number = await place.ask()
    await place.desk.take(number, LAN, "trực", NOW)
    assert await place.staff() == [False]
    shown = await place.desk.talk(number, LAN, NOW)
    assert shown is not None
    del place.log[:]

    nothing = await place.desk.news(number, LAN, NOW, shown.cursor)
    assert nothing is not None
    assert (nothing.lines, nothing.cursor, place.log) == ([], shown.cursor, [])
    await place.hear("còn cần gì nữa ạ")
    news = await place.desk.news(number, LAN, NOW, shown.cursor)
    assert news is not None
    assert [line.text for line in news.lines if line.who is Who.CITIZEN] == ["còn cần gì nữa ạ"]
    assert news.cursor != shown.cursor
    assert place.log == [("lan", "read", "")]
    assert await place.desk.news(number, BINH, NOW, shown.cursor) is None


async def test_another_units_official_neither_sees_nor_takes_who_waits_until_they_are_passed_on(place: Place) -> None:
    number = await place.ask()
    assert (await place.desk.waiting(TU, NOW)).open == []
    assert await place.desk.take(number, TU, "tò mò", NOW) is Done.NOT_YOURS
    assert await place.desk.pass_on(number, TU, "B", "của tôi", NOW) is Done.NOT_YOURS
    await place.desk.take(number, LAN, "trực", NOW)

    assert await place.desk.pass_on(number, LAN, "B", "An hỏi việc của Sở B", NOW) is Done.YES

    (waits,) = (await place.desk.waiting(TU, NOW)).open
    assert (waits.unit, waits.note, waits.official) == ("B", "• hỏi việc của Sở B", "")
    assert await place.desk.talk(number, LAN, NOW) is None
    assert (await place.desk.waiting(LAN, NOW)).open == []
    assert place.log[-1] == ("lan", "passed_on", " → B: • hỏi việc của Sở B")
    assert await place.desk.take(number, TU, "trực", NOW) is Done.YES
    assert await place.desk.pass_on(number, LAN, "A", "về lại", NOW) is Done.NOT_YOURS


async def test_what_is_not_done_is_not_written_down_and_what_cannot_be_written_down_is_not_done(
    place: Place,
) -> None:
    number = await place.ask()

    async def fails(*_: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await replace(place.desk, log=fails).take(number, LAN, "trực", NOW)
    assert (await place.desk.waiting(LAN, NOW)).mine == []
    assert await place.said() == []
    assert await place.desk.reply(number, LAN, "xin chào", "2" * 16, NOW) is Done.NOT_YOURS
    assert place.log == []


async def test_a_channel_that_is_off_is_told_to_the_official(place: Place) -> None:
    number = await place.ask(channel="telegram")
    assert await place.desk.take(number, LAN, "trực", NOW) is Done.CHANNEL_OFF
    assert await place.desk.reply(number, LAN, "xin chào", "2" * 16, NOW) is Done.CHANNEL_OFF
    assert [one.id for one in (await place.desk.waiting(LAN, NOW)).mine] == [number]
