"""What an official fills in for a step: fields as data, and the steps that have a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.routing import Visit
from bot.console.triage.desk import Person, TriageDesk
from bot.console.triage.words import Named
from feedback.actor import Actor
from feedback.beside.templates import left
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.record import ENDED, Status
from feedback.transitions import TRANSITIONS, Action
from feedback.working_time.zone import here


class FieldKind(StrEnum):
    """How a field looks."""

    LINE = "line"
    LONG = "long"
    CHOICE = "choice"
    CHECKS = "checks"
    """Any number of choices."""
    TICK = "tick"
    DAY = "day"


@dataclass(frozen=True)
class Field:
    """One thing to fill in."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    choices: Sequence[tuple[str, str]] = ()
    value: str = ""
    values: tuple[str, ...] = ()
    """Of ``CHECKS``."""
    hint: str = ""
    required: bool = True
    most: int = 4000
    """Signs."""

    @property
    def id(self) -> str:
        """In the page."""
        return f"o-{self.name}"

    def typed(self, visit: Visit) -> Field:
        """Return the field with what was typed, so that nothing is lost."""
        if self.kind is FieldKind.CHECKS:
            return replace(self, values=visit.texts(self.name))
        return replace(self, value=visit.text(self.name))


class FormError(FeedbackError):
    """What was typed cannot be used; the message is what the official reads."""


@dataclass(frozen=True)
class Asked:
    """A step that somebody wants to make."""

    desk: TriageDesk
    session: AsyncSession
    actor: Actor
    case: Case
    at: datetime


class StepForm(Protocol):
    """A step with a form."""

    @property
    def slug(self) -> str:
        """In its address."""
        ...

    @property
    def title(self) -> str:
        """As the button says it."""
        ...

    @property
    def key(self) -> str:
        """That presses it."""
        ...

    @property
    def actions(self) -> tuple[Action, ...]:
        """It is offered where one of them fits."""
        ...

    @property
    def hint(self) -> str:
        """What it leads to, in a sentence."""
        ...

    async def fields(self, asked: Asked) -> Sequence[Field]:
        """Return what is to be filled in."""
        ...

    async def do(self, asked: Asked, visit: Visit) -> str:
        """Make the step; return what is said of it."""
        ...


def offered(form: StepForm, actor: Actor, case: Case) -> bool:
    """Tell whether a form's step fits a record and the actor's roles."""
    return any(case.status in TRANSITIONS[one].starts and actor.has(TRANSITIONS[one].roles) for one in form.actions)


def row_of(text: str) -> int:
    """Return the number of a row as it stands in an address or a form; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def row_named(visit: Visit, name: str) -> int:
    """Return the number of the row that a field names; see ``row_of``."""
    return row_of(visit.text(name))


def rows_named(visit: Visit, name: str) -> list[int]:
    """Return the numbers of the rows that are ticked, each once; what can be no row's is left out."""
    return list(dict.fromkeys(row for row in map(row_of, visit.texts(name)) if row))


def words(visit: Visit, name: str, what: str) -> str:
    """Return a typed text that says something and has no place left to fill in.

    Raises:
        FormError: it does not.
    """
    text = visit.text(name)
    if not text:
        raise FormError(f"Hãy ghi {what}.")
    missing = left(text)
    if missing:
        raise FormError(f"Còn chỗ chưa điền trong nội dung: {', '.join('{' + one + '}' for one in missing)}.")
    return text


def picked(visit: Visit, name: str, known: Iterable[Named]) -> Named | None:
    """Return what was chosen; ``None`` for none of those known."""
    given = visit.text(name)
    return next((one for one in known if str(one.value) == given), None)


def choice(visit: Visit, name: str, known: Iterable[Named], what: str) -> Named:
    """Return what was chosen.

    Raises:
        FormError: it is none of those known.
    """
    found = picked(visit, name, known)
    if found is None:
        raise FormError(f"Hãy chọn {what}.")
    return found


def people_of(people: Sequence[Person], load: Mapping[tuple[str, str], int], unit: str = "") -> list[tuple[str, str]]:
    """Return the officials of a unit, or of all, with how much lies with each."""
    chosen = [one for one in people if not unit or one.unit == unit]
    count = {one.account: sum(n for (_, officer), n in load.items() if officer == one.account) for one in chosen}
    return [(one.account, f"{one.name} ({one.unit}): {count[one.account]} việc") for one in chosen]


def units_of(desk: TriageDesk, load: Mapping[tuple[str, str], int], at: datetime) -> list[tuple[str, str]]:
    """Return the units that are charged today, with how much lies with each."""
    count: dict[str, int] = {}
    for (unit, _), n in load.items():
        count[unit] = count.get(unit, 0) + n
    day = here(at).date()
    return [(one.code, f"{one.name}: {count.get(one.code, 0)} việc") for one in desk.office.units if one.holds(day)]


async def alike(asked: Asked, statuses: Sequence[Status] = ()) -> list[tuple[str, str]]:
    """Return open records that are like one, as choices."""
    ids = await asked.desk.groups.like(asked.session, asked.actor, asked.case)
    lines = await asked.desk.listing.some(asked.session, asked.actor, ids, asked.at)
    return [
        (str(one.id), f"Số {one.register_number}: {one.said}")
        for one in lines
        if one.status not in ENDED and (not statuses or one.status in statuses)
    ]
