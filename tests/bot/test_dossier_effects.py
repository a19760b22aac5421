"""What turns about organisations and ratings change is written with them. On a real database."""

from __future__ import annotations

from typing import Any

import pytest

from bot.delivery.records import FinishedTurn, Received, StoredState
from bot.delivery.tables import InboxState
from bot.dialogue.effects import Effect, LeaveOrganisation, LinkOrganisation, RateDossier, SendDigest
from bot.dialogue.state import ConversationState
from bot.dossiers.organisations.ports import LINKED_FOR, Linked
from bot.dossiers.rating.answers import Agencies, Answers, Attitude, Contacts
from bot.effects import EffectRunner
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.organisations.houses import House, make_house
from tests.bot.dossiers.rating.test_store import STORE
from tests.bot.dossiers.records import CODE
from tests.bot.messages import NOW, inbound, ref

RATED = RateDossier(CODE, Contacts.ONE, Agencies.ONE, Attitude.FAIR)


@pytest.fixture
async def house(database: UnitOfWork) -> House:
    return await make_house(database)


async def apply(house: House, *effects: Effect) -> Linked | None:
    """Carry effects out as a turn does, and return what the conversation is linked to then."""
    nothing: Any = None
    runner = EffectRunner(nothing, nothing, nothing, nothing, nothing, house.asking.store, STORE, lambda: 1)
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
