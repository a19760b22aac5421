"""Who may read a record, act on it and see who wrote it (Decree 61/2018, Article 27.3; Law 91/2025). Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from feedback.actor import CITIZEN, SYSTEM, Actor, Role
from feedback.case import Case
from feedback.office import Office
from feedback.record import About, Border, Status

CASE_ROLES = frozenset({Role.RECEIVER, Role.HANDLER, Role.APPROVER, Role.PUBLISHER})
"""Who works on cases; reporters read the book and the reports, administrators no case by their role alone."""
SENDER_ROLES = frozenset({Role.RECEIVER, Role.HANDLER})
NOT_GIVEN = frozenset({Status.NEEDS_TRIAGE, Status.RECEIVED, Status.REOPENED})
"""Nobody has been given it to study: the receiving unit disposes of it, wherever it lies."""
TO_BE_PUBLIC = frozenset({Status.AWAITING_PUBLICATION, Status.PUBLISHED})
"""Approved to be public: whoever publishes for the whole house sits in the receiving unit."""
_ACCUSING = frozenset({Border.CONDUCT, Border.COMPLAINT, Border.DENUNCIATION})


class Sight(Enum):
    """How much of a record's sender somebody is shown who works on it."""

    SEES = auto()
    UNTOLD = auto()
    """The words, but not the contact data."""
    VEILED = auto()
    """Masked words alone."""


@dataclass(frozen=True)
class Whom:
    """Of whom a record is about, as far as that decides who is shown its sender."""

    about: About
    border: Border
    accused: str
    """Account of the official complained about; empty for none of ours."""
    agency: str


@dataclass(frozen=True)
class Disclosure:
    """The rules of one office."""

    office: Office

    def may_open(self, actor: Actor, case: Case, day: date) -> bool:
        """Tell whether somebody may read a record.

        Officials read those of the own unit; the receiving unit's receivers also all not yet given away, its publishers
        also all that are approved to be public.

        The sender and the assistant come with their own proof: for them the record was chosen before.
        """
        if actor in (CITIZEN, SYSTEM):
            return True
        return self.may_open_standing(actor, case.unit, case.status, day)

    def may_open_standing(self, actor: Actor, unit: str, status: Status, day: date) -> bool:
        """Tell the same of a line in a list, by where the record lies and how far it is."""
        if not actor.unit or not actor.has(CASE_ROLES):
            return False
        if actor.unit == unit:
            return True
        for_all = actor.unit == self.office.receiving(day).code
        receives = actor.has({Role.RECEIVER}) and status in NOT_GIVEN
        return for_all and (receives or (actor.has({Role.PUBLISHER}) and status in TO_BE_PUBLIC))

    def may_act(self, actor: Actor, case: Case, day: date) -> bool:
        """Tell whether somebody may change a record that fits the own role: who is complained about never may."""
        return self.may_open(actor, case, day) and not is_accused(actor, case)

    def may_see_sender(self, actor: Actor, case: Case, day: date, restricted: bool = False) -> bool:
        """Tell whether somebody may see the contact data.

        Args:
            actor: who asks.
            case: whose sender.
            day: today.
            restricted: the sender asked for deletion: then whoever keeps the register alone.
        """
        if actor in (CITIZEN, SYSTEM):
            return actor == CITIZEN
        wanted = {Role.RECEIVER} if restricted else SENDER_ROLES
        return actor.has(wanted) and self.may_open(actor, case, day) and not self.is_veiled(actor, case, day)

    def is_veiled(self, actor: Actor, case: Case, day: date) -> bool:
        """Tell whether the sender stays hidden from an official who may read the record otherwise.

        Hidden from who is complained about, and where conduct is complained about from everybody of that agency; but
        whoever receives for the house, and handles nothing, receives complaints about the own agency too.
        """
        return self.veils(actor, Whom(case.about, case.border, case.accused, case.matter.agency), day)

    def veils(self, actor: Actor, whom: Whom, day: date) -> bool:
        """Tell the same by what a list reads of a record."""
        if actor in (CITIZEN, SYSTEM):
            return False
        if is_accused(actor, whom):
            return True
        if not accuses(whom) or not self._is_of(actor.unit, whom.agency):
            return False
        only_receives = actor.has({Role.RECEIVER}) and not actor.has({Role.HANDLER})
        return not (only_receives and actor.unit == self.office.receiving(day).code)

    def sight(self, actor: Actor, case: Case, day: date, restricted: bool = False) -> Sight:
        """Return how much of a record's sender somebody is shown; see ``may_see_sender`` and ``is_veiled``."""
        if self.is_veiled(actor, case, day):
            return Sight.VEILED
        return Sight.SEES if self.may_see_sender(actor, case, day, restricted) else Sight.UNTOLD

    def _is_of(self, code: str, agency: str) -> bool:
        """Tell whether a unit belongs to an agency: by its code, or because the office file charges it with that very agency."""
        if not agency:
            return False
        unit = self.office.unit(code)
        return code == agency or code.startswith(f"{agency}.") or (unit is not None and agency in unit.agencies)


def is_accused(actor: Actor, case: Case | Whom) -> bool:
    """Tell whether somebody is the official complained about."""
    return bool(case.accused) and actor.id == case.accused


def accuses(case: Case | Whom) -> bool:
    """Tell whether somebody's conduct is complained about."""
    return case.about is not About.CONTENT or case.border in _ACCUSING or bool(case.accused)


def veiled(case: Case, mask: Callable[[str], str]) -> Case:
    """Return a record as those read it from whom its sender is hidden: masked words, and nothing else that leads to a person."""
    matter = case.matter
    return replace(
        case,
        receipt="",
        matter=replace(
            matter,
            text=case.masked,
            proposal=mask(matter.proposal),
            agency_words=mask(matter.agency_words),
            procedure_name=matter.procedure_name if matter.procedure_code else mask(matter.procedure_name),
            place=mask(matter.place),
            dossier_code="",
            happened_on=None,
            days_late=None,
        ),
    )
