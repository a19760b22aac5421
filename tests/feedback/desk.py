"""An office at work, to test with: its units, its officials, and stand-ins for everything outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.answer import Verdict
from feedback.answer_store import AnswerStore
from feedback.case import Case
from feedback.log_store import LogStore
from feedback.office import IntakeWay, Office, Policy, Unit
from feedback.ports import Mail, Notice
from feedback.record import Address, Criterion, Submission
from feedback.register_store import RegisterStore
from feedback.steps import Outside, Steps, build_steps
from feedback.suggesting import NamedProcedure
from feedback.transitions import Action
from tests.feedback.fakes import OpenSeals, PlainHashes, SimpleWords
from tests.feedback.records import NOW, submission

FRONT, JUSTICE, HEALTH = "H48.1", "H48.12", "H48.30"
UNITS = (
    Unit(FRONT, "Văn phòng", receives=True),
    Unit(JUSTICE, "Sở Tư pháp", agencies=("H48.12",)),
    Unit(HEALTH, "Sở Y tế", agencies=("H48.30",)),
)
OFFICE = Office("H48", "UBND tỉnh Quảng Ngãi", intake=IntakeWay.PUBLISHED_ADDRESS, decision="12/QĐ", units=UNITS)

RECEIVER = Actor("tiepnhan", FRONT, frozenset({Role.RECEIVER}))
HANDLER = Actor("xuly", JUSTICE, frozenset({Role.HANDLER}))
APPROVER = Actor("lanhdao", JUSTICE, frozenset({Role.APPROVER}))
OTHER = Actor("ytecb", HEALTH, frozenset({Role.HANDLER, Role.APPROVER, Role.RECEIVER}))
REPORTER = Actor("baocao", FRONT, frozenset({Role.REPORTER}))
ADMIN = Actor("quantri", FRONT, frozenset({Role.ADMIN}))

SIX = tuple(Verdict(criterion, True, f"đạt {criterion}") for criterion in Criterion)
LATER = NOW + timedelta(hours=1)


@dataclass
class Heard:
    """Takes notices."""

    notices: list[tuple[Address, Notice]] = field(default_factory=list)

    left: bool = False
    """Whether what was held has left."""

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        if notice.key not in [one.key for _, one in self.notices]:
            self.notices.append((to, notice))

    async def release(self, session: AsyncSession, start: str) -> None:
        self.notices = [
            (to, replace(one, held_until=None) if one.key.startswith(start) else one) for to, one in self.notices
        ]

    async def drop(self, session: AsyncSession, start: str) -> int:
        kept = [
            (to, one)
            for to, one in self.notices
            if self.left or one.held_until is None or not one.key.startswith(start)
        ]
        dropped, self.notices = len(self.notices) - len(kept), kept
        return dropped

    def kinds(self) -> list[str]:
        return [str(notice.kind) for _, notice in self.notices]


@dataclass
class Posted:
    """Takes mails."""

    mails: list[Mail] = field(default_factory=list)

    async def send(self, session: AsyncSession, mail: Mail) -> None:
        self.mails.append(mail)


class OneProcedure:
    """A catalogue with one procedure."""

    async def procedure(self, code: str) -> NamedProcedure | None:
        return NamedProcedure(code, "Đăng ký khai sinh", "Hộ tịch") if code == "1.001193" else None


@dataclass(frozen=True)
class File:
    """A kept attachment."""

    id: str


@dataclass
class Files:
    """Attachments by draft and by record."""

    drafts: dict[str, list[str]] = field(default_factory=dict)
    records: dict[int, list[str]] = field(default_factory=dict)

    async def of_record(self, session: AsyncSession, record_id: int) -> Sequence[File]:
        return [File(one) for one in self.records.get(record_id, [])]

    async def adopt(self, session: AsyncSession, draft_id: str, record_id: int) -> object:
        self.records.setdefault(record_id, []).extend(self.drafts.pop(draft_id, []))
        return None


@dataclass
class Followed:
    """Notes which steps the clocks saw."""

    seen: list[tuple[int, Action]] = field(default_factory=list)

    async def follow(self, session: AsyncSession, case: Case, action: Action, at: datetime) -> None:
        self.seen.append((case.id, action))


class Desk:
    """All services over one database."""

    def __init__(self, office: Office = OFFICE) -> None:
        self.register = RegisterStore(OpenSeals(), PlainHashes(), SimpleWords())
        self.log = LogStore(OpenSeals())
        self.answers = AnswerStore(OpenSeals())
        self.heard, self.posted, self.files, self.clocks = Heard(), Posted(), Files(), Followed()
        outside = Outside(self.heard, self.posted, SimpleWords(), OneProcedure(), self.files, (self.clocks,))
        self.steps: Steps = build_steps(self.register, self.log, self.answers, office, outside)

    async def received(self, session: AsyncSession, **changed: Any) -> Case:
        """A record that was just handed in."""
        receipt = await self.steps.intake.receive(session, written(**changed), NOW)
        return await self.register.get(session, receipt.id)

    async def taken(self, session: AsyncSession, **changed: Any) -> Case:
        """A record that the unit of its agency studies."""
        case = await self.received(session, **changed)
        return await self.steps.triage.take(session, RECEIVER, case.id, LATER, unit=JUSTICE)


_number = iter(range(1, 1_000_000))


def written(**changed: Any) -> Submission:
    """A submission from a conversation of its own."""
    return submission(**({"where": Address("web", "default", f"somebody {next(_number)}")} | changed))


def office(**changed: Any) -> Office:
    """The office with another setting."""
    return Office(
        **{
            "code": OFFICE.code,
            "name": OFFICE.name,
            "intake": OFFICE.intake,
            "decision": OFFICE.decision,
            "units": UNITS,
            "policy": Policy(),
        }
        | changed
    )
