"""What turns change beside the conversation is written with them: requests, ratings, deletions. On a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound
from bot.channels.web.channel import WebChannel
from bot.checklists.store import ChecklistStore
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.held_store import KNOWN, HeldMessages
from bot.delivery.store import DeliveryStore
from bot.delivery.tables import inbox, outbox
from bot.delivery.turns import Outlets
from bot.dialogue.effects import (
    AskForPerson,
    BlankMessage,
    CountAskedOfPost,
    Effect,
    EndDossierAccess,
    EraseEverything,
    Rate,
    TakeBackRequest,
)
from bot.dialogue.postal_effects import KeepSlip
from bot.dialogue.state import ConversationState
from bot.dialogue.turn import TurnResult
from bot.dossiers.organisations.store import OrganisationStore
from bot.dossiers.organisations.tokens import TokenKeys
from bot.dossiers.rating.store import RatingStore
from bot.dossiers.watching.store import WatchStore
from bot.effects import EffectRunner
from bot.handover.outlook import OpenRequests
from bot.handover.store import HandOverStore
from bot.handover.tables import handover_request
from bot.postal.asked import Topic
from bot.postal.asked_tables import postal_asked
from bot.privacy.held import Held
from bot.privacy.register import PrivacyRegister
from bot.rating.tables import answer_rating
from bot.resume.store import ResumeStore
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from feedback.working_time.zone import here
from tests.bot.delivery.conftest import SECRET, sorry
from tests.bot.messages import NOW, inbound, ref
from tests.bot.postal.slips import slip
from tests.fakes.dialogue import FakeDialogue


@dataclass
class Acting(FakeDialogue):
    """Echoes, and has the effects that were laid ready for a text."""

    effects: dict[str, tuple[Effect, ...]] = field(default_factory=dict)

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        result = await super().turn(state, inbound)
        return replace(result, effects=self.effects.get(inbound.text, ()))


@dataclass
class House:
    """An engine whose turns have effects."""

    database: UnitOfWork
    dialogue: Acting
    engine: Engine
    privacy: PrivacyRegister
    rung: list[tuple[int, int]]
    """Numbers of requests that officials were told of, with how many were open."""

    async def say(self, text: str, id: str, conversation: str = "c1", *effects: Effect) -> None:
        """Send a message whose turn has these effects, and wait for its end."""
        self.dialogue.effects[text] = effects
        received = await self.engine.receive(inbound(text, id, conversation))
        assert (await self.engine.answer(received, 10)).finished

    async def rows(self, table: Table) -> Sequence[dict[str, object]]:
        """Read a table."""
        async with self.database.read() as session:
            return [dict(row) for row in (await session.execute(select(table).order_by(table.c.id))).mappings()]


@pytest.fixture
async def house(database: UnitOfWork) -> AsyncIterator[House]:
    requests = HandOverStore()
    privacy = PrivacyRegister(database, (HeldMessages(), requests))
    cipher = AesGcmCipher(SECRET)
    checklists = ChecklistStore(cipher)
    dialogue = Acting()
    rung: list[tuple[int, int]] = []

    async def ring(_: AsyncSession, number: int, waiting: int, at: datetime) -> None:
        rung.append((number, waiting))

    engine = Engine(
        dialogue=dialogue,
        outlets=Outlets({"web": WebChannel(clock=lambda: NOW)}, frozenset({"web"})),
        store=DeliveryStore(
            AesGcmCipher(SECRET),
            EffectRunner(
                requests,
                privacy,
                checklists,
                ResumeStore(cipher, SECRET),
                WatchStore(),
                OrganisationStore(cipher, TokenKeys(SECRET)),
                RatingStore(cipher, SECRET),
                # Nothing here does anything to feedback: see its own tests.
                cast(Any, None),
                cast(Any, None),
                lambda: 7,
                ring,
            ).apply,
        ),
        transactions=database,
        sorry=sorry,
        clock=lambda: NOW,
    )
    await engine.start()
    yield House(database, dialogue, engine, privacy, rung)
    await engine.stop()


async def test_a_conversation_has_at_most_one_open_request_and_may_ask_again_later(house: House) -> None:
    look = OpenRequests(house.database, HandOverStore(), load_working_time().hours())
    await house.say("gặp", "m1", "c1", AskForPerson("khai sinh"))
    await house.say("gặp nữa", "m2", "c1", AskForPerson("khác"))
    await house.say("gặp", "m3", "c2", AskForPerson("", "H48.12"))
    assert await look.is_open(ref())
    await house.say("thôi", "m4", "c1", TakeBackRequest())
    assert not await look.is_open(ref())
    await house.say("gặp lại", "m5", "c1", AskForPerson(""))
    rows = await house.rows(handover_request)
    assert [(row["conversation"], row["question"], row["state"], row["unit"]) for row in rows] == [
        ("c1", "khai sinh", "taken_back", ""),
        ("c2", "", "open", "H48.12"),
        ("c1", "", "open", ""),
    ]
    assert rows[0]["ended_at"] == rows[0]["asked_at"] == NOW
    assert house.rung == [(1, 1), (2, 2), (3, 2)]


async def test_a_rating_is_kept_without_anything_that_shows_who_gave_it(house: House) -> None:
    await house.say("có ích", "m1", "c1", Rate("1.001193", ("fee", "time"), True))
    (row,) = await house.rows(answer_rating)
    row.pop("id")
    assert row == {
        "procedure": "1.001193",
        "aspects": "fee time",
        "useful": True,
        "channel": "web",
        "rated_at": NOW.replace(minute=0, second=0, microsecond=0),
    }


async def test_what_is_asked_of_the_post_is_kept_to_the_day_and_a_slip_that_is_no_practice_with_it(
    house: House,
) -> None:
    kept = KeepSlip(slip(), "1", NOW)
    practice = replace(kept, request=slip(practice=True))
    await house.say("cước", "m1", "c1", CountAskedOfPost(Topic.PRICE, ""), kept, practice)
    rows = await house.rows(postal_asked)
    assert [(row["topic"], row["procedure_code"], row["day"]) for row in rows] == [
        ("price", "", here(NOW).date()),
        ("request", "1.001193", here(NOW).date()),
    ]


async def test_a_secret_is_not_kept_but_the_reply_is(house: House) -> None:
    await house.say("mật khẩu", "m1", "c1", BlankMessage())
    assert [row["body"] for row in await house.rows(inbox)] == [None]
    assert all(row["body"] for row in await house.rows(outbox))


async def test_whose_access_ends_the_page_shows_no_earlier_answers_to_who_opens_it_next(house: House) -> None:
    await house.say("hồ sơ", "m1")
    await house.say("người khác", "m2", "c2")
    await house.say("quên tôi", "m3", "c1", EndDossierAccess())
    assert [bool(row["body"]) for row in await house.rows(inbox)] == [False, True, False]
    assert [bool(row["body"]) for row in await house.rows(outbox)] == [False, True, True]


async def test_what_is_held_is_told_and_deleted_for_that_person_alone(house: House) -> None:
    await house.say("một", "m1")
    await house.say("gặp", "m2", "c1", AskForPerson("khai sinh"))
    await house.say("người khác", "m3", "c2")
    assert await house.privacy.about(ref()) == [
        Held("utter_held_messages", {"count": "4"}),
        Held("utter_held_state"),
        Held("utter_held_person", {"count": "1"}),
    ]
    await house.say("xóa", "m4", "c1", EraseEverything())
    kept = {(row["conversation"], bool(row["body"])) for row in await house.rows(inbox)}
    assert kept == {("c1", False), ("c2", True)}
    bodies = [(row["conversation"], bool(row["body"])) for row in await house.rows(outbox)]
    assert bodies == [("c1", False), ("c1", False), ("c2", True), ("c1", True)]
    assert await house.rows(handover_request) == []


async def test_whom_nothing_is_known_about_is_told_nothing(house: House) -> None:
    assert await house.privacy.about(ref("nobody")) == []


async def test_effects_of_a_turn_that_fails_leave_nothing(house: House) -> None:
    house.dialogue.failures = 10
    await house.say("gặp", "m1", "c1", AskForPerson("khai sinh"))
    async with house.database.read() as session:
        count = await session.execute(select(func.count()).select_from(handover_request))
        assert count.scalar_one() == 0


async def test_old_rows_go_with_the_persons_id_and_young_ones_stay_to_be_known_again(house: House) -> None:
    for number, conversation in enumerate(("c1", "c1", "c2")):
        await house.say(f"câu {number}", f"m{number}", conversation)
    long_ago = NOW - KNOWN - timedelta(hours=1)
    async with house.database.write() as session:
        for number in (1, 3):
            await session.execute(
                update(inbox).where(inbox.c.id == number).values(received_at=long_ago, finished_at=long_ago)
            )
            await session.execute(update(outbox).where(outbox.c.inbox_id == number).values(created_at=long_ago))
    await house.say("xóa", "m4", "c1", EraseEverything())
    assert [(row["id"], row["conversation"]) for row in await house.rows(inbox)] == [(2, "c1"), (3, "c2"), (4, "c1")]
    assert [row["inbox_id"] for row in await house.rows(outbox)] == [2, 3, 4]
