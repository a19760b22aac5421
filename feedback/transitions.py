"""What may be done to a record, by whom, and what it becomes: the state machine as data (Decree 20/2008, Articles 9, 14, 15, 19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from feedback.actor import CITIZEN, SYSTEM, Actor, NotAllowedError, Role
from feedback.errors import FeedbackError
from feedback.record import Status


class Action(StrEnum):
    """What happened to a record; each stands in the log with who, when, from, to and why."""

    SUBMIT = "submit"
    """The sender handed it in; entered in the book at once (vào sổ)."""
    ENTER = "enter"
    """An official entered what came on paper or by telephone."""
    CLASSIFY = "classify"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    """Không tiếp nhận, with the requirement of Article 7 that is not met."""
    REDIRECT = "redirect"
    """Out of scope: the sender was told the right door."""
    FORWARD = "forward"
    """To another agency, with the reason; the sender is told."""
    TAKE = "take"
    """Given to a unit of this agency to study (nghiên cứu, xử lý); a handler only takes up again what the own unit held."""
    ASSIGN = "assign"
    """Given to another person of the unit, or to another unit, while it is studied."""
    HOLD = "hold"
    """Chưa đủ cơ sở (Article 14.2(b))."""
    ASSESS = "assess"
    """The six criteria."""
    DRAFT = "draft"
    """A draft of the answer."""
    DECIDE = "decide"
    """The answer is approved and goes to the sender."""
    TO_PUBLISH = "to_publish"
    PUBLISH = "publish"
    REWORD = "reword"
    """The words of its public item were changed."""
    HIDE = "hide"
    """Taken off the public pages again, wherever the record stands by then; the record stays."""
    REOPEN = "reopen"
    MERGE = "merge"
    SPLIT = "split"
    """A second matter in it became a record of its own; also that record's first entry."""
    WITHDRAW = "withdraw"
    UNDO = "undo"
    """Takes back the last step that has not left the house; by the system a merger whose other record was withdrawn."""
    RATE = "rate"
    FOLLOW = "follow"
    REMIND = "remind"
    """The responsible unit was reminded of a clock."""
    RECOMPUTE = "recompute"
    """A holiday or rule was added: a deadline moved."""
    SEE_SENDER = "see_sender"
    """An official looked at the contact data."""
    SEE_FILE = "see_file"
    """An official was handed an attachment."""
    RESTRICT = "restrict"
    """The sender asked for deletion: what the law keeps serves the law alone."""


class TransitionError(FeedbackError):
    """The step does not fit where the record stands; the message says where that is and what would fit."""


@dataclass(frozen=True)
class Transition:
    """One kind of step."""

    action: Action
    starts: frozenset[Status]
    """Where a record may stand."""
    to: Status | None
    """What it becomes; ``None``: it stays, or (undo, merge, split) the service says."""
    roles: frozenset[Role] = frozenset()
    """Officials who may; none for steps of senders and of the assistant."""
    citizen: bool = False
    """Whether the sender may."""
    system: bool = False
    leaves: bool = False
    """Whether somebody outside the house is told: then it cannot be undone."""
    why: bool = False
    """Whether a reason is required."""


_IN_HOUSE = frozenset(
    {
        Status.NEEDS_TRIAGE,
        Status.RECEIVED,
        Status.NEEDS_SUPPLEMENT,
        Status.IN_REVIEW,
        Status.INSUFFICIENT_BASIS,
        Status.REOPENED,
    }
)
_NEW = frozenset({Status.NEEDS_TRIAGE, Status.RECEIVED, Status.REOPENED})
_STUDIED = frozenset({Status.IN_REVIEW, Status.INSUFFICIENT_BASIS})
ANSWERED = frozenset({Status.DECIDED, Status.AWAITING_PUBLICATION, Status.PUBLISHED})
"""Its sender has an answer."""
_ALL = frozenset(Status)
_RECEIVER, _HANDLER, _APPROVER = frozenset({Role.RECEIVER}), frozenset({Role.HANDLER}), frozenset({Role.APPROVER})
_CASE = _RECEIVER | _HANDLER
_PUBLIC = _APPROVER | {Role.PUBLISHER}

