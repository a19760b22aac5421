"""Pictures and files that people send are shown to the official who has them, and to nobody else; nothing of them is kept."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.console_areas import hand_over_desk, sent_files
from bot.channels.contract import Inbound, InboundKind, Ref
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.held_store import blank_message
from bot.delivery.records import Arrival
from bot.delivery.said_store import SaidStore
from bot.delivery.store import DeliveryStore
from bot.dossiers.photos import Fetched
from bot.handover.sent_files import Missing, Opened, SentFiles
from bot.handover.steps import Step
from bot.handover.store import HandOverStore
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.actor import Actor, Role
from feedback.attachments.examining import Examiner
from feedback.attachments.kinds import MediaKind, Refusal
from tests.bot.channels.everywhere import running_everywhere
from tests.bot.channels.far_ends import OnTelegram, OnZaloBot, OnZaloOa
from tests.bot.delivery.conftest import SECRET
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import NOW, ref
from tests.fakes.sent_files import FakeFiles
from tests.feedback.attachments.samples import MAKER, pdf, picture

LAN, BINH = (Actor(name, "A", frozenset({Role.RECEIVER})) for name in ("lan", "binh"))
MOST = 100_000
WHERE = ref("c1", "telegram")


@dataclass
class Place:
    """A request in Lan's hands, and what the person sent."""

    database: UnitOfWork
    files: FakeFiles
    shown: SentFiles
    number: int
    log: list[tuple[str, str, str]]

    async def sends(
        self, data: Mapping[str, Any], kind: InboundKind = InboundKind.IMAGE, where: Ref = WHERE, at: datetime = NOW
    ) -> int:
        """Let a message come; return its number."""
        inbound = Inbound(where, f"m{data}{at}", kind, at, data=data)
        async with self.database.write() as session:
            (added,) = await DeliveryStore(AesGcmCipher(SECRET)).add(session, [Arrival(inbound, at)])
        return added.received.id


@pytest.fixture
async def place(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Place]:
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    store, log, files = (
        HandOverStore(),
        list[tuple[str, str, str]](),
        FakeFiles({"p": picture(), "big": b"x" * (MOST + 1)}),
    )

    async def note(_: AsyncSession, who: str, what: str, about: str, why: str, at: datetime) -> None:
        log.append((who, what, about))

    async with database.write() as session:
        number = await store.ask(session, WHERE, "", NOW)
        assert number is not None
        assert await store.take(session, number, LAN.id, NOW)
    messages = SaidStore(AesGcmCipher(SECRET))
    shown = SentFiles(database, store, messages, {"telegram": files}, Examiner(), MOST, note)
    yield Place(database, files, shown, number, log)
    await database.close()


async def test_a_picture_is_made_anew_and_written_down_as_read(place: Place) -> None:
    message = await place.sends({"file": "p", "name": "../a.html"})
    found = await place.shown.open(place.number, LAN, message, NOW)
    assert isinstance(found, Opened)
    assert (found.kind, found.name, found.scanned) == (MediaKind.JPEG, f"a.{MediaKind.JPEG.ending}", False)
    assert MAKER.encode() in place.files.has["p"]
    assert MAKER.encode() not in found.content
    assert place.log == [("lan", Step.FILE_READ.value, f"handover:{place.number}")]


async def test_it_is_shown_to_nobody_but_who_has_the_conversation_and_not_even_fetched(place: Place) -> None:
    message = await place.sends({"file": "p"})
    assert await place.shown.open(place.number, BINH, message, NOW) is Missing.NOT_YOURS
    async with place.database.write() as session:
        await place.shown.store.let_go(session, place.number, LAN.id)
    assert await place.shown.open(place.number, LAN, message, NOW) is Missing.NOT_YOURS
    assert (place.files.asked, place.log) == ([], [])


