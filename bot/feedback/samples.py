"""Loads sample feedback, made by the real services with moments in the past, where nothing real is or will be received.

Its numbers and its log can never be taken away again: so it is loaded for a trial alone, whose book no agency keeps.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.ports import Transactions
from bot.feedback.sample_submissions import submission
from bot.feedback.sample_words import SampleRecord, SampleWords
from feedback.actor import Actor, Role
from feedback.answer import Verdict
from feedback.office import IntakeWay, Office
from feedback.ports import NamesProcedures
from feedback.publication.item import HiddenWhy
from feedback.publication.service import Publishing, Redacted
from feedback.record import About, Classification
from feedback.steps import Steps
from feedback.transitions import Action
from feedback.triage import Receiver, Said
from feedback.verify_store import events
from feedback.working_time.calendar import Calendar
from feedback.working_time.zone import VIETNAM, here

OPENING = 8
"""Hour of a day's first step."""
OTHER_AGENCY = "VIDU"
"""Code of an agency that is none."""


@dataclass(frozen=True)
class Turn:
    """One step of one sample."""

    at: datetime
    place: int
    """Of the sample in the file."""
    action: Action


@dataclass(frozen=True)
class Samples:
    """What loads them."""

    words: SampleWords
    steps: Steps
    publishing: Publishing
    names: NamesProcedures
    office: Office
    calendar: Calendar

    async def load(self, transactions: Transactions, now: datetime) -> int:
        """Load the samples into a register without a single entry; tell how many were loaded.

        Raises:
            FeedbackError: this office's promises do not allow what happens in them; then none is loaded.
        """
        today = here(now).date()
        turns = self.turns(today)
        unit = self.office.receiving(today).code
        first = here(turns[0].at).date()
        if self.office.intake is not IntakeWay.TRIAL or unit != self.office.receiving(first).code:
            return 0
        async with transactions.write() as session:
            if await events(session):
                return 0
            made = _Making(session, self, unit)
            for turn in turns:
                await made.take(turn)
        return len(self.words.records)

    def turns(self, today: date) -> list[Turn]:
        """Return every step of all samples in the order of time, so that numbers and log run as they would have."""
        told = enumerate(self.words.records)
        steps = ((place, number, *one) for place, record in told for number, one in enumerate(record.steps.items()))
        turns = [Turn(self._moment(today, ago, number, place), place, action) for place, number, action, ago in steps]
        return sorted(turns, key=lambda turn: turn.at)

    def _moment(self, today: date, ago: int, number: int, place: int) -> datetime:
        day = self.calendar.subtract(today, ago).day
        return datetime.combine(day, time(OPENING + number, place), VIETNAM)


Doing = Callable[["_Making", SampleRecord, int, datetime], Awaitable[object]]


