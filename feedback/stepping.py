"""One step of a record: whether it fits, the change, its entry in the log, the clocks, and what the senders are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, NotAllowedError
from feedback.case import Case
from feedback.described import NOW, describe, written
from feedback.disclosure import Disclosure, veiled
from feedback.former import former
from feedback.log import Entry
from feedback.log_store import LogStore, Movement
from feedback.office import Office
from feedback.originals import MATTER, SENDER, bound
from feedback.ports import FoldsText, HoldsNotices, Notice, NoticeKind
from feedback.record import ENDED, Matter, Status
from feedback.register_store import NoSuchRecordError, RegisterStore
from feedback.transitions import Action, check
from feedback.working_time.zone import here


class FollowsSteps(Protocol):
    """Does its own part after a step: clocks, followers."""

    async def follow(self, session: AsyncSession, case: Case, action: Action, at: datetime) -> None:
        """Look at the record as it is now; in the transaction of the step."""
        ...


@dataclass(frozen=True)
class Telling:
    """What senders are told about a step."""

    kind: NoticeKind
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    everybody: bool = True
    """Whether the senders of the records that were merged into it are told too."""
    once: bool = False
    """Whether a record's sender hears this kind one time only, however often the step is made."""
    undoable: bool = False
    """Whether the step may be taken back: then it is told a little later, and not at all if it is."""


@dataclass(frozen=True)
class Move:
    """A step that is to be made."""

    action: Action
    why: str = field(default="", repr=False)
    to: Status | None = None
    """Where the step itself does not say."""
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Columns that it changes beside the status."""
    matter: Matter | None = field(default=None, repr=False)
    """The new one, if it changes."""
    receiver: str = ""
    """Code of another agency that gets it."""
    details: Mapping[str, str] = field(default_factory=dict, repr=False)
    told: Telling | None = None


@dataclass(frozen=True)
class Made:
    """A step that was made."""

    case: Case
    """As the actor may see it."""
    entry: Entry


class Stepping:
    """Makes steps; what the single kinds of steps ask beyond the state machine stands in the modules named after them."""

    def __init__(
        self,
        register: RegisterStore,
        log: LogStore,
        tells: HoldsNotices,
        words: FoldsText,
        office: Office,
        after: Sequence[FollowsSteps] = (),
    ) -> None:
        """Take where records and the log are kept, who tells, and who does something after each step, in that order."""
        self.register = register
        self.log = log
        self.office = office
        self.disclosure = Disclosure(office)
        self._tells = tells
        self._words = words
        self._after = after

    async def open(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Case:
        """Return a record that the actor may read, as it is.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
        """
        case = await self.register.get(session, record_id)
        if not self.disclosure.may_open(actor, case, here(at).date()):
            raise NoSuchRecordError(f"no record {record_id}")
        return case

    async def start(
        self, session: AsyncSession, actor: Actor, record_id: int, action: Action, at: datetime, why: str = ""
    ) -> Case:
        """Return a record with which the actor may do this now.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
            NotAllowedError: the actor lacks the role, or is who is complained about.
            TransitionError: it does not fit where the record stands.
        """
        case = await self.open(session, actor, record_id, at)
        if not self.disclosure.may_act(actor, case, here(at).date()):
            raise NotAllowedError(f"{actor.id} is complained about in this record and decides nothing in it")
        check(action, case.status, actor, why)
        return case

    async def make(self, session: AsyncSession, actor: Actor, case: Case, move: Move, at: datetime) -> Made:
        """Make a step of a record as it was read.

        Raises:
            OvertakenError: somebody else changed it meanwhile.
        """
        to = move.to or check(move.action, case.status, actor, move.why).to or case.status
        values = dict(move.values)
        if (to in ENDED) is not (case.status in ENDED) and "ended_at" not in values:
            values["ended_at"] = at if to in ENDED else None
        kept = former(case, values, move.matter is not None)
        changed = await self._change(session, case, values | {"status": to}, move.matter)
        units = {"from_unit": case.unit, "to_unit": move.receiver or changed.unit}
        now = {NOW: written(changed)} if describe(changed) != describe(case) else {}
        now |= bound(MATTER, changed.matter) if move.matter is not None else {}
        movement = Movement(
            move.action, case.status, to, **units, why=move.why, details={**move.details, **kept, **now}
        )
        entry = await self.log.append(session, case.id, actor, movement, at)
        for one in self._after:
            await one.follow(session, changed, move.action, at)
        if move.told is not None:
            await self._tell(session, changed, move.told, entry)
        elif to in ENDED and to is not case.status:
            # Nobody is told a moment later that what is over goes on.
            await self._tells.drop(session, _key(case))
        return Made(self.seen(actor, changed, at), entry)

    async def unsay(self, session: AsyncSession, case: Case, entry: Entry) -> bool:
        """Keep to the house what the senders were to be told of a step that is taken back; false when they were told."""
        cases = [case, *await self.register.merged(session, case.id)]
        notices = [_key(one, entry.seq) for one in cases]
        if entry.action is Action.TAKE:
            notices += [_key(one, kind=NoticeKind.IN_REVIEW) for one in cases]
        return sum([await self._tells.drop(session, one) for one in notices]) > 0

    def seen(self, actor: Actor, case: Case, at: datetime) -> Case:
        """Return a record as the actor may see it: with masked words for those from whom its sender is hidden."""
        return veiled(case, self._words.mask) if self.disclosure.is_veiled(actor, case, here(at).date()) else case

    async def note(
        self, session: AsyncSession, actor: Actor, case: Case, action: Action, at: datetime, why: str = ""
    ) -> None:
        """Write an entry that changes nothing in the record."""
        check(action, case.status, actor, why)
        movement = Movement(action, case.status, case.status, case.unit, case.unit, why)
        await self.log.append(session, case.id, actor, movement, at)

    async def begin(self, session: AsyncSession, actor: Actor, case: Case, move: Move, at: datetime) -> Entry:
        """Write the first entry of a record that was entered just now."""
        sent = await self.register.sender(session, case)
        details = {**move.details, NOW: written(case), **bound(MATTER, case.matter), **bound(SENDER, sent.sender)}
        movement = Movement(move.action, None, case.status, "", case.unit, move.why, details)
        entry = await self.log.append(session, case.id, actor, movement, at)
        for one in self._after:
            await one.follow(session, case, move.action, at)
        return entry

    async def _change(self, session: AsyncSession, case: Case, values: dict[str, Any], matter: Matter | None) -> Case:
        if matter is not None:
            return await self.register.restate(session, case, matter, values)
        return await self.register.change(session, case, values)

    async def _tell(self, session: AsyncSession, case: Case, told: Telling, entry: Entry) -> None:
        cases = [case]
        if told.everybody:
            cases += await self.register.merged(session, case.id)
        for one in cases:
            sent = await self.register.sender(session, one)
            # Who asked that the data serve the law alone is not written to any more.
            if sent.where is None or sent.restricted_at is not None:
                continue
            key = _key(one, 0 if told.once else entry.seq, told.kind)
            held = entry.at + timedelta(minutes=self.office.policy.undo_minutes) if told.undoable else None
            # What was held before comes before it.
            await self._tells.release(session, _key(one))
            notice = Notice(told.kind, one.receipt, told.values, key, held)
            await self._tells.tell(session, sent.where, notice, sent.language)


def _key(case: Case, step: int = 0, kind: str = "") -> str:
    """Return the key of a notice, or how those of a record, or of one of its steps, begin."""
    return f"feedback.{case.id}." + (f"{step}." if step else "") + kind