async def test_who_loses_the_conversation_while_it_is_fetched_sees_nothing(place: Place) -> None:
    message = await place.sends({"file": "p"})

    class Slow(FakeFiles):
        async def fetch(self, file: str, most: int) -> Fetched | None:
            async with place.database.write() as session:
                await place.shown.store.let_go(session, place.number, LAN.id)
            return await super().fetch(file, most)

    shown = replace(place.shown, fetchers={"telegram": Slow({"p": picture()})})
    assert await shown.open(place.number, LAN, message, NOW) is Missing.NOT_YOURS
    assert place.log == []


async def test_nothing_of_another_conversation_or_of_before_the_request_or_without_a_file_can_be_opened(
    place: Place,
) -> None:
    others = await place.sends({"file": "p"}, where=ref("c2", "telegram"))
    earlier = await place.sends({"file": "p"}, at=NOW - timedelta(hours=1))
    words = await place.sends({"file": "p"}, InboundKind.TEXT)
    for message in (others, earlier, words, 10**17):
        assert await place.shown.open(place.number, LAN, message, NOW) is Missing.ERASED
    assert place.files.asked == []


async def test_it_goes_with_the_words_of_its_message(place: Place) -> None:
    message = await place.sends({"file": "p"})
    async with place.database.write() as session:
        await blank_message(session, message)
    assert await place.shown.open(place.number, LAN, message, NOW) is Missing.ERASED


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        ({"file": "gone"}, InboundKind.IMAGE, Missing.NOT_HANDED_OVER),
        ({"file": "big"}, InboundKind.IMAGE, Refusal.TOO_LARGE),
        ({"file": "page", "name": "a.jpg"}, InboundKind.FILE, Refusal.KIND),
    ],
)
async def test_what_cannot_be_shown_is_told_and_not_written_down_as_read(
    place: Place, data: dict[str, str], kind: InboundKind, said: Missing | Refusal
) -> None:
    place.files.has["page"] = b"<html><script>alert(1)</script>"
    message = await place.sends(data, kind)
    assert await place.shown.open(place.number, LAN, message, NOW) is said
    off = replace(place.shown, fetchers={})
    assert await off.open(place.number, LAN, message, NOW) is Missing.NOT_HANDED_OVER
    assert place.log == []


async def test_what_cannot_be_written_down_is_not_shown(place: Place) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError

    message = await place.sends({"file": "p"})
    with pytest.raises(RuntimeError):
        await replace(place.shown, log=fails).open(place.number, LAN, message, NOW)


async def test_a_picture_that_is_sent_while_one_waits_is_seen_later_on_every_channel_that_has_pictures(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    async with running_everywhere(f"sqlite:///{tmp_path / 'm.sqlite3'}") as world:
        house, now = world.house, datetime.now(NOW.tzinfo)
        desk, shown = hand_over_desk(house, world.engine), sent_files(house)
        unit = next(one.code for one in house.kept.feedback.office.units if one.receives)
        lan = Actor("lan", unit, frozenset({Role.RECEIVER}))
        for number, end in enumerate((OnTelegram(world), OnZaloOa(world), OnZaloBot(world)), start=1):
            files = FakeFiles({"p": picture(), "https://a.zdn.vn/i.jpg": picture("PNG"), "d": pdf()})
            house.photos.fetchers[end.name] = files
            await end.say("/canbo")
            seen = await end.send("picture")
            assert seen is not None
            assert TEXTS.render("utter_person_sees_image") in seen.texts
            assert files.asked == []
            waits = await desk.glance(number, lan, now)
            assert waits is not None
            assert {(line.other, line.file) for line in waits.lines if line.other is not None} == {
                (InboundKind.IMAGE, 0)
            }

            await desk.take(number, lan, "trực", now)
            talk = await desk.talk(number, lan, now)
            assert talk is not None
            (line,) = [line for line in talk.lines if line.other is InboundKind.IMAGE]
            assert isinstance(await shown.open(number, lan, line.file, now), Opened)
