"""What only an official can do about somebody's data (yêu cầu của chủ thể dữ liệu), and by when. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.channels.contract import Ref
from feedback.receipts import ALPHABET
from feedback.working_time.deadlines import due
from feedback.working_time.hours import OfficeHours
from feedback.working_time.rules import Rules
from feedback.working_time.zone import here

PREFIX = "DL"
"""Dữ liệu."""
MOST_OPEN = 5
"""Requests of one conversation that wait at the same time."""
ACKNOWLEDGE = "data_acknowledge"
"""Id in the deadline files."""


class RequestKind(StrEnum):
    """What is asked for; the button is ``utter_button_datareq_`` with this."""

    CORRECT = "correct"
    """Something wrong in the register."""
    COPY = "copy"
    """Everything that is kept, given out."""
    OBJECT = "object"
    """No further use, or restricted use."""
    DELETE = "delete"
    """Also of what the assistant itself may not delete."""
    COMPLAIN = "complain"
    """About how data are handled."""


class RequestState(StrEnum):
    """How far a request has come."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Its person does not ask for it any more."""
    REOPENED = "reopened"
    """An official took the answer back: it is looked at again."""

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self in (RequestState.ANSWERED, RequestState.REFUSED, RequestState.WITHDRAWN)

    @property
    def before(self) -> frozenset[RequestState]:
        """From where it is reached."""
        if self is RequestState.REOPENED:
            return frozenset({RequestState.ANSWERED, RequestState.REFUSED})
        if self is RequestState.ACKNOWLEDGED:
            return frozenset({RequestState.OPEN})
        return frozenset({RequestState.OPEN, RequestState.ACKNOWLEDGED, RequestState.REOPENED})


RULES = {
    RequestKind.CORRECT: "data_see_correct",
    RequestKind.COPY: "data_see_correct",
    RequestKind.OBJECT: "data_withdraw",
    RequestKind.DELETE: "data_delete",
    # No source gives complaints a limit of their own; they are answered as an objection is.
    RequestKind.COMPLAIN: "data_withdraw",
}
"""Ids in the deadline files."""


@dataclass(frozen=True)
class Aims:
    """By when the agency means to have done what; the limits come from a digest, not from the text of the decree."""

    acknowledge_by: datetime
    answer_by: datetime
    basis: str


@dataclass(frozen=True)
class NewRequest:
    """A request as somebody makes it."""

    number: str
    kind: RequestKind
    words: str = field(repr=False)
    acknowledge_by: datetime
    answer_by: datetime
    language: str = "vi"


@dataclass(frozen=True)
class DataRequest:
    """A request as it is kept."""

    asked: NewRequest
    ref: Ref
    state: RequestState
    asked_at: datetime
    acknowledged_at: datetime | None = None
    ended_at: datetime | None = None
    answer: str = field(default="", repr=False)
    told: bool = True
    """Whether its person was told of the last step."""
    taken_back_at: datetime | None = None
    """When an answer was taken back last."""
    reminded: int = 0
    """How far the responsible unit was reminded of what is due next; see ``bot.privacy.reminding.Stage``."""
    unreadable: frozenset[str] = frozenset()
    """Sealed columns that cannot be opened: what stands for them here is empty."""

    @property
    def due_at(self) -> datetime | None:
        """When the next step is due; ``None`` when it has ended."""
        if self.state.ended:
            return None
        return self.asked.acknowledge_by if self.state is RequestState.OPEN else self.asked.answer_by


def aims(rules: Rules, hours: OfficeHours, province: str | None, kind: RequestKind, at: datetime) -> Aims:
    """Return by when a request that is made now is to be acknowledged and answered."""
    day = here(at).date()
    first, last = rules.on(ACKNOWLEDGE, day, province), rules.on(RULES[kind], day, province)
    return Aims(due(first, at, hours).at or at, due(last, at, hours).at or at, last.basis)


def new_number(pick: Callable[[str], str] = secrets.choice) -> str:
    """Return a new number such as ``DL-7KQM-2XWP``."""
    letters = "".join(pick(ALPHABET) for _ in range(8))
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"
