"""Loads sample feedback, made by the real services with moments in the past, where nothing real is or will be received.

Its numbers and its log can never be taken away again: so it is loaded for a trial alone, whose book no agency keeps.

Each step is a transaction of its own, so that whoever writes meanwhile waits for one step at most. What was done is read
in the log: a start that was killed in the midst is taken up by the next one where it ended, as of the day it began with.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.delivery.ports import Transactions
from bot.feedback.sample_submissions import submission
from bot.feedback.sample_words import SampleRecord, SampleWords
from bot.feedback.samples_store import oldest_sample, sample_of
from feedback.actor import Actor, Role
from feedback.answer import Verdict
from feedback.errors import FeedbackError
from feedback.office import IntakeWay, Office
from feedback.ports import NamesProcedures
from feedback.publication.item import HiddenWhy
from feedback.publication.service import Publishing, Redacted
from feedback.record import About, Book, Classification
from feedback.register_store import NoSuchRecordError
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
LONGEST = 14
"""Days after which samples that were begun are left as they are."""


@dataclass(frozen=True)
class Turn:
    """One step of one sample."""

    at: datetime
    place: int
    """Of the sample in the file."""
    action: Action


@dataclass(frozen=True)
class Loaded:
    """What came of loading."""

    steps: int = 0
    """That were made."""
    refused: int = 0
    """Samples that were left as they stood: this office does not allow what would have happened next."""


@dataclass(frozen=True)
class Samples:
    """What loads them."""

    words: SampleWords
    steps: Steps
    publishing: Publishing
    names: NamesProcedures
    office: Office
    calendar: Calendar

    async def load(
        self, transactions: Transactions, now: datetime, pause: Callable[[float], Awaitable[None]] = rest
    ) -> Loaded:
        """Load the samples, or what is missing of them, into a register in which nothing came before them.

        Args:
            transactions: of the register.
            now: the present moment.
            pause: lets others at the database between two steps.
        """
        today = here(now).date()
        turns = self.turns(await self._begun(transactions, today) or today)
        unit = self.office.receiving(today).code
        first = here(turns[0].at).date()
        if self.office.intake is not IntakeWay.TRIAL or unit != self.office.receiving(first).code:
            return Loaded()
        making = _Making(self, unit, now, {turn.place: turn.at for turn in reversed(turns)})
        async with transactions.read() as session:
            known = await events(session)
            if known and (not await making.made(session, turns[0]) or await making.made(session, turns[-1])):
                return Loaded()
        steps = 0
        for turn in turns:
            steps += await making.once(transactions, turn)
            await pause(0)
        return Loaded(steps, len(making.refused))

    async def _begun(self, transactions: Transactions, today: date) -> date | None:
        """Return the day as of which samples were begun; where several give the same moments, any of them will do."""
        async with transactions.read() as session:
            oldest = await oldest_sample(session)
        days = [today - timedelta(days=ago) for ago in range(LONGEST)] if oldest is not None else []
        return next((day for day in days if self.turns(day)[0].at == oldest), None)

    def turns(self, today: date) -> list[Turn]:
        """Return every step of all samples in the order of time, so that numbers and log run as they would have."""
        told = enumerate(self.words.records)
        steps = ((place, number, *one) for place, record in told for number, one in enumerate(record.steps.items()))
        turns = [Turn(self._moment(today, ago, number, place), place, action) for place, number, action, ago in steps]
        return sorted(turns, key=lambda turn: turn.at)

    def _moment(self, today: date, ago: int, number: int, place: int) -> datetime:
        day = self.calendar.subtract(today, ago).day
        return datetime.combine(day, time(OPENING + number, place), VIETNAM)


Doing = Callable[["_Making", AsyncSession, SampleRecord, int, datetime], Awaitable[object]]


@dataclass
class _Making:
    """The samples while they are made: officials who are nobody do the steps."""

    all: Samples
    unit: str
    now: datetime
    came: Mapping[int, datetime]
    """The moment of each sample's first step, by its place: by it the record is found."""
    refused: set[int] = field(default_factory=set)
    """Places of the samples that went no further."""

    async def made(self, session: AsyncSession, turn: Turn) -> bool:
        """Tell whether a step was made already."""
        found = await sample_of(session, self.came[turn.place])
        return found is not None and turn.action in found.done

    async def once(self, transactions: Transactions, turn: Turn) -> bool:
        """Make a step unless it was made or cannot be; tell whether it was made now."""
        if turn.place in self.refused:
            return False
        try:
            async with transactions.write() as session:
                # Another process that loads the same waits here, and then finds the step made.
                await self.all.steps.stepping.register.turn(session, Book.TRIAL, self.now)
                if await self.made(session, turn):
                    return False
                await self._take(session, turn)
        except FeedbackError:
            self.refused.add(turn.place)
            return False
        return True

    async def _take(self, session: AsyncSession, turn: Turn) -> None:
        record = self.all.words.records[turn.place]
        if turn.action in (Action.SUBMIT, Action.ENTER):
            await self._begin(session, record, turn)
        else:
            await _DOING[turn.action](self, session, record, await self._id(session, turn.place), turn.at)

    async def _id(self, session: AsyncSession, place: int) -> int:
        found = await sample_of(session, self.came[place])
        if found is None:
            raise NoSuchRecordError(f"no sample {place}")
        return found.id

    @property
    def receiver(self) -> Actor:
        return Actor("mau-tiepnhan", self.unit, frozenset({Role.RECEIVER}))

    @property
    def handler(self) -> Actor:
        return Actor("mau-xuly", self.unit, frozenset({Role.HANDLER}))

    @property
    def approver(self) -> Actor:
        return Actor("mau-lanhdao", self.unit, frozenset({Role.APPROVER}))

    async def _begin(self, session: AsyncSession, record: SampleRecord, turn: Turn) -> None:
        named = await self.all.names.procedure(record.procedure) if record.procedure else None
        given = submission(self.all.words, turn.place, named, self.unit, turn.at)
        intake = self.all.steps.intake
        if turn.action is Action.ENTER:
            await intake.enter(session, self.receiver, given, turn.at)
        else:
            await intake.receive(session, given, turn.at)

    async def classify(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        case = await self.all.steps.stepping.register.get(session, id)
        said = Said(Classification(case.border, record.kind, record.about, record.category))
        return await self.all.steps.triage.classify(session, self.receiver, id, said, at)

    async def take_up(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.triage.take(session, self.receiver, id, at, self.unit)

    async def ask(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        why = record.why[Action.ASK_SUPPLEMENT]
        return await self.all.steps.supplementing.ask_supplement(session, self.receiver, id, why, at)

    async def supply(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.supplementing.supplement(session, self.receiver, id, record.added, at)

    async def refuse(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        why = record.why[Action.REFUSE]
        return await self.all.steps.triage.refuse(session, self.receiver, id, record.requirement, why, at)

    async def redirect(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        why = record.why[Action.REDIRECT]
        return await self.all.steps.triage.redirect(session, self.receiver, id, record.door, why, at)

    async def forward(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        to, why = Receiver(OTHER_AGENCY, record.receiver), record.why[Action.FORWARD]
        return await self.all.steps.triage.forward(session, self.receiver, id, to, why, at)

    async def hold(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.handling.hold(session, self.handler, id, record.why[Action.HOLD], at)

    async def draft(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        assert record.outcome is not None
        handling, words = self.all.steps.handling, self.all.words
        if record.about is not About.CONDUCT:
            verdicts = [
                Verdict(one, one is not record.fails, words.unmet if one is record.fails else why)
                for one, why in words.criteria.items()
            ]
            await handling.assess(session, self.handler, id, verdicts, at)
        return await handling.draft(session, self.handler, id, record.answer, record.outcome, at)

    async def decide(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.answering.decide(session, self.approver, id, at)

    async def to_publish(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.answering.to_publish(session, self.approver, id, at)

    async def publish(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        redacted = Redacted(record.question, record.answer)
        return await self.all.publishing.publish(session, self.approver, id, redacted, at)

    async def hide(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> None:
        await self.all.publishing.hide(session, self.approver, id, HiddenWhy.OUTDATED, at)

    async def rate(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.own.rate(session, id, record.grade, at)

    async def reopen(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.own.reopen(session, id, record.why[Action.REOPEN], at)

    async def withdraw(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        return await self.all.steps.own.withdraw(session, id, at, record.why[Action.WITHDRAW])

    async def merge(self, session: AsyncSession, record: SampleRecord, id: int, at: datetime) -> object:
        into, why = await self._id(session, record.into), record.why[Action.MERGE]
        return await self.all.steps.joining.merge(session, self.receiver, id, into, why, at)


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
