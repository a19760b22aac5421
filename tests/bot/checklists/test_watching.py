"""Telling people that their checklist changed."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import load_house_texts, project_root
from bot.channels.contract import Ref, Reply, Template
from bot.checklists.store import ChecklistStore
from bot.checklists.watching import ChecklistWatch
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.errors import ChannelOffError
from bot.resume.snapshot import Ticked
from bot.unit_of_work import UnitOfWork
from nlu.answers.checklist import Wishes, make_checklist
from nlu.catalogue.model import PaperCase, Procedure, RequiredPaper
from tests.bot.messages import NOW
from tests.factories import procedure

STORE = ChecklistStore(AesGcmCipher("e" * 40))
BEFORE = procedure(cases=(PaperCase(papers=(RequiredPaper(name="Tờ khai"),)),))
AFTER = msgspec.structs.replace(BEFORE, cases=(PaperCase(papers=(RequiredPaper(name="Tờ khai mới"),)),))


@dataclass
class Published:
    """A catalogue whose next version the test publishes."""

    number: int = 1
    procedures: dict[str, Procedure] = field(default_factory=lambda: {BEFORE.code: BEFORE})

    async def get(self, code: str) -> Procedure | None:
        return self.procedures.get(code)

    def publish(self, *procedures: Procedure) -> None:
        self.number += 1
        self.procedures = {one.code: one for one in procedures}


@dataclass
class Told:
    """What was said, once per key."""

    said: dict[str, tuple[Ref, Reply]] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    """Channels that are switched off."""

    async def notify(self, session: AsyncSession, to: Ref, reply: Reply, key: str, template: Template | None) -> bool:
        assert template is not None
        assert template.values["procedure"] in reply.text
        if to.channel in self.off:
            raise ChannelOffError(to.channel)
        assert len(key) <= 56
        new = key not in self.said
        self.said.setdefault(key, (to, reply))
        return new


@pytest.fixture
def published() -> Published:
    return Published()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def watch(database: UnitOfWork, published: Published, told: Told) -> ChecklistWatch:
    return ChecklistWatch(database, STORE, published, load_house_texts(project_root()), told.notify, lambda: NOW)


async def keep(database: UnitOfWork, conversation: str = "c", language: str = "vi", channel: str = "web") -> Ref:
    wishes = Wishes()
    seen = make_checklist(BEFORE, wishes).fingerprint
    ticked = Ticked(procedure=BEFORE.code, name=BEFORE.name, language=language, wishes=wishes, fingerprint=seen)
    to = Ref(channel, "default", conversation)
    async with database.write() as session:
        await STORE.keep(session, to, ticked, 1, NOW)
    return to


async def test_a_change_is_told_once(
    database: UnitOfWork, watch: ChecklistWatch, published: Published, told: Told
) -> None:
    to = await keep(database)
    assert await watch.look() == 0
    published.publish(AFTER)
    assert await watch.look() == 1
    assert await watch.look() == 0
    ((asked, reply),) = told.said.values()
    assert asked == to
    assert BEFORE.name in reply.text
    assert [choice.id for choice in reply.choices] == ["do:list"]
    published.publish(AFTER)
    assert await watch.look() == 0


async def test_a_new_version_that_leaves_the_list_alone_says_nothing(
    database: UnitOfWork, watch: ChecklistWatch, published: Published, told: Told
) -> None:
    await keep(database)
    published.publish(msgspec.structs.replace(BEFORE, summary="khác", as_of="2027-01"))
    assert await watch.look() == 0
    assert told.said == {}


async def test_a_procedure_that_is_gone_is_told_too_in_the_persons_language(
    database: UnitOfWork, watch: ChecklistWatch, published: Published, told: Told
) -> None:
    await keep(database, language="en")
    published.publish()
    assert await watch.look() == 1
    ((_, reply),) = told.said.values()
    assert "no longer in the catalogue" in reply.text
    assert reply.choices == ()


async def test_everybody_is_told_however_many_there_are(
    database: UnitOfWork, watch: ChecklistWatch, published: Published, told: Told
) -> None:
    people = {await keep(database, f"c{number}") for number in range(230)}
    published.publish(AFTER)
    assert await watch.look() == 230
    assert {to for to, _ in told.said.values()} == people


async def test_people_on_a_channel_that_is_switched_off_keep_nobody_else_from_being_told(
    watch: ChecklistWatch, database: UnitOfWork, published: Published, told: Told
) -> None:
    told.off = frozenset({"telegram"})
    away, here = await keep(database, "a", channel="telegram"), await keep(database, "b")
    published.publish(AFTER)
    assert await watch.look() == 1
    assert [to for to, _ in told.said.values()] == [here]
    told.off = frozenset()
    published.publish(AFTER)
    assert await watch.look() == 1
    assert [to for to, _ in told.said.values()] == [here, away]
