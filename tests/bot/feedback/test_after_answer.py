"""What a sender may do after an answer, on a real database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.errors import StaleStateError
from bot.dialogue.effects import RateFeedback, ReopenFeedback
from bot.dialogue.flows.feedback_rating import AfterAnswer, Standing
from bot.feedback.after_answer import AfterAnswers
from bot.unit_of_work import UnitOfWork
from feedback.actor import SYSTEM
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.log_store import LogStore, Movement
from feedback.office import Policy
from feedback.record import Status
from feedback.register_rows import Placing
from feedback.register_store import RegisterStore
from feedback.transitions import Action, TransitionError
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

REGISTER = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
LOG = LogStore(OpenSeals())
MINE, OTHER = Ref("web", "default", "somebody"), Ref("web", "default", "another")
PROVED = Ref("web", "default", "proved")
OPEN, NOT_YOURS = AfterAnswer.OPEN, AfterAnswer.NOT_YOURS


@dataclass
class FakeSteps:
    """Notes the steps, or finds that they do not fit."""

    made: list[tuple[str, int, object]] = field(default_factory=list)
    fits: bool = True

    async def rate(self, session: AsyncSession, record_id: int, grade: int, at: datetime, why: str = "") -> None:
        self._note(("rate", record_id, (grade, why)))

    async def reopen(self, session: AsyncSession, record_id: int, why: str, at: datetime) -> None:
        self._note(("reopen", record_id, why))

    def _note(self, step: tuple[str, int, object]) -> None:
        if not self.fits:
            raise TransitionError("it went on")
        self.made.append(step)


async def owned(session: AsyncSession, receipt: str, where: Any, at: datetime) -> int:
    """Let the conversation act that sent it, and the one that proved it."""
    case = await REGISTER.by_receipt(session, receipt)
    if case is None or where.conversation not in (MINE.conversation, PROVED.conversation):
        raise FeedbackError("no such receipt here")
    return case.id


@pytest.fixture
def steps() -> FakeSteps:
    return FakeSteps()


@pytest.fixture
def after(database: UnitOfWork, steps: FakeSteps) -> AfterAnswers:
    policy = msgspec.structs.replace(Policy(), rate_days=10, reopen_days=5)
    return AfterAnswers(database, REGISTER, LOG, steps, policy, owned)


async def answered(database: UnitOfWork, status: Status = Status.DECIDED) -> Case:
    async with database.write() as session:
        case = await REGISTER.enter(session, submission(), Placing("H48.1", status), NOW)
        if status is not Status.IN_REVIEW:
            await LOG.append(session, case.id, SYSTEM, Movement(Action.DECIDE, Status.IN_REVIEW, status), NOW)
    return case


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (0, Standing(OPEN, OPEN)),
        (5, Standing(OPEN, OPEN)),
        (6, Standing(OPEN, AfterAnswer.TOO_LATE)),
        (11, Standing(AfterAnswer.TOO_LATE, AfterAnswer.TOO_LATE)),
    ],
)
async def test_each_has_its_own_days(database: UnitOfWork, after: AfterAnswers, days: int, standing: Standing) -> None:
    case = await answered(database)
    assert await after.look(MINE, case.receipt, NOW + timedelta(days=days)) == standing


async def test_unknown_and_somebody_elses_look_alike(database: UnitOfWork, after: AfterAnswers) -> None:
    case = await answered(database)
    assert await after.look(OTHER, case.receipt, NOW) == await after.look(MINE, "PA-2222-2222", NOW)
    assert (await after.look(OTHER, case.receipt, NOW)).rating is NOT_YOURS
    assert (await after.look(PROVED, case.receipt, NOW)).rating is OPEN


async def test_nothing_before_the_answer(database: UnitOfWork, after: AfterAnswers) -> None:
    case = await answered(database, Status.IN_REVIEW)
    assert (await after.look(MINE, case.receipt, NOW)).rating is AfterAnswer.NOT_YET


async def test_the_steps_are_made_for_its_sender_alone(
    database: UnitOfWork, after: AfterAnswers, steps: FakeSteps
) -> None:
    case = await answered(database)
    async with database.write() as session:
        await after.take(session, MINE, RateFeedback(case.receipt, 2, "chậm"), NOW)
        await after.take(session, MINE, ReopenFeedback(case.receipt, "chậm"), NOW)
        with pytest.raises(StaleStateError):
            await after.take(session, OTHER, RateFeedback(case.receipt, 1), NOW)
    assert steps.made == [("rate", case.id, (2, "chậm")), ("reopen", case.id, "chậm")]


async def test_what_went_on_meanwhile_is_looked_at_anew(
    database: UnitOfWork, after: AfterAnswers, steps: FakeSteps
) -> None:
    case = await answered(database)
    steps.fits = False
    async with database.write() as session:
        with pytest.raises(StaleStateError):
            await after.take(session, MINE, ReopenFeedback(case.receipt, "chậm"), NOW)


async def test_who_was_merged_may_grade_the_answer_that_is_for_both(database: UnitOfWork, after: AfterAnswers) -> None:
    main = await answered(database)
    async with database.write() as session:
        case = await REGISTER.enter(session, submission(), Placing("H48.1", Status.RECEIVED), NOW)
        await REGISTER.change(session, case, {"status": Status.MERGED, "merged_into": main.id})
    assert await after.look(MINE, case.receipt, NOW) == Standing(OPEN, OPEN)
    async with database.write() as session:
        main = await REGISTER.get(session, main.id)
        await REGISTER.change(session, main, {"status": Status.REOPENED})
    assert await after.look(MINE, case.receipt, NOW) == Standing(AfterAnswer.NOT_YET, AfterAnswer.NOT_YET)
