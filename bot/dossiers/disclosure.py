"""What may be told of a dossier, to whom. Pure: the heart of the module; nothing else turns a record into words' facts.

Level 0 is what the national rules allow without a login: the code and how far it is done. A ``Coarse`` has no field for
anything else, so that no sentence can say more by mistake. Level 1 is for who proved to be the applicant; names are masked
there too. Level 2 is the national portal's own login: we only link to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.dossiers.record import ENDED, Record, Slip, Status, Step

SHOWN_STARS = 3
"""Stars per masked word at most: the length of a name is not told either."""
_LONG_DIGITS = re.compile(
    r"\d{9,}|(?<![\d.])(?!\d{1,2}[.\-]\d{1,2}[.\-]\d{4})(?:\+?84|0)[ .\-]?\d(?:[ .\-]?\d){7,10}(?!\d)"
)
"""Id and telephone numbers, written together or in groups; days and the codes of procedures and dossiers are none."""


class Level(IntEnum):
    """How much a person may be told."""

    NOBODY = 0
    APPLICANT = 1


class Stage(StrEnum):
    """How far a dossier is, as anybody may know."""

    FILED = "filed"
    """Handed in, not yet received."""
    IN_HAND = "in_hand"
    ENDED = "ended"
    """Whatever the result: that is the applicant's to know."""
    UNCLEAR = "unclear"
    """The source names a state that we do not know."""


@dataclass(frozen=True)
class Coarse:
    """Level 0."""

    code: str
    stage: Stage
    step: int | None = None
    """Steps begun, of those that the source lists."""
    steps: int | None = None
    sample: bool = False


@dataclass(frozen=True)
class Shown:
    """Level 1: for the applicant."""

    code: str
    status: Status
    applicant: str
    """Masked: N*** V** A."""
    procedure_code: str
    procedure_name: str
    unit: str
    received_at: datetime | None
    due_at: datetime | None
    """The appointment in force."""
    first_due_at: datetime | None
    """The receipt's own appointment."""
    ended_at: datetime | None
    next_step: str
    missing: tuple[str, ...]
    fee_due: int | None
    collect_at: str
    steps: tuple[Step, ...]
    slips: tuple[Slip, ...]
    sample: bool = False


def coarse(record: Record) -> Coarse:
    """Return what anybody may be told."""
    begun = sum(1 for step in record.steps if step.started_at is not None)
    counted = stage_of(record.status) is Stage.IN_HAND and begun > 0
    return Coarse(
        code=record.code,
        stage=stage_of(record.status),
        step=begun if counted else None,
        steps=len(record.steps) if counted else None,
        sample=record.sample,
    )


def shown(record: Record) -> Shown:
    """Return what the applicant may be told."""
    return Shown(
        code=record.code,
        status=record.status,
        applicant=masked(record.owner.name),
        procedure_code=record.procedure_code,
        procedure_name=record.procedure_name,
        unit=record.unit,
        received_at=record.received_at,
        due_at=record.appointment,
        first_due_at=record.due_at,
        ended_at=record.ended_at,
        next_step=without_numbers(record.next_step),
        missing=tuple(without_numbers(paper) for paper in record.missing),
        fee_due=record.fee_due,
        collect_at=record.collect_at,
        steps=record.steps,
        slips=record.slips,
        sample=record.sample,
    )


def stage_of(status: Status) -> Stage:
    """Return how far a status is. A supplement or a fee asked for is not told apart: it is the applicant's matter."""
    if status is Status.UNKNOWN:
        return Stage.UNCLEAR
    if status is Status.NEW:
        return Stage.FILED
    return Stage.ENDED if status in ENDED else Stage.IN_HAND


def masked(name: str) -> str:
    """Return a name of which only the first letters of its words can be read: ``N*** V** A``."""
    return " ".join(word[0] + "*" * min(SHOWN_STARS, len(word) - 1) for word in name.split())


def without_numbers(text: str) -> str:
    """Return an office's free words without id and telephone numbers, which somebody may have typed into them."""
    return _LONG_DIGITS.sub("…", text)
