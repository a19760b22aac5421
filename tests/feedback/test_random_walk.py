"""Random steps by random actors: whatever the services let through leaves a sound register, and what they refuse leaves no trace."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork, open_engine
from feedback.actor import CITIZEN, Actor
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.joining import Part
from feedback.record import Address, Border, Outcome, Requirement
from feedback.tables import head, metadata, record
from feedback.transitions import TRANSITIONS
from feedback.triage import Receiver, Said
from feedback.undoing import last_step
from feedback.verifying import verify
from tests.feedback.desk import (
    ADMIN,
    APPROVER,
    FRONT,
    HANDLER,
    HEALTH,
    JUSTICE,
    OTHER,
    RECEIVER,
    REPORTER,
    SIX,
    Desk,
    written,
)
from tests.feedback.records import NOW, RULE, SLOW, submission

OFFICIALS = [RECEIVER, HANDLER, APPROVER, OTHER, REPORTER, ADMIN, replace(HANDLER, unit=FRONT)]
actors = st.sampled_from(OFFICIALS)
strangers = st.one_of(st.none(), st.none(), st.none(), st.sampled_from([*OFFICIALS, CITIZEN]))
"""Mostly whoever is charged with the step; now and then somebody else tries."""
whys = st.sampled_from([*["Vì vậy"] * 9, ""])
which = st.integers(0, 30)
"""Which record, counted round."""


class Register(RuleBasedStateMachine):
    """One office, whose database lasts over all runs and is emptied before each."""

    runner: ClassVar[asyncio.Runner]
    database: ClassVar[UnitOfWork]

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.at = NOW
        self.ids: list[int] = []
        self.looked = 0
        self.runner.run(self._empty())

    async def _empty(self) -> None:
        async with self.database.write() as session:
            for table in metadata.sorted_tables:
                if table is not head:
                    await session.execute(delete(table))
            await session.execute(update(head).values(seq=0, hash=bytes(32)))

    def do(self, work: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        """Do it in a transaction of its own; what is refused is undone as a whole."""
        self.at += timedelta(minutes=7)
        return self.runner.run(self._do(work))

    async def _do(self, work: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        try:
            async with self.database.write() as session:
                done = await work(session)
                self.ids = list(await session.scalars(select(record.c.id).order_by(record.c.id)))
                return done
        except FeedbackError:
            return None

    def one(self, number: int) -> int:
        return self.ids[number % len(self.ids)]

    @rule(certain=st.booleans(), about_rule=st.booleans(), twin=st.booleans(), crash=st.booleans())
    def receive(self, certain: bool, about_rule: bool, twin: bool, crash: bool) -> None:
        matter = replace(submission().matter, agency=HEALTH if about_rule else JUSTICE)
        given = written(certain=certain, suggested=RULE if about_rule else SLOW, matter=matter, at=self.at)
        given = replace(given, where=Address("web", "default", "twin")) if twin else given

        async def work(session: AsyncSession) -> None:
            await self.desk.steps.intake.receive(session, given, self.at)
            if crash:
                raise FeedbackError("power")

        self.do(work)

    @precondition(lambda self: self.ids)
    @rule(stranger=strangers, number=which, other=which, why=whys, kind=st.integers(0, 7))
    def at_the_front(self, stranger: Actor | None, number: int, other: int, why: str, kind: int) -> None:
        actor = stranger or RECEIVER
        steps, one, into, at = self.desk.steps, self.one(number), self.one(other), self.at
        part = Part(submission().matter, RULE)
        moves: list[Callable[[AsyncSession], Awaitable[Any]]] = [
            lambda s: steps.triage.classify(s, actor, one, Said(RULE, agency=HEALTH, accused="ytecb"), at, why),
            lambda s: steps.triage.take(s, actor, one, at, unit=JUSTICE),
            lambda s: steps.triage.take(s, actor, one, at),
            lambda s: steps.triage.refuse(s, actor, one, Requirement.NAME, why, at),
            lambda s: steps.triage.redirect(s, actor, one, Border.DENUNCIATION, why, at),
            lambda s: steps.triage.forward(s, actor, one, Receiver("G10", "Bộ", "a@b.example"), why, at),
            lambda s: steps.joining.merge(s, actor, one, into, why, at),
            lambda s: steps.joining.split(s, actor, one, part, why, at),
        ]
        self.do(moves[kind])

    @precondition(lambda self: self.ids)
    @rule(stranger=strangers, number=which, other=which, why=whys, kind=st.integers(0, 9))
    def in_the_unit(self, stranger: Actor | None, number: int, other: int, why: str, kind: int) -> None:
        actor = stranger or (HANDLER if kind < 5 else APPROVER)
        steps, one, also, at = self.desk.steps, self.one(number), self.one(other), self.at
        moves: list[Callable[[AsyncSession], Awaitable[Any]]] = [
            lambda s: steps.supplementing.ask_supplement(s, actor, one, why, at),
            lambda s: steps.handling.hold(s, actor, one, why, at),
            lambda s: steps.handling.assess(s, actor, one, SIX, at),
            lambda s: steps.handling.draft(s, actor, one, "Trả lời", Outcome.EXPLAIN, at),
            lambda s: steps.handling.draft(s, actor, one, "Trả lời", Outcome.CONDUCT_FOUND, at),
            lambda s: steps.answering.decide(s, actor, one, at),
            lambda s: steps.answering.answer_many(s, actor, one, [also], at),
            lambda s: steps.answering.to_publish(s, actor, one, at),
            lambda s: steps.answering.publish(s, actor, one, "https://x.example", at),
            lambda s: steps.answering.hide(s, actor, one, why, at),
        ]
        self.do(moves[kind])

    @precondition(lambda self: self.ids)
    @rule(stranger=strangers, number=which, why=whys, kind=st.integers(0, 5))
    def by_the_sender(self, stranger: Actor | None, number: int, why: str, kind: int) -> None:
        who = stranger or CITIZEN
        steps, one, at = self.desk.steps, self.one(number), self.at
        moves: list[Callable[[AsyncSession], Awaitable[Any]]] = [
            lambda s: steps.supplementing.supplement(s, who, one, "Thêm", at),
            lambda s: steps.own.reopen(s, one, why, at),
            lambda s: steps.own.reopen(s, one, why, at),
            lambda s: steps.own.rate(s, one, 3, at),
            lambda s: steps.reading.see_sender(s, stranger or RECEIVER, one, at),
            # Seldom what there is nothing after.
            lambda s: (
                steps.own.withdraw(s, one, at)
                if number % 3 == 0
                else steps.supplementing.supplement(s, who, one, "Lại", at)
            ),
        ]
        self.do(moves[kind])

    @precondition(lambda self: self.ids)
    @rule(number=which)
    def answered(self, number: int) -> None:
        """The straight way, which chance alone would seldom find."""
        steps, one, at = self.desk.steps, self.one(number), self.at
        self.do(lambda s: steps.triage.take(s, RECEIVER, one, at, unit=JUSTICE))
        self.do(lambda s: steps.handling.assess(s, HANDLER, one, SIX, at))
        self.do(lambda s: steps.handling.draft(s, HANDLER, one, "Trả lời", Outcome.EXPLAIN, at))
        self.do(lambda s: steps.answering.decide(s, APPROVER, one, at))

    @precondition(lambda self: self.ids)
    @rule(actor=actors, number=which, why=whys)
    def undo(self, actor: Actor, number: int, why: str) -> None:
        """What an official just did and may take back is restored as it was."""
        self.do(lambda s: self._undone(s, actor, self.one(number), why))

    @precondition(lambda self: self.ids)
    @rule(number=which, other=which, kind=st.integers(0, 4))
    def there_and_back(self, number: int, other: int, kind: int) -> None:
        """A step in the house and its undoing leave the record as it stood, answers included."""
        self.do(lambda s: self._there_and_back(s, self.one(number), self.one(other), kind))

    async def _undone(self, session: AsyncSession, actor: Actor, one: int, why: str) -> None:
        last = last_step(await self.desk.log.of(session, one))
        await self.desk.steps.undoing.undo(session, actor, one, why, self.at)
        assert last is not None
        assert not TRANSITIONS[last.entry.action].leaves
        assert last.entry.actor not in ("citizen", "system")
        assert (await self.desk.register.get(session, one)).status is last.entry.from_status

    async def _there_and_back(self, session: AsyncSession, one: int, other: int, kind: int) -> None:
        before = await self._state(session, one)
        steps, at, part = self.desk.steps, self.at, Part(submission().matter, RULE)
        actor = (RECEIVER, RECEIVER, RECEIVER, RECEIVER, HANDLER)[kind]
        await (
            lambda: steps.triage.classify(session, actor, one, Said(SLOW, agency="H48.9", field="Đất"), at),
            lambda: steps.triage.take(session, actor, one, at, unit=JUSTICE, officer="xuly"),
            lambda: steps.joining.merge(session, actor, one, other, "Cùng việc", at),
            lambda: steps.joining.split(session, actor, one, part, "Hai việc", at),
            lambda: steps.handling.draft(session, actor, one, "Khác", Outcome.PROPOSE, at),
        )[kind]()
        await steps.undoing.undo(session, actor, one, "Nhầm", at)
        assert await self._state(session, one) == before

    async def _state(self, session: AsyncSession, one: int) -> tuple[Case, Any]:
        case = await self.desk.register.get(session, one)
        return replace(case, revision=0), await self.desk.answers.versions(session, one)

    @invariant()
    def the_register_is_sound(self) -> None:
        self.looked += 1
        if self.looked % 4 == 0:
            assert self.runner.run(self._found()) == []

    def teardown(self) -> None:
        assert self.runner.run(self._found()) == []

    async def _found(self) -> list[object]:
        async with self.database.read() as session:
            return [found async for found in verify(session, self.desk.log, self.desk.register, self.desk.answers)]


def _walk(url: str, examples: int, steps: int) -> None:
    with asyncio.Runner() as runner:
        engine = open_engine(url)
        Register.runner, Register.database = runner, UnitOfWork(engine)

        async def prepare() -> None:
            async with engine.begin() as connection:
                await connection.run_sync(metadata.drop_all)
                await connection.run_sync(metadata.create_all)
                await connection.execute(insert(head).values(id=1, seq=0, hash=bytes(32)))

        runner.run(prepare())
        try:
            run_state_machine_as_test(
                Register,
                settings=settings(
                    max_examples=examples,
                    stateful_step_count=steps,
                    deadline=None,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(engine.dispose())


def test_any_steps_by_anybody_leave_a_sound_register_on_sqlite() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _walk(f"sqlite:///{Path(folder) / 'walk.sqlite3'}", examples=15, steps=60)


@pytest.mark.postgres
def test_any_steps_by_anybody_leave_a_sound_register_on_postgresql(postgres_url: str) -> None:
    _walk(postgres_url, examples=5, steps=60)