_TRANSITIONS = (
    Transition(Action.SUBMIT, frozenset(), Status.RECEIVED, citizen=True),
    Transition(Action.ENTER, frozenset(), Status.RECEIVED, _RECEIVER),
    Transition(Action.CLASSIFY, _IN_HOUSE, None, _RECEIVER),
    Transition(Action.ASK_SUPPLEMENT, _NEW | _STUDIED, Status.NEEDS_SUPPLEMENT, _CASE, leaves=True, why=True),
    Transition(Action.SUPPLEMENT, frozenset({Status.NEEDS_SUPPLEMENT}), None, _RECEIVER, citizen=True),
    Transition(Action.REFUSE, _NEW | {Status.NEEDS_SUPPLEMENT}, Status.NOT_RECEIVED, _RECEIVER, leaves=True, why=True),
    Transition(
        Action.REDIRECT, _NEW | {Status.NEEDS_SUPPLEMENT}, Status.OUT_OF_SCOPE, _RECEIVER, leaves=True, why=True
    ),
    Transition(Action.FORWARD, _NEW | _STUDIED, Status.FORWARDED, _RECEIVER, leaves=True, why=True),
    Transition(Action.TAKE, _NEW | {Status.INSUFFICIENT_BASIS}, Status.IN_REVIEW, _CASE),
    Transition(Action.ASSIGN, _STUDIED | {Status.NEEDS_SUPPLEMENT}, None, _CASE | _APPROVER),
    Transition(Action.HOLD, frozenset({Status.IN_REVIEW}), Status.INSUFFICIENT_BASIS, _HANDLER, why=True),
    Transition(Action.ASSESS, _STUDIED, None, _HANDLER),
    Transition(Action.DRAFT, _STUDIED, None, _HANDLER),
    Transition(Action.DECIDE, frozenset({Status.IN_REVIEW}), Status.DECIDED, _APPROVER, leaves=True),
    Transition(Action.TO_PUBLISH, frozenset({Status.DECIDED}), Status.AWAITING_PUBLICATION, _PUBLIC),
    Transition(Action.PUBLISH, frozenset({Status.AWAITING_PUBLICATION}), Status.PUBLISHED, _PUBLIC, leaves=True),
    Transition(Action.REWORD, frozenset({Status.PUBLISHED}), None, _PUBLIC, leaves=True),
    Transition(Action.HIDE, _ALL, None, _PUBLIC, leaves=True, why=True),
    Transition(Action.REOPEN, ANSWERED | {Status.MERGED}, Status.REOPENED, citizen=True, why=True),
    Transition(Action.MERGE, _IN_HOUSE, Status.MERGED, _RECEIVER, why=True),
    Transition(Action.SPLIT, _IN_HOUSE, None, _RECEIVER, why=True),
    Transition(Action.WITHDRAW, _IN_HOUSE, Status.WITHDRAWN, citizen=True),
    Transition(Action.UNDO, _ALL, None, _CASE | _PUBLIC, system=True, why=True),
    Transition(Action.RATE, ANSWERED | {Status.MERGED}, None, citizen=True),
    Transition(Action.FOLLOW, _ALL, None, citizen=True),
    Transition(Action.REMIND, _ALL, None, system=True),
    Transition(Action.RECOMPUTE, _ALL, None, system=True),
    Transition(Action.SEE_SENDER, _ALL, None, _CASE),
    Transition(Action.SEE_FILE, _ALL, None, _CASE | _APPROVER, why=True),
    Transition(Action.RESTRICT, _ALL, None, citizen=True, system=True),
)

TRANSITIONS: Mapping[Action, Transition] = {one.action: one for one in _TRANSITIONS}
"""Every step, by its name."""


def check(action: Action, status: Status | None, actor: Actor, why: str = "") -> Transition:
    """Return the step, when it fits.

    Args:
        action: what is to be done.
        status: where the record stands; ``None`` for one that is only being made.
        actor: who does it.
        why: the reason.

    Raises:
        NotAllowedError: the actor may not do this.
        TransitionError: the record stands elsewhere, or the reason is missing.
    """
    step = TRANSITIONS[action]
    if not _may(step, actor):
        wanted = ", ".join(sorted(step.roles)) or "not an official's step"
        raise NotAllowedError(f"{actor.id or 'nobody'} may not {action} (needs: {wanted})")
    if status is not None and status not in step.starts:
        fitting = ", ".join(sorted(one.action for one in _TRANSITIONS if status in one.starts and _may(one, actor)))
        raise TransitionError(f"cannot {action} what is {status}; possible now: {fitting}")
    if step.why and not why.strip():
        raise TransitionError(f"{action} needs a reason")
    return step


def _may(step: Transition, actor: Actor) -> bool:
    if actor == CITIZEN:
        return step.citizen
    if actor == SYSTEM:
        return step.system
    return actor.has(step.roles)
