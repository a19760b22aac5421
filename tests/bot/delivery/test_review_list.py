"""What a turn leaves for the review list is written together with the turn, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.channels.contract import Inbound
from bot.delivery.store import DeliveryStore
from bot.delivery.tables import inbox
from bot.delivery.turns import TurnLimits
from bot.dialogue.state import ConversationState
from bot.dialogue.turn import TurnResult
from bot.unit_of_work import UnitOfWork
from nlu.learning.review import Reason, Sighting
from nlu.learning.store import WAITING, Question, ReviewStore
from tests.bot.delivery.conftest import House
from tests.bot.messages import NOW, inbound
from tests.fakes.dialogue import FakeDialogue


@dataclass
class Puzzled(FakeDialogue):
    """Understands nothing: every message goes to the review list."""

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """See ``Dialogue.turn``."""
        result = await super().turn(state, inbound)
        return replace(result, review=(Sighting(inbound.text, Reason.DECLINED),), outcome="declined")


async def listed(database: UnitOfWork) -> list[Question]:
    """Read the review list."""
    async with database.read() as session:
        return await ReviewStore(session).find(WAITING)


async def test_a_question_is_on_the_list_once_its_answer_is(house: Callable[..., House], database: UnitOfWork) -> None:
    one = house(Puzzled())
    await one.engine.start()
    for number in range(3):
        received = await one.engine.receive(inbound("làm sao đây", f"m{number}", f"c{number}"))
        assert (await one.engine.answer(received, 10)).finished
    (question,) = await listed(database)
    assert (question.text, question.count, question.last_seen) == ("làm sao đây", 3, NOW)
    async with database.read() as session:
        assert list(await session.scalars(select(inbox.c.outcome))) == ["declined"] * 3


async def test_a_turn_that_cannot_be_stored_leaves_nothing_on_the_list(
    house: Callable[..., House], database: UnitOfWork, store: DeliveryStore
) -> None:
    one = house(Puzzled(), limits=TurnLimits(tries=1))
    await one.engine.start()
    received = await one.engine.receive(inbound("xong rồi"))
    await one.engine.answer(received, 10)
    one.dialogue.failures = 1
    failed = await one.engine.receive(inbound("hỏng", "m2"))
    await one.engine.answer(failed, 10)
    assert [question.text for question in await listed(database)] == ["xong rồi"]