@dataclass
class _Making:
    """The samples while they are made: officials who are nobody do the steps."""

    session: AsyncSession
    all: Samples
    unit: str
    ids: dict[int, int] = field(default_factory=dict)
    """Of the records, by the samples' places."""

    async def take(self, turn: Turn) -> None:
        record = self.all.words.records[turn.place]
        if turn.action in (Action.SUBMIT, Action.ENTER):
            await self._begin(record, turn)
            return
        await _DOING[turn.action](self, record, self.ids[turn.place], turn.at)

    @property
    def receiver(self) -> Actor:
        return Actor("mau-tiepnhan", self.unit, frozenset({Role.RECEIVER}))

    @property
    def handler(self) -> Actor:
        return Actor("mau-xuly", self.unit, frozenset({Role.HANDLER}))

    @property
    def approver(self) -> Actor:
        return Actor("mau-lanhdao", self.unit, frozenset({Role.APPROVER}))

    async def _begin(self, record: SampleRecord, turn: Turn) -> None:
        named = await self.all.names.procedure(record.procedure) if record.procedure else None
        given = submission(self.all.words, turn.place, named, self.unit, turn.at)
        intake = self.all.steps.intake
        if turn.action is Action.ENTER:
            receipt = await intake.enter(self.session, self.receiver, given, turn.at)
        else:
            receipt = await intake.receive(self.session, given, turn.at)
        self.ids[turn.place] = receipt.id

    async def classify(self, record: SampleRecord, id: int, at: datetime) -> object:
        case = await self.all.steps.stepping.register.get(self.session, id)
        said = Said(Classification(case.border, record.kind, record.about, record.category))
        return await self.all.steps.triage.classify(self.session, self.receiver, id, said, at)

    async def take_up(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.triage.take(self.session, self.receiver, id, at, self.unit)

    async def ask(self, record: SampleRecord, id: int, at: datetime) -> object:
        why = record.why[Action.ASK_SUPPLEMENT]
        return await self.all.steps.supplementing.ask_supplement(self.session, self.receiver, id, why, at)

    async def supply(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.supplementing.supplement(self.session, self.receiver, id, record.added, at)

    async def refuse(self, record: SampleRecord, id: int, at: datetime) -> object:
        why = record.why[Action.REFUSE]
        return await self.all.steps.triage.refuse(self.session, self.receiver, id, record.requirement, why, at)

    async def redirect(self, record: SampleRecord, id: int, at: datetime) -> object:
        why = record.why[Action.REDIRECT]
        return await self.all.steps.triage.redirect(self.session, self.receiver, id, record.door, why, at)

    async def forward(self, record: SampleRecord, id: int, at: datetime) -> object:
        to, why = Receiver(OTHER_AGENCY, record.receiver), record.why[Action.FORWARD]
        return await self.all.steps.triage.forward(self.session, self.receiver, id, to, why, at)

    async def hold(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.handling.hold(self.session, self.handler, id, record.why[Action.HOLD], at)

    async def draft(self, record: SampleRecord, id: int, at: datetime) -> object:
        assert record.outcome is not None
        handling, words = self.all.steps.handling, self.all.words
        if record.about is not About.CONDUCT:
            verdicts = [
                Verdict(one, one is not record.fails, words.unmet if one is record.fails else why)
                for one, why in words.criteria.items()
            ]
            await handling.assess(self.session, self.handler, id, verdicts, at)
        return await handling.draft(self.session, self.handler, id, record.answer, record.outcome, at)

    async def decide(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.answering.decide(self.session, self.approver, id, at)

    async def to_publish(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.answering.to_publish(self.session, self.approver, id, at)

    async def publish(self, record: SampleRecord, id: int, at: datetime) -> object:
        redacted = Redacted(record.question, record.answer)
        return await self.all.publishing.publish(self.session, self.approver, id, redacted, at)

    async def hide(self, record: SampleRecord, id: int, at: datetime) -> None:
        await self.all.publishing.hide(self.session, self.approver, id, HiddenWhy.OUTDATED, at)

    async def rate(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.own.rate(self.session, id, record.grade, at)

    async def reopen(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.own.reopen(self.session, id, record.why[Action.REOPEN], at)

    async def withdraw(self, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.own.withdraw(self.session, id, at, record.why[Action.WITHDRAW])

    async def merge(self, record: SampleRecord, id: int, at: datetime) -> object:
        into, why = self.ids[record.into], record.why[Action.MERGE]
        return await self.all.steps.joining.merge(self.session, self.receiver, id, into, why, at)


_DOING: Mapping[Action, Doing] = {
    Action.CLASSIFY: _Making.classify,
    Action.TAKE: _Making.take_up,
    Action.ASK_SUPPLEMENT: _Making.ask,
    Action.SUPPLEMENT: _Making.supply,
    Action.REFUSE: _Making.refuse,
    Action.REDIRECT: _Making.redirect,
    Action.FORWARD: _Making.forward,
    Action.HOLD: _Making.hold,
    Action.DRAFT: _Making.draft,
    Action.DECIDE: _Making.decide,
    Action.TO_PUBLISH: _Making.to_publish,
    Action.PUBLISH: _Making.publish,
    Action.HIDE: _Making.hide,
    Action.RATE: _Making.rate,
    Action.REOPEN: _Making.reopen,
    Action.WITHDRAW: _Making.withdraw,
    Action.MERGE: _Making.merge,
}
