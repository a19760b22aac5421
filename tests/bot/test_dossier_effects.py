"""What turns about organisations and ratings change is written with them. On a real database."""

from __future__ import annotations

from typing import Any

import pytest

from bot.delivery.records import FinishedTurn, Received, StoredState
from bot.delivery.tables import InboxState
from bot.dialogue.effects import (
    Effect,
    LeaveOrganisation,
    LinkOrganisation,
    RateDossier,
    SendDigest,
    SmsWhenMissed,
    WatchDossier,
)
from bot.dialogue.state import ConversationState
from bot.dossiers.organisations.ports import LINKED_FOR, Linked
from bot.dossiers.rating.answers import Agencies, Answers, Attitude, Contacts
from bot.dossiers.record import Owner
from bot.dossiers.watching.store import WatchStore
from bot.effects import EffectRunner
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.organisations.houses import House, make_house
from tests.bot.dossiers.rating.test_store import STORE
from tests.bot.dossiers.records import CODE, OTHER, dossier_store, record
from tests.bot.messages import NOW, inbound, ref

RATED = RateDossier(CODE, Contacts.ONE, Agencies.ONE, Attitude.FAIR)


@pytest.fixture
async def house(database: UnitOfWork) -> House:
    return await make_house(database)


async def apply(house: House, *effects: Effect) -> Linked | None:
    """Carry effects out as a turn does, and return what the conversation is linked to then."""
    nothing: Any = None
    watches = WatchStore()
    runner = EffectRunner(
        nothing,
        nothing,
        nothing,
        nothing,
        watches,
        house.asking.store,
        STORE,
        nothing,
        nothing,
        lambda: 1,
        owners=dossier_store(),
    )
    before = StoredState(0, ConversationState())
    turn = FinishedTurn(
        Received(1, inbound()), before, before.state, (), True, InboxState.DONE, NOW, effects=tuple(effects)
    )
    async with house.database.write() as session:
        await runner.apply(session, turn)
    return await house.asking.linked(ref(), NOW)


async def test_a_shown_token_links_the_conversation_for_a_time(house: House) -> None:
    linked = await apply(house, LinkOrganisation(house.token))
    assert linked is not None
    assert (linked.name, linked.until, linked.digest) == ("Công ty Mẫu", NOW + LINKED_FOR, False)
    wished = await apply(house, SendDigest(on=True))
    assert wished is not None
    assert wished.digest
    assert await apply(house, LeaveOrganisation()) is None


async def test_a_token_that_ended_meanwhile_links_nothing(house: House) -> None:
    old = house.token
    await house.issue(house.number)
    assert await apply(house, LinkOrganisation(old)) is None


async def test_a_rating_is_kept(house: House) -> None:
    await apply(house, RATED)
    async with house.database.read() as session:
        assert await STORE.of(session, [CODE]) == {CODE: Answers(Contacts.ONE, Agencies.ONE, Attitude.FAIR)}


@pytest.mark.parametrize(
    ("level", "phone", "kept"), [(1, "0912 345 678", True), (0, "0912 345 678", False), (1, "", False)]
)
async def test_sms_may_go_to_the_telephone_of_an_applicants_dossier_until_they_end_it(
    house: House, level: int, phone: str, kept: bool
) -> None:
    async with house.database.write() as session:
        await dossier_store().put(session, "file", [(record(OTHER, owner=Owner("X", phone, "")), NOW)])
    await apply(house, WatchDossier(OTHER, level), SmsWhenMissed(OTHER, on=True))
    async with house.database.read() as session:
        allowed = await WatchStore().sms_to(session, ref(), OTHER)
    assert allowed == (dossier_store().phone_hash("+84912345678") if kept else None)
    await apply(house, SmsWhenMissed(OTHER, on=False))
    async with house.database.read() as session:
        assert await WatchStore().sms_to(session, ref(), OTHER) is None
