"""Steps of who receives (Article 9): says what a record is, refuses, shows the right door, forwards, gives it to a unit to study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, NotAllowedError, Role
from feedback.attaching import AdoptsAttachments
from feedback.case import Case
from feedback.disclosure import accuses
from feedback.letters import forwarded
from feedback.naming import Naming
from feedback.ports import Mail, NoticeKind, SendsMail
from feedback.record import (
    CONDUCT_CATEGORY,
    REGISTERED_KINDS,
    About,
    Book,
    Border,
    Classification,
    Matter,
    Requirement,
    Status,
)
from feedback.stepping import Move, Stepping, Telling
from feedback.transitions import Action, TransitionError
from feedback.working_time.zone import here

OWN_DOORS = frozenset(Border) - REGISTERED_KINDS
"""What is shown another door."""


@dataclass(frozen=True)
class Said:
    """What an official says a record is; ``None`` leaves it as it is."""

    classification: Classification
    agency: str | None = None
    """Code of the agency that it is about."""
    procedure_code: str | None = None
    procedure_name: str | None = None
    field: str | None = None
    accused: str | None = None
    """Account of the official complained about; empty for none of ours."""


@dataclass(frozen=True)
class Receiver:
    """Another agency that gets a record."""

    code: str
    name: str
    email: str = ""
    """Its published address; empty: it is sent by other means."""


class Triage:
    """Steps up to the study of a record."""

    def __init__(self, stepping: Stepping, mail: SendsMail, attachments: AdoptsAttachments, naming: Naming) -> None:
        self._stepping = stepping
        self._mail = mail
        self._attachments = attachments
        self._naming = naming

    async def classify(
        self, session: AsyncSession, actor: Actor, record_id: int, said: Said, at: datetime, why: str = ""
    ) -> Case:
        """Say what it is; what was in doubt is received with that, when Decree 20 lets it in."""
        case = await self._stepping.start(session, actor, record_id, Action.CLASSIFY, at, why)
        what = said.classification
        consistent(what)
        values: dict[str, Any] = {
            "border": what.border,
            "kind": what.kind,
            "about": what.about,
            "category": what.category,
        }
        values |= {
            name: getattr(said, name) or None for name in ("field", "accused") if getattr(said, name) is not None
        }
        settled = case.status is Status.NEEDS_TRIAGE and what.border in REGISTERED_KINDS
        move = Move(
            Action.CLASSIFY,
            why,
            to=Status.RECEIVED if settled else None,
            values=values,
            matter=_about(case.matter, said),
        )
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def refuse(
        self, session: AsyncSession, actor: Actor, record_id: int, failed: Requirement, why: str, at: datetime
    ) -> Case:
        """Do not receive it: a requirement of Article 7 is not met."""
        told = Telling(NoticeKind.NOT_RECEIVED, {"requirement": failed, "why": why})
        move = Move(Action.REFUSE, why, details={"requirement": failed}, told=told)
        return await self._make(session, actor, record_id, move, at)

    async def redirect(
        self, session: AsyncSession, actor: Actor, record_id: int, door: Border, why: str, at: datetime
    ) -> Case:
        """Show the sender the right door: a complaint, a denunciation and the like are not Decree 20's."""
        if door not in OWN_DOORS:
            raise TransitionError(f"{door} is received here; redirect what has another door")
        told = Telling(NoticeKind.OUT_OF_SCOPE, {"border": door, "why": why})
        move = Move(Action.REDIRECT, why, values={"border": door}, details={"border": door}, told=told)
        return await self._make(session, actor, record_id, move, at)

    async def forward(
        self, session: AsyncSession, actor: Actor, record_id: int, to: Receiver, why: str, at: datetime
    ) -> Case:
        """Pass it to the competent agency; by mail when its address is known. From the trial book nothing leaves."""
        case = await self._start(session, actor, record_id, Action.FORWARD, at, why)
        # The agency complained about gets the matter, never who wrote, nor what a photograph may show.
        named = not (accuses(case) and _same_house(to.code, case.matter.agency))
        if not named:
            await self._naming.refuse(session, actor, [case], ("reason", why), at)
        told = Telling(NoticeKind.FORWARDED, {"agency": to.name, "why": why})
        details = {"agency": to.code, "agency name": to.name}
        move = Move(Action.FORWARD, why, receiver=to.code, details=details, told=told)
        made = await self._stepping.make(session, actor, case, move, at)
        if to.email and case.book is not Book.TRIAL:
            await self._post(session, case, to, why, f"feedback.{case.id}.{made.entry.seq}.forward", named)
        return made.case

    async def _post(self, session: AsyncSession, case: Case, to: Receiver, why: str, key: str, named: bool) -> None:
        sender = (await self._stepping.register.sender(session, case)).sender if named else None
        letter = forwarded(case, sender, self._stepping.office.name, why)
        files = await self._attachments.of_record(session, case.id) if named else ()
        await self._mail.send(
            session, Mail(to.email, letter.subject, letter.body, tuple(file.id for file in files), key)
        )

    async def take(
        self,
        session: AsyncSession,
        actor: Actor,
        record_id: int,
        at: datetime,
        unit: str = "",
        officer: str = "",
        why: str = "",
    ) -> Case:
        """Give it to a unit to study; without one to the unit that the office file charges, else the own one."""
        case = await self._stepping.start(session, actor, record_id, Action.TAKE, at, why)
        chosen = unit or self._charged(case, actor, at)
        self._may_take(actor, case, chosen, at)
        if officer and officer == case.accused:
            raise TransitionError("who is complained about does not handle it")
        told = Telling(NoticeKind.IN_REVIEW, {"unit": self._name(chosen)}, once=True, undoable=True)
        move = Move(Action.TAKE, why, values={"unit": chosen, "officer": officer or None, "basis": None}, told=told)
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def assign(
        self,
        session: AsyncSession,
        actor: Actor,
        record_id: int,
        at: datetime,
        unit: str = "",
        officer: str = "",
        why: str = "",
    ) -> Case:
        """Give what is studied to another person of its unit, or with a reason to another unit."""
        case = await self._stepping.start(session, actor, record_id, Action.ASSIGN, at, why)
        chosen = unit or case.unit
        if (chosen, officer) == (case.unit, case.officer):
            raise TransitionError("it lies there already")
        if chosen != case.unit and not why.strip():
            raise TransitionError("another unit needs a reason")
        self._may_hold(chosen, at)
        if officer and officer == case.accused:
            raise TransitionError("who is complained about does not handle it")
        move = Move(Action.ASSIGN, why, values={"unit": chosen, "officer": officer or None})
        return (await self._stepping.make(session, actor, case, move, at)).case

    def _charged(self, case: Case, actor: Actor, at: datetime) -> str:
        if case.status is Status.INSUFFICIENT_BASIS:
            return case.unit
        found = self._stepping.office.handling(case.matter.agency, case.field, here(at).date())
        return found.code if found else actor.unit

    def _may_take(self, actor: Actor, case: Case, unit: str, at: datetime) -> None:
        self._may_hold(unit, at)
        if case.status is Status.NEEDS_TRIAGE or case.border not in REGISTERED_KINDS:
            raise TransitionError("classify it first: what it is, is in doubt or not Decree 20's")
        again = case.status is Status.INSUFFICIENT_BASIS and unit == actor.unit
        if not again:
            try:
                actor.require(Role.RECEIVER)
            except NotAllowedError as error:
                raise NotAllowedError(f"{actor.id} may only take up again what the own unit held") from error

    def _may_hold(self, unit: str, at: datetime) -> None:
        known = self._stepping.office.unit(unit)
        if known is None or not known.holds(here(at).date()):
            raise TransitionError(f"unit {unit!r} is not charged in this office today")

    def _name(self, code: str) -> str:
        unit = self._stepping.office.unit(code)
        return unit.name if unit else code

    async def _make(self, session: AsyncSession, actor: Actor, record_id: int, move: Move, at: datetime) -> Case:
        case = await self._start(session, actor, record_id, move.action, at, move.why)
        return (await self._stepping.make(session, actor, case, move, at)).case

    async def _start(
        self, session: AsyncSession, actor: Actor, record_id: int, action: Action, at: datetime, why: str
    ) -> Case:
        """Begin a step whose reason goes to everybody whose record was merged into this one as well."""
        # Nobody merges another one into it while its reason is looked through.
        await self._stepping.register.hold(session, [record_id])
        case = await self._stepping.start(session, actor, record_id, action, at, why)
        told = await self._naming.of_group(session, [case])
        if len(told) > 1:
            await self._naming.refuse(session, actor, told, ("reason", why), at)
        return case


def consistent(what: Classification) -> None:
    """Refuse a category of Article 5 that is not of what the record is about.

    Raises:
        TransitionError: it is not.
    """
    if what.category is None or what.about is About.BOTH:
        return
    if what.about is About.CONTENT and what.category == CONDUCT_CATEGORY:
        raise TransitionError("category 1 is about conduct, not about a rule")
    if what.about is About.CONDUCT and what.category not in _OF_CONDUCT:
        raise TransitionError(f"category {what.category:d} is about a rule, not about conduct")


_OF_CONDUCT = frozenset({CONDUCT_CATEGORY, 7})
"""The obstacle itself, or a proposed solution to it."""


def _about(matter: Matter, said: Said) -> Matter | None:
    names = ("agency", "procedure_code", "procedure_name")
    given: Mapping[str, str] = {name: getattr(said, name) for name in names if getattr(said, name) is not None}
    return replace(matter, **given) if given else None  # type: ignore[arg-type]


def _same_house(code: str, agency: str) -> bool:
    return bool(agency) and (f"{code}.".startswith(f"{agency}.") or f"{agency}.".startswith(f"{code}."))
