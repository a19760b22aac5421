from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.errors import StaleStateError
from bot.dialogue.effects import SupplementFeedback, WithdrawFeedback
from bot.dossiers.access.beat import Beat
from bot.feedback.status_desk import LoggedAlarms, OwnSteps, SentFeedback
from feedback.asking import Alarm
from feedback.looks import Look, LookOutcome
from feedback.register_store import NoSuchRecordError
from feedback.transitions import TransitionError
from tests.feedback.records import NOW

HERE = Ref("web", "default", "somebody")
RECEIPT = "PA-2KQM-2XWP"


@dataclass
class Desk:
    """Knows one receipt in one conversation, and writes down what was committed."""

    committed: list[str] = field(default_factory=list)

    async def look(self, session: AsyncSession, receipt: str, *_: object) -> Look:
        self.committed.append("counted")
        return Look(LookOutcome.NOT_MATCHED)

    async def owned(self, session: AsyncSession, receipt: str, where: object, at: datetime) -> int:
        if receipt != RECEIPT:
            raise NoSuchRecordError("no such receipt here")
        return 7


class Transactions:
    """Writes down when a transaction ended."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(self) -> Any:
        return self

    async def __aenter__(self) -> AsyncSession:
        return AsyncSession()

    async def __aexit__(self, *_: object) -> None:
        self._desk.committed.append("committed")


@dataclass
class Steps:
    """Takes one step, or refuses it."""

    refuses: bool = False
    taken: list[tuple[object, ...]] = field(default_factory=list)

    async def supplement(self, session: AsyncSession, actor: object, *given: object) -> None:
        self._take("supplement", *given)

    async def withdraw(self, session: AsyncSession, *given: object) -> None:
        self._take("withdraw", *given)

    def _take(self, *given: object) -> None:
        if self.refuses:
            raise TransitionError("it went on")
        self.taken.append(given)


async def test_a_try_is_committed_before_it_is_answered_and_answered_at_a_beat() -> None:
    desk: Any = Desk()
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        desk.committed.append("waited")
        waits.append(seconds)

    sent = SentFeedback(Transactions(desk), desk, Beat(lambda: 5.0, sleep))
    assert (await sent.look(HERE, RECEIPT, "0000", NOW, "")).outcome is LookOutcome.NOT_MATCHED
    assert desk.committed == ["counted", "committed", "waited"]
    assert waits == [pytest.approx(0.3)]
    await sent.look(HERE, RECEIPT, None, NOW, "")
    assert len(waits) == 1


async def test_what_a_sender_does_reaches_the_register() -> None:
    desk: Any = Desk()
    steps: Any = Steps()
    own = OwnSteps(desk, steps, steps)
    await own.take(AsyncSession(), HERE, SupplementFeedback(RECEIPT, "Ngày 10/11"), NOW)
    await own.take(AsyncSession(), HERE, WithdrawFeedback(RECEIPT), NOW)
    assert steps.taken == [("supplement", 7, "Ngày 10/11", NOW), ("withdraw", 7, NOW)]


@pytest.mark.parametrize("receipt", [RECEIPT, "PA-9999-2222"])
async def test_what_went_on_meanwhile_or_is_anothers_has_the_turn_tried_again(receipt: str) -> None:
    desk: Any = Desk()
    steps: Any = Steps(refuses=True)
    with pytest.raises(StaleStateError):
        await OwnSteps(desk, steps, steps).take(AsyncSession(), HERE, WithdrawFeedback(receipt), NOW)


async def test_operators_read_that_somebody_tries_facts_out_and_not_who(caplog: pytest.LogCaptureFixture) -> None:
    await LoggedAlarms().tell(AsyncSession(), Alarm("person", bytes(range(32)), "web", 10), NOW)
    assert "tried out by one person (00010203) on web: 10" in caplog.text
